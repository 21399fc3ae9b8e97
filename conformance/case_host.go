package conformance

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/rest"
)

// caseHost is the reference provider of CASE, in both versions: what the standard says, by
// the letter and with nothing besides. fault is the one thing that it does wrong, "" for
// nothing.
type caseHost struct {
	base  string // origin
	fault string
	packs map[casefw.Version][]object
}

// object is a record as JSON.
type object = map[string]any

// newCASEHost makes one that serves frameworks.
func newCASEHost(base, fault string, frameworks ...*casefw.Framework) (*caseHost, error) {
	h := &caseHost{base: base, fault: fault, packs: map[casefw.Version][]object{}}
	for v := range spelt {
		for _, f := range frameworks {
			var text bytes.Buffer
			if err := f.WriteVersion(context.Background(), &text, v); err != nil {
				return nil, fmt.Errorf("conformance: a framework cannot be served: %w", err)
			}
			var pack object
			if err := json.Unmarshal(text.Bytes(), &pack); err != nil {
				return nil, err
			}
			if fault == "empty-member" {
				for _, item := range all(pack, "CFItems") {
					delete(item, "educationLevel")
				}
			}
			h.packs[v] = append(h.packs[v], pack)
		}
	}
	return h, nil
}

// get is the object in a member.
func get(o object, name string) object {
	inner, _ := o[name].(object)
	return inner
}

// all are the objects in a member.
func all(o object, name string) (objects []object) {
	list, _ := o[name].([]any)
	for _, one := range list {
		if o, ok := one.(object); ok {
			objects = append(objects, o)
		}
	}
	return objects
}

// with is a copy of an object with another member.
func with(o object, name string, value any) object {
	c := make(object, len(o)+1)
	for k, v := range o {
		c[k] = v
	}
	c[name] = value
	return c
}

func (h *caseHost) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	for v := range spelt {
		if path, ok := strings.CutPrefix(r.URL.Path, "/ims/case/"+v.Segment()); ok {
			h.serve(w, r, v, path)
			return
		}
	}
	h.refuse(w, casefw.V1p1, http.StatusNotFound, rest.UnknownObject)
}

func (h *caseHost) serve(w http.ResponseWriter, r *http.Request, v casefw.Version, path string) {
	kind, id := cut(path)
	switch {
	case path == discovery && v == casefw.V1p1 && h.fault != "no-discovery":
		h.send(w, object{"openapi": "3.0.1", "info": object{"title": "CASE", "version": "1.1"}, "paths": object{},
			"servers": []any{object{"url": h.server(v)}}})
	case path == "/CFDocuments":
		h.list(w, r, v)
	default:
		for _, pack := range h.packs[v] {
			if o := h.record(pack, kind, strings.ToLower(id)); o != nil {
				h.send(w, o)
				return
			}
		}
		h.refuse(w, v, http.StatusNotFound, rest.UnknownObject)
	}
}

// server is what the description says of where the service is.
func (h *caseHost) server(v casefw.Version) string {
	if h.fault == "discovery-foreign" {
		return "https://elsewhere.example/ims/case/" + v.Segment()
	}
	return h.base + "/ims/case/" + v.Segment()
}

// cut parts the path of a record.
func cut(path string) (kind, id string) {
	kind, id, _ = strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return kind, id
}

// record is what an endpoint answers, nil where a package has nothing of that identifier.
func (h *caseHost) record(pack object, kind, id string) object {
	if h.fault == "missing-endpoint" && kind == "CFLicenses" {
		return nil
	}
	document := get(pack, "CFDocument")
	link := object{"title": document["title"], "identifier": document["identifier"], "uri": document["uri"]}
	own := func(o object) bool { return strings.EqualFold(fmt.Sprint(o["identifier"]), id) }
	in := func(list []object) object {
		if k := slices.IndexFunc(list, own); k >= 0 {
			return list[k]
		}
		return nil
	}
	definitions := get(pack, "CFDefinitions")
	switch kind {
	case "CFPackages":
		if own(document) {
			return h.wrong(pack, document)
		}
	case "CFDocuments":
		if own(document) {
			return h.document(pack)
		}
	case "CFItems":
		if o := in(all(pack, "CFItems")); o != nil && h.fault != "item-without-document" {
			return with(o, "CFDocumentURI", link)
		} else if o != nil {
			return o
		}
	case "CFItemAssociations":
		if o := in(all(pack, "CFItems")); o != nil {
			return object{"CFItem": with(o, "CFDocumentURI", link), "CFAssociations": ends(pack, id)}
		}
	case "CFAssociations":
		if o := in(all(pack, "CFAssociations")); o != nil {
			return with(o, "CFDocumentURI", link)
		}
	case "CFLicenses", "CFAssociationGroupings":
		return in(all(definitions, kind))
	case "CFConcepts", "CFSubjects", "CFItemTypes":
		if o := in(all(definitions, kind)); o != nil {
			return object{kind: below(all(definitions, kind), o)}
		}
	case "CFRubrics":
		return in(all(pack, kind))
	}
	return nil
}

