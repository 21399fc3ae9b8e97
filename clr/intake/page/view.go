package page

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/clr/intake"
	"github.com/laurel-edu/laurel/vc"
)

// view is what the template shows.
type view struct {
	Policy, Title, Kicker, Lead, File string
	At                                time.Time
	Ledger                            []count
	Envelope                          *envelope // nil of a badge, which is its own claim
	Groups                            []group
	Transcript                        *transcript
	Associations                      []association
	Others                            []other
}

// text is a text with its language, or another value of a fact.
type text struct {
	Text, Lang, Dir string
	URL             string // where it leads, "" for nowhere
	Code            bool   // an identifier
	When            time.Time
}

// fact is one line of what is known.
type fact struct {
	Name   string
	Values []text
}

// count is a line of the ledger.
type count struct {
	Standing, Anchor, Words string
	Count                   int
}

type envelope struct {
	Heading, Says, Class string
	Facts                []fact
	Problems             []problem
	Report               *report
}

// group is all that has one standing, by issuer.
type group struct {
	Anchor, Class, Heading, Explains string
	Count                            int
	Issuers                          []*issuer
}

type issuer struct {
	Name   text
	ID     string
	Named  bool   // and nothing proves that it is
	Listed string // what the operator's registries know, "" where nothing
	Claims []claim
}

type other struct{ Standing, StandingWord, What string }

type association struct{ Source, Is, Target, By string }

type transcript struct {
	Terms          []term
	Earned, Proven string
	Notes          []string
}

type term struct{ Name, Earned, Proven string }

// viewer makes the view of one reading.
type viewer struct {
	reading      *intake.Reading
	options      Options
	entries      map[string]*intake.Entry // by file and place
	endorsements map[*intake.Entry][]endorsement
	names        map[string]string // of achievements, by id
}

func newViewer(r *intake.Reading, o Options, claims []intake.Claim) *viewer {
	w := &viewer{reading: r, options: o, entries: map[string]*intake.Entry{},
		endorsements: map[*intake.Entry][]endorsement{}, names: map[string]string{}}
	for e := range r.Entries() {
		w.entries[e.Member+"\x00"+e.Pointer] = e
	}
	for _, e := range r.Endorsements() {
		if e.On != nil {
			w.endorsements[e.On] = append(w.endorsements[e.On], endorsementOf(&e))
		}
	}
	for i := range claims {
		w.names[claims[i].Achievement] = claims[i].Name.In(o.Languages...)
	}
	return w
}

// at is the instant of the reading.
func (w *viewer) at() (at time.Time) {
	if report := w.reading.Envelope.Report; report != nil {
		at = report.At
	}
	if at.IsZero() {
		for e := range w.reading.Entries() {
			return e.Report().At
		}
	}
	return at
}

// entry is what a claim was read from.
func (w *viewer) entry(c *intake.Claim) *intake.Entry { return w.entries[c.Member+"\x00"+c.Entry] }

func newView(r *intake.Reading, o Options) *view {
	claims := r.Claims()
	w := newViewer(r, o, claims)
	v := &view{Title: cmp.Or(o.Title, "Credentials"), File: o.File, Envelope: w.envelope(len(claims)), At: w.at()}
	v.Kicker = "As handed in" + within(", ", o.File)
	v.Groups = w.groups(claims)
	for _, g := range v.Groups {
		v.Ledger = append(v.Ledger, count{g.Class, g.Anchor, standings[standingOf(g.Class)].ledger, g.Count})
	}
	v.Lead = lead(claims)
	v.Transcript = w.transcript(claims)
	v.Associations = w.associations()
	v.Others = w.others(claims)
	return v
}

func within(before, s string) string {
	if s == "" {
		return ""
	}
	return before + s
}

// text is a text in the language that the reader prefers.
func (w *viewer) text(t vc.Text, otherwise string) text {
	if t.IsZero() || strings.TrimSpace(t.String()) == "" {
		return text{Text: otherwise, Dir: "auto"}
	}
	v := t.ValueIn(w.options.Languages...)
	one := text{Text: v.Value, Lang: v.Language, Dir: "auto"}
	if v.Direction == "ltr" || v.Direction == "rtl" {
		one.Dir = v.Direction
	}
	return one
}

// groups sorts the claims by who can be held to them.
func (w *viewer) groups(claims []intake.Claim) (all []group) {
	for _, s := range order {
		g := group{Anchor: "g-" + s.String(), Class: s.String(), Heading: standings[s].heading, Explains: standings[s].explains}
		known := map[string]*issuer{}
		for i := range claims {
			c := &claims[i]
			if c.Standing != s {
				continue
			}
			e := w.entry(c)
			if known[c.Issuer] == nil {
				known[c.Issuer] = w.issuer(c, e)
				g.Issuers = append(g.Issuers, known[c.Issuer])
			}
			known[c.Issuer].Claims = append(known[c.Issuer].Claims, w.claim(c, e))
			g.Count++
		}
		if g.Count > 0 {
			all = append(all, g)
		}
	}
	return all
}

func standingOf(class string) intake.Standing {
	i := slices.IndexFunc(order[:], func(s intake.Standing) bool { return s.String() == class })
	return order[i]
}

// issuer says who an issuer is: by a registry, else as the credential has it.
func (w *viewer) issuer(c *intake.Claim, e *intake.Entry) *issuer {
	i := &issuer{ID: c.Issuer, Named: !c.Standing.Vouched() && c.Issuer != ""}
	i.Name = text{Text: cmp.Or(c.Issuer, "No issuer named"), Dir: "auto"}
	if e == nil {
		return i
	}
	if badge, err := e.Badge(); err == nil && badge.Issuer.Object != nil {
		i.Name = w.text(badge.Issuer.Object.Name, i.Name.Text)
	}
	if l := e.Listed; l.ID != "" {
		if l.Name != "" {
			i.Name = text{Text: l.Name, Dir: "auto"}
		}
		i.Listed = "Listed by " + cmp.Or(l.Registry, "a registry") + within(" as ", l.Trust)
	}
	return i
}

// associations say how the achievements hang together.
func (w *viewer) associations() (all []association) {
	for _, a := range w.reading.Graph().Associations() {
		by := "says nobody who can be held to it"
		if a.AssertedBy != "" {
			by = "says " + a.AssertedBy
		}
		if a.Dangling {
			by += "; one of them is not in the record"
		}
		all = append(all, association{w.named(a.Source), cmp.Or(relations[string(a.Type)], string(a.Type)), w.named(a.Target), by})
	}
	return all
}

func (w *viewer) named(id string) string { return cmp.Or(w.names[id], id) }

// others are the entries that claim nothing: records, credentials of other kinds, and
// endorsements of what is no entry.
func (w *viewer) others(claims []intake.Claim) (all []other) {
	claimed := map[string]bool{}
	for i := range claims {
		claimed[claims[i].Member+"\x00"+claims[i].Entry] = true
	}
	for e := range w.reading.Entries() {
		if claimed[e.Member+"\x00"+e.Pointer] || e.Kind == intake.KindEndorsement && e.Parent != "" {
			continue
		}
		what := "A " + kinds[e.Kind] + within(" of ", e.Issuer)
		if e.Kind == intake.KindEndorsement {
			what = "An endorsement" + within(" by ", e.Issuer)
		}
		all = append(all, other{e.Standing.String(), standings[e.Standing].word, what + within(" in ", e.Member)})
	}
	for _, u := range w.reading.Unread {
		all = append(all, other{intake.StandingNotChecked.String(), "Nothing that is read here", u.Member})
	}
	return all
}
