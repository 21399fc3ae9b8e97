package caseapi

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// FollowOptions says where [Follow] may go and how far. The zero value goes nowhere.
type FollowOptions struct {
	// Fetcher gets what links lead to, at addresses that strangers wrote. A [fetch.Client]
	// goes to public addresses only, has a cache, and may stand behind a trust pack
	// ([fetch.Layered]); give it a MaxBytes and a Timeout that packages need, such as 64 MiB
	// and a minute. Without one nothing is fetched, and the report says what would be.
	Fetcher fetch.Fetcher
	// Types are the associations whose ends are followed: by default all but exemplar,
	// which leads to pages for people.
	Types []casefw.AssociationType
	// MaxDepth is how many links a framework may be away from those that are there: 2 by
	// default, those that they link to and those that these link to.
	MaxDepth int
	// MaxFrameworks is how many are loaded, 32 by default.
	MaxFrameworks int
	// MaxRequests is how often the Fetcher is asked, 256 by default: a framework takes three.
	MaxRequests int
	// MaxBytes is how much all answers may have together, 256 MiB by default.
	MaxBytes int64
	// MaxMisses is how many links to one host may lead nowhere before its other links are
	// left, 8 by default: frameworks have thousands of links to hosts that are gone.
	MaxMisses int
	// Reading steers how packages are read; MaxBytes and Version are set by Follow.
	Reading casefw.Options
}

func (o FollowOptions) withDefaults() FollowOptions {
	o.MaxDepth = positive(o.MaxDepth, 2)
	o.MaxFrameworks = positive(o.MaxFrameworks, 32)
	o.MaxRequests = positive(o.MaxRequests, 256)
	o.MaxMisses = positive(o.MaxMisses, 8)
	o.MaxBytes = positive(o.MaxBytes, 256<<20)
	if o.Fetcher == nil {
		o.Fetcher = fetch.Offline{}
	}
	return o
}

func positive[N int | int64](n, otherwise N) N {
	if n <= 0 {
		return otherwise
	}
	return n
}

// Followed is what [Follow] came to.
type Followed struct {
	// Catalog has the frameworks that were there, and behind them those that were loaded, in
	// their order: what several have is taken from the first.
	Catalog *casefw.Catalog
	Loaded  []LinkedFramework
	// Found are warnings: links that lead nowhere, and why. The Pointer is the address, and
	// those of one code and host share one, with their number.
	Found []*vc.Problem
	// Complete reports whether each link within MaxDepth that leads to a framework leads to
	// one in the Catalog.
	Complete bool
	// Requests and Bytes are what it took.
	Requests int
	Bytes    int64
}

// LinkedFramework is a framework that was loaded because another links to it.
type LinkedFramework struct {
	Framework *casefw.Framework
	// Report lists what of the package breaks the standard and was repaired.
	Report *casefw.Report
	// Link is the association that led to it, and Depth how many links it is away.
	Link  casefw.Association
	Depth int
	// URL is where the package came from, Source who answered, and FetchedAt when its server
	// did, zero for a trust pack.
	URL       string
	Source    fetch.Source
	FetchedAt time.Time
}

// Follow loads the frameworks that those of a catalog link to, and those that these link
// to, on whichever hosts they are, so that a walk goes from one to another as on the web.
//
// The uri of a link is asked for what it names; an item says which document it is of, a
// document where its package is. A host that shows people a page in place of the item is
// asked at the paths of the standard besides. What comes is held against the question: a
// package is that of the document asked for, and has the item that the link names, or it is
// left out. What a link names outside of CASE, such as an occupation of O*NET, is not asked
// for: frameworks meet in it without.
//
// The frameworks of the catalog are there and are not fetched. A link that leads nowhere is
// no error; the error is that of ctx, and what is returned then is what was loaded until
// then. It is never nil.
func Follow(ctx context.Context, c *casefw.Catalog, o FollowOptions) (*Followed, error) {
	o = o.withDefaults()
	if c == nil {
		c = casefw.NewCatalog()
	}
	w := &follower{ctx: ctx, o: o, fetcher: fetch.Guard(o.Fetcher), catalog: c, seen: map[string]error{}, misses: map[string]int{},
		services: map[string]Version{}, notes: notes{at: map[noteKey]int{}}, out: &Followed{Catalog: c, Complete: true}}
	err := w.run()
	w.out.Catalog, w.out.Found = w.catalog, w.notes.all()
	return w.out, err
}

// follower is one run of [Follow].
type follower struct {
	ctx      context.Context
	o        FollowOptions
	fetcher  fetch.Fetcher
	catalog  *casefw.Catalog
	seen     map[string]error   // what came of addresses that were asked for
	misses   map[string]int     // by host
	services map[string]Version // by host: whose paths answer, noService where none do
	parked   []LinkedFramework  // that came for a link and lack what it names
	notes    notes
	out      *Followed
}