// wrong is a package with what a fault does to it.
func (h *caseHost) wrong(pack, document object) object {
	switch h.fault {
	case "unknown-member":
		return with(pack, "CFDocument", with(document, "colour", "blue"))
	case "null-members":
		return with(pack, "CFDocument", with(document, "notes", nil))
	case "wrong-date":
		return with(pack, "CFDocument", with(document, "lastChangeDateTime", "yesterday"))
	}
	return pack
}

// ends are the associations that an item is an end of.
func ends(pack object, id string) (found []object) {
	for _, a := range all(pack, "CFAssociations") {
		for _, end := range []string{"originNodeURI", "destinationNodeURI"} {
			if strings.EqualFold(fmt.Sprint(get(a, end)["identifier"]), id) {
				found = append(found, a)
				break
			}
		}
	}
	return found
}

// below are a definition and those whose hierarchyCode stands under its own.
func below(list []object, top object) []object {
	found := []object{top}
	for _, o := range list {
		if code := fmt.Sprint(o["hierarchyCode"]); strings.HasPrefix(code, fmt.Sprint(top["hierarchyCode"])+".") {
			found = append(found, o)
		}
	}
	return found
}

// document is the framework's document by itself.
func (h *caseHost) document(pack object) object {
	d := get(pack, "CFDocument")
	uri := strings.Replace(fmt.Sprint(d["uri"]), "/CFDocuments/", "/CFPackages/", 1)
	return with(d, "CFPackageURI", object{"title": d["title"], "identifier": d["identifier"], "uri": uri})
}

// list answers getAllCFDocuments.
func (h *caseHost) list(w http.ResponseWriter, r *http.Request, v casefw.Version) {
	var found []object
	for _, pack := range h.packs[v] {
		found = append(found, h.document(pack))
	}
	q := r.URL.Query()
	if text := q.Get("filter"); text != "" {
		name, value, _ := strings.Cut(text, "=")
		if _, known := found[0][name]; !known {
			h.refuse(w, v, http.StatusBadRequest, rest.InvalidFilterField)
			return
		}
		value = strings.ReplaceAll(strings.Trim(value, "'"), "''", "'")
		found = slices.DeleteFunc(found, func(o object) bool {
			return strings.EqualFold(fmt.Sprint(o[name]), value) == (h.fault == "filter-inverted")
		})
	}
	if name := q.Get("sort"); name != "" {
		slices.SortStableFunc(found, func(a, b object) int { return cmp.Compare(fmt.Sprint(a[name]), fmt.Sprint(b[name])) })
		if q.Get("orderBy") == "desc" != (h.fault == "sort-reversed") {
			slices.Reverse(found)
		}
	}
	page, ok := h.page(w, q, found, v)
	if !ok {
		return
	}
	if q.Has("fields") {
		names := strings.Split(q.Get("fields"), ",")
		if names[0] == "" {
			h.refuse(w, v, http.StatusBadRequest, rest.InvalidSelectionField)
			return
		}
		if h.fault == "fields-too-many" {
			names = append(names, "creator")
		}
		for k, o := range page {
			page[k] = object{}
			for _, name := range names {
				page[k][name] = o[name]
			}
		}
	}
	h.send(w, object{"CFDocuments": page})
}

// page is the part of a list that was asked for, with the headers that lead on.
func (h *caseHost) page(w http.ResponseWriter, q url.Values, found []object, v casefw.Version) ([]object, bool) {
	limit, offset := 100, 0
	for name, n := range map[string]*int{"limit": &limit, "offset": &offset} {
		if q.Has(name) {
			asked, err := strconv.Atoi(q.Get(name))
			if *n = asked; err != nil || asked < 0 || name == "limit" && asked < 1 {
				h.refuse(w, v, http.StatusBadRequest, rest.InvalidQuery)
				return nil, false
			}
		}
	}
	total := len(found)
	if h.fault == "total-wrong" {
		total++
	}
	w.Header().Set("X-Total-Count", strconv.Itoa(total))
	from, to := min(offset, len(found)), min(offset+limit, len(found))
	if to < len(found) && h.fault != "page-without-link" {
		next := url.Values{}
		for name, values := range q {
			next[name] = values
		}
		next.Set("limit", strconv.Itoa(limit))
		next.Set("offset", strconv.Itoa(to))
		w.Header().Set("Link", "<"+h.base+"/ims/case/"+v.Segment()+"/CFDocuments?"+next.Encode()+`>; rel="next"`)
	}
	return found[from:to], true
}

// send answers with an object.
func (h *caseHost) send(w http.ResponseWriter, o object) {
	media := mediaJSON
	if h.fault == "wrong-media-type" {
		media = "text/html"
	}
	w.Header().Set("Content-Type", media)
	_ = json.NewEncoder(w).Encode(o) // nobody is left to tell
}

// refuse answers with a status.
func (h *caseHost) refuse(w http.ResponseWriter, v casefw.Version, status int, m rest.Minor) {
	if h.fault == "status-spelt-otherwise" {
		m = "UNKNOWN"
	}
	if h.fault == "unknown-is-200" && status == http.StatusNotFound {
		h.send(w, object{})
		return
	}
	s := spelt[v].Failure("TargetEndSystem", m, "")
	w.Header().Set("Content-Type", mediaJSON)
	w.WriteHeader(status)
	if h.fault != "status-without-body" {
		_, _ = w.Write(s.Append(nil)) // nobody is left to tell
	}
}
