package conformance

import (
	"net/http"
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/conformance/refhost"
	"github.com/laurel-edu/laurel/internal/jsonx"
)

// library is a reference provider of frameworks that a product has read from.
type library struct {
	host *refhost.Frameworks
	said error // what the product said of it
	// read are the endpoints and identifiers of records that it got.
	read [][2]string
}

// reads has the product read from a provider of its own with a fault or a trial, "" for none. A
// product that asks nothing has not been tested.
func (p *probe) reads(v casefw.Version, fault string) (*library, error) {
	l := &library{}
	var base string
	roots, stop, err := p.s.listen(func(origin string) (h http.Handler, err error) {
		l.host, err = refhost.NewFrameworks(refhost.FrameworksConfig{Origin: origin, Fault: fault})
		base = origin + "/ims/case/" + v.Segment()
		return l.host, err
	})
	if err != nil {
		return nil, err
	}
	defer stop()
	l.said = p.s.suite.Consumer.Start(p.ctx, Peer{DiscoveryURL: base, Roots: roots})
	seen := l.host.Seen()
	if len(seen) == 0 && fault == "" {
		return nil, silent("provider", l.said)
	}
	for _, r := range seen {
		kind, id, ok := strings.Cut(strings.TrimPrefix(r.Path, "/ims/case/"+v.Segment()+"/"), "/")
		if at := [2]string{kind, strings.ToLower(id)}; ok && r.Method == http.MethodGet && !slices.Contains(l.read, at) {
			l.read = append(l.read, at)
		}
	}
	return l, nil
}

// sent are the packages and items that the product got, as they were sent.
func (l *library) sent(v casefw.Version) (items, packages []jsonx.Value) {
	for _, at := range l.read {
		text := l.host.Record(v, at[0], at[1])
		doc, err := jsonx.Parse(text, jsonx.Limits{Bytes: mostAnswer}, nil)
		if err != nil {
			continue // nothing stands there
		}
		switch at[0] {
		case "CFItems":
			items = append(items, doc.Root())
		case "CFPackages":
			packages = append(packages, doc.Root())
		}
	}
	return items, packages
}

// checkKeeps has the product read, and show what it kept.
func checkKeeps(p *probe, v casefw.Version) error {
	l, err := p.reads(v, "")
	if err != nil {
		return err
	}
	items, packages := l.sent(v)
	if !p.holds(len(items)+len(packages) > 0, Finding{Message: "neither an item nor a package was asked for"}) {
		return nil
	}
	p.holds(l.said == nil, Finding{Message: "the product says that it could not read", Found: errorText(l.said)})
	for _, item := range items {
		p.shows(item, "CFItem")
	}
	for _, pack := range packages {
		p.shows(pack.Get("CFDocument"), "CFDocument")
		for _, item := range pack.Get("CFItems").Items() {
			p.shows(item, "CFItem")
		}
		for _, a := range pack.Get("CFAssociations").Items() {
			p.shows(a, "CFAssociation")
		}
	}
	return nil
}

// shows looks whether the product can show the required members of a record as they were sent.
func (p *probe) shows(sent jsonx.Value, class string) {
	id := sent.Get("identifier").Text()
	text, err := p.s.suite.Hooks.ReadBack(p.ctx, id)
	if !p.holds(err == nil, Finding{Message: "a " + class + " that was read is not kept", Found: errorText(err), Expected: id}) {
		return
	}
	doc, err := jsonx.Parse(text, jsonx.Limits{Bytes: mostAnswer}, nil)
	if !p.holds(err == nil, Finding{Message: "what was kept of a " + class + " is no JSON", Expected: id}) {
		return
	}
	for _, m := range casefw.Properties(class) {
		if was := sent.Get(m.Name); m.Required && was.Exists() {
			now := doc.Root().Get(m.Name)
			p.holds(holdsOf(now, was), Finding{Message: "a required member of a " + class + " was not kept", Pointer: "/" + m.Name,
				Found: string(now.Raw()), Expected: string(was.Raw())})
		}
	}
}

// holdsOf reports whether a value has all that another has: members may come besides.
func holdsOf(now, was jsonx.Value) bool {
	switch {
	case now.Kind() != was.Kind():
		return false
	case was.Kind() == jsonx.Object:
		for m := was.First(); m.Exists(); m = m.Next() {
			if !holdsOf(now.Get(m.Name()), m) {
				return false
			}
		}
		return true
	case was.Kind() == jsonx.Array:
		a, b := now.Items(), was.Items()
		return slices.EqualFunc(a, b, holdsOf)
	}
	return now.Text() == was.Text()
}

// trials are what a client of the standard has to live with, and what else it must do then.
var trials = []struct{ name, message string }{
	{"member-own", "a member that the standard does not have"},
	{"busy-once", "a provider that is busy the first time"},
	{"page-one", "a list that comes a framework at a time"},
	{"package-large", "a package of five megabytes"},
}

// checkOutlives has the product read from providers that are not as others.
func checkOutlives(p *probe, v casefw.Version) error {
	plain, err := p.reads(v, "")
	if err != nil {
		return err
	}
	for _, t := range trials {
		l, err := p.reads(v, t.name)
		if err != nil {
			return err
		}
		p.holds(l.said == nil, Finding{Message: "the product fails at " + t.message, Found: errorText(l.said)})
		p.holds(!slices.ContainsFunc(plain.read, func(at [2]string) bool { return !slices.Contains(l.read, at) }),
			Finding{Message: "the product reads less at " + t.message})
	}
	return nil
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