// errSpent ends a run that may not go on.
var errSpent = errors.New("caseapi: a limit of FollowOptions")

func (w *follower) run() error {
	at := slices.Collect(w.catalog.Frameworks())
	for depth := 1; depth <= w.o.MaxDepth && len(at) > 0; depth++ {
		before := len(w.out.Loaded)
		for _, f := range at {
			if err := w.framework(f, depth); err != nil {
				w.out.Complete = false
				if errors.Is(err, errSpent) {
					return nil
				}
				return err
			}
		}
		at = nil
		for _, l := range w.out.Loaded[before:] {
			at = append(at, l.Framework)
		}
	}
	return nil
}

// framework follows the links of a framework.
func (w *follower) framework(f *casefw.Framework, depth int) error {
	left := map[casefw.Place]bool{} // that lead nowhere
	for a := range f.Associations() {
		if !w.follows(a.Type()) {
			continue
		}
		for _, end := range []casefw.Node{a.Origin(), a.Destination()} {
			if err := w.end(a, end, depth, left); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *follower) follows(kind casefw.AssociationType) bool {
	if len(w.o.Types) == 0 {
		return kind != casefw.Exemplar
	}
	return slices.Contains(w.o.Types, kind)
}

// end follows one end of an association, unless it is known.
func (w *follower) end(a casefw.Association, end casefw.Node, depth int, left map[casefw.Place]bool) error {
	if !w.foreign(end) {
		return nil
	}
	if err := w.ctx.Err(); err != nil {
		return err
	}
	at, _ := w.catalog.PlaceOf(end)
	if left[at] {
		return nil
	}
	left[at] = true
	if w.unpark(a, end, depth) {
		return nil
	}
	u, ok := address(end.URI())
	if !ok {
		w.note(CodeLinkAddress, end.URI(), "", "")
		return nil
	}
	if w.misses[u.Host] >= w.o.MaxMisses {
		w.note(CodeLinkHost, u.Host, u.String(), "")
		return nil
	}
	err := w.load(a, end, u, depth)
	if err == nil {
		w.misses[u.Host] = 0
		return nil
	}
	if w.ctx.Err() != nil {
		return w.ctx.Err()
	}
	w.misses[u.Host]++
	return w.refused(err, u.Host, u.String())
}

// foreign reports whether an end is of CASE and of no framework that is known.
func (w *follower) foreign(end casefw.Node) bool {
	if end.Kind() != casefw.NodeExternal || casefw.RegistryType("", end.URI()) != "" {
		return false
	}
	if kind := end.TargetType(); kind != "" && kind != "CASE" {
		return false
	}
	at, item := w.catalog.PlaceOf(end)
	return item.IsZero() && (at.GUID().IsZero() || w.catalog.Framework(at.GUID()) == nil)
}

// refused notes why a link leads nowhere.
func (w *follower) refused(err error, host, address string) error {
	w.out.Complete = false
	if errors.Is(err, errSpent) {
		return err
	}
	var one vc.Problem
	if own, ok := errors.AsType[*Error](err); ok {
		one = *words.Problem(own.Code, own.URL, own.Detail)
		one.Err = own.Err
	} else if p := vc.ProblemOf(err); p != nil {
		one = *p
	}
	one.Severity, one.Pointer = vc.SeverityWarning, cmp.Or(one.Pointer, address)
	w.notes.add(&one, host)
	return nil
}

// note notes a code about a link.
func (w *follower) note(code vc.Code, host, address, found string) {
	w.out.Complete = false
	w.notes.add(words.Problem(code, cmp.Or(address, host), found), host)
}

// notes are findings of which those of one code and host are one.
type notes struct {
	list []*vc.Problem
	many []int
	at   map[noteKey]int
}

type noteKey struct {
	code vc.Code
	host string
}

// mostNotes bounds the findings of a run.
const mostNotes = 1000

func (n *notes) add(p *vc.Problem, host string) {
	key := noteKey{p.Code, host}
	if p.Code == CodeLinkAddress {
		key.host = "" // which names none
	}
	if i, ok := n.at[key]; ok {
		n.many[i]++
		return
	}
	if len(n.list) == mostNotes {
		return
	}
	n.at[key] = len(n.list)
	n.list, n.many = append(n.list, p), append(n.many, 1)
}

// all returns the findings, with the number of links that share one.
func (n *notes) all() []*vc.Problem {
	for i, p := range n.list {
		if n.many[i] > 1 {
			p.Found = fmt.Sprintf("%d links, of which this is the first", n.many[i])
		}
	}
	return n.list
}
