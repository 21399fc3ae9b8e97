package caseapi

import (
	"cmp"
	"errors"
	"net/url"
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/loopback"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// address reads the uri of a link as one that can be asked. Plain http, which uris of
// frameworks are full of, is asked as https, but on this machine.
func address(uri string) (*url.URL, bool) {
	u, err := url.Parse(strings.TrimSpace(uri))
	if err != nil || u.Host == "" || u.User != nil {
		return nil, false
	}
	switch {
	case u.Scheme == "https", u.Scheme == "http" && loopback.Host(u.Hostname()):
	case u.Scheme == "http" && u.Port() == "":
		u.Scheme = "https"
	default:
		return nil, false
	}
	u.Fragment, u.RawFragment = "", ""
	return u, true
}

// load loads the framework of what stands at an end.
func (w *follower) load(a casefw.Association, end casefw.Node, u *url.URL, depth int) error {
	if len(w.out.Loaded) == w.o.MaxFrameworks {
		w.note(CodeLinkBudget, u.Host, u.String(), "MaxFrameworks")
		return errSpent
	}
	r, err := w.lead(u, end.GUID())
	if err != nil {
		return err
	}
	pkg, err := w.packageOf(r)
	if err != nil {
		return err
	}
	o := w.o.Reading
	o.MaxBytes, o.Version = int64(len(pkg.Body))+1, casefw.VersionOfURL(pkg.URL)
	f, report, err := casefw.LoadBytes(pkg.Body, o)
	if err != nil {
		return failure(CodeLinkNotCASE, pkg.URL, "", err)
	}
	if want := pkg.document; want != "" && (f.Document() == nil || !sameID(f.Document().Identifier, want)) {
		return failure(CodeWrongPackage, pkg.URL, "asked for "+vc.Quote(canonicalID(want)), nil)
	}
	return w.keep(LinkedFramework{Framework: f, Report: report, Link: a, Depth: depth,
		URL: pkg.URL, Source: pkg.Source, FetchedAt: pkg.FetchedAt}, end)
}

// keep takes a framework into the catalog, if it has what the link names.
func (w *follower) keep(l LinkedFramework, end casefw.Node) error {
	if known := w.catalog.Framework(l.Framework.GUID()); known != nil {
		return failure(CodeLinkMissing, l.URL, "the framework that is there does not have it", nil)
	}
	var all []*casefw.Framework
	for f := range w.catalog.Frameworks() {
		all = append(all, f)
	}
	before := w.catalog
	w.catalog = casefw.NewCatalog(append(all, l.Framework)...)
	if w.foreign(end) {
		w.catalog = before
		w.parked = append(w.parked, l)
		return failure(CodeLinkMissing, l.URL, "", nil)
	}
	w.compare(before, l)
	w.out.Loaded = append(w.out.Loaded, l)
	return nil
}

// unpark takes a framework that came for another link, where it has what this one names.
func (w *follower) unpark(a casefw.Association, end casefw.Node, depth int) bool {
	for i, l := range w.parked {
		if _, ok := l.Framework.Find(end.GUID()); ok && !end.GUID().IsZero() && len(w.out.Loaded) < w.o.MaxFrameworks {
			w.parked = slices.Delete(w.parked, i, i+1)
			l.Link, l.Depth = a, depth
			return w.keep(l, end) == nil
		}
	}
	return false
}

// compare looks for items that another framework has with another statement: who holds a
// host may write whatever he likes below the identifiers of others.
func (w *follower) compare(before *casefw.Catalog, l LinkedFramework) {
	for t := range l.Framework.Items() {
		if known, ok := before.Find(t.GUID()); ok && !t.GUID().IsZero() && known.Statement() != t.Statement() {
			w.notes.add(words.Problem(CodeLinkConflict, l.URL, vc.Quote(t.GUID().String())), l.URL)
		}
	}
}

// answer is what came, and which document's it is to be, where that is known.
type answer struct {
	*fetch.Response
	document string
	is       shape
}

// shape is what an answer is.
type shape uint8

const (
	noShape shape = iota
	itemShape
	documentShape
	packageShape
)

// get asks for an address, if it may still.
func (w *follower) get(address string) (*answer, error) {
	if err, asked := w.seen[address]; asked {
		return nil, cmp.Or(err, error(failure(CodeLinkMissing, address, "it came for another link", nil)))
	}
	if w.out.Requests >= w.o.MaxRequests || w.out.Bytes >= w.o.MaxBytes {
		limit := "MaxRequests"
		if w.out.Bytes >= w.o.MaxBytes {
			limit = "MaxBytes"
		}
		w.note(CodeLinkBudget, address, address, limit)
		return nil, errSpent
	}
	w.out.Requests++
	r, err := w.fetcher.Fetch(w.ctx, address)
	w.seen[address] = err
	if err != nil {
		return nil, err
	}
	w.out.Bytes += int64(len(r.Body))
	return &answer{Response: r, is: shapeOf(r.Body)}, nil
}

// noService says that a host has no paths of the standard.
const noService Version = 255

// lead asks for what a link names: at its uri, else at the paths of the standard.
func (w *follower) lead(u *url.URL, id casefw.GUID) (*answer, error) {
	r, err := w.get(u.String())
	if err == nil && r.is != noShape {
		return r, nil
	}
	if err == nil {
		err = failure(CodeLinkNotCASE, r.URL, "", nil)
	}
	if id.IsZero() || strings.Contains(strings.ToLower(u.Path), "/ims/case/") {
		return nil, err
	}
	for _, v := range w.versions(u.Host) {
		at := url.URL{Scheme: u.Scheme, Host: u.Host, Path: BasePath(v) + "/" + KindItem.Path() + "/" + id.String()}
		again, other := w.get(at.String())
		switch {
		case errors.Is(other, errSpent), w.ctx.Err() != nil:
			return nil, other
		case other == nil && again.is != noShape:
			w.services[u.Host] = v
			return again, nil
		}
	}
	if w.services[u.Host] == 0 {
		w.services[u.Host] = noService
	}
	return nil, err
}

// versions are those whose paths a host may be asked at.
func (w *follower) versions(host string) []Version {
	switch v := w.services[host]; v {
	case 0:
		return []Version{V1p1, V1p0}
	case noService:
		return nil
	default:
		return []Version{v}
	}
}

// packageOf goes on from an item to its document, and from a document to its package.
func (w *follower) packageOf(r *answer) (*answer, error) {
	for r.is != packageShape { // each is nearer to it
		next, id, err := w.next(r)
		if err != nil {
			return nil, err
		}
		if g, err := casefw.ParseGUID(id); err == nil && w.catalog.Framework(g) != nil {
			return nil, failure(CodeLinkMissing, r.URL, "the framework that is there does not have it", nil)
		}
		again, err := w.get(next.String())
		if err != nil {
			return nil, err
		}
		if again.is <= r.is {
			return nil, failure(CodeLinkNotCASE, again.URL, "", nil)
		}
		again.document = id
		r = again
	}
	return r, nil
}

// next is where what an answer belongs to is to be had, and the identifier of its document.
func (w *follower) next(r *answer) (*url.URL, string, error) {
	var link *casefw.LinkURI
	document := ""
	if r.is == itemShape {
		item, err := read[casefw.CFItem](w, r)
		if err != nil {
			return nil, "", err
		}
		if link = item.CFDocumentURI; link != nil {
			document = link.Identifier
		}
	} else {
		d, err := read[casefw.CFDocument](w, r)
		if err != nil {
			return nil, "", err
		}
		link, document = d.CFPackageURI, cmp.Or(d.Identifier, r.document)
		if r.document != "" && !sameID(d.Identifier, r.document) {
			return nil, "", failure(CodeWrongPackage, r.URL, "the document is "+vc.Quote(d.Identifier), nil)
		}
		if link == nil && strings.Contains(r.URL, "/"+KindDocument.Path()+"/") {
			link = &casefw.LinkURI{URI: vc.IRI(strings.Replace(r.URL, "/"+KindDocument.Path()+"/", "/"+KindPackage.Path()+"/", 1))}
		}
	}
	if link != nil {
		if u, ok := address(string(link.URI)); ok {
			return u, document, nil
		}
	}
	return nil, "", failure(CodeLinkAdrift, r.URL, "", nil)
}

// read reads an answer that is one record.
func read[R casefw.Resource](w *follower, r *answer) (*R, error) {
	o := w.o.Reading
	o.MaxBytes, o.Version = int64(len(r.Body))+1, casefw.VersionOfURL(r.URL)
	value, _, err := casefw.Parse[R](r.Body, o)
	if err != nil {
		return nil, failure(CodeLinkNotCASE, r.URL, "", err)
	}
	return value, nil
}

// longestRecord is the longest answer that is looked into to see what it is; a longer one
// is a package or nothing.
const longestRecord = 1 << 20

// shapeOf tells what an answer is by members that only it has.
func shapeOf(text []byte) shape {
	if len(text) > longestRecord {
		return packageShape
	}
	doc, err := jsonx.Parse(text, jsonx.Limits{Bytes: longestRecord}, nil)
	if err != nil {
		return noShape
	}
	root := doc.Root()
	has := func(name string) bool { return root.Get(name).Kind() != jsonx.Missing }
	switch {
	case has("CFPackage"), has("CFDocument") && (has("CFItems") || has("CFAssociations") || has("CFDefinitions") || has("CFRubrics")):
		return packageShape
	case has("CFPackageURI"), root.Get("CFDocument").Get("CFPackageURI").Exists():
		return documentShape
	case has("CFDocumentURI") && has("fullStatement"), root.Get("CFItem").Exists() && root.Len() == 1:
		return itemShape
	case has("creator") && has("title") && has("identifier"):
		return documentShape
	case has("CFDocument"):
		return packageShape
	}
	return noShape
}
