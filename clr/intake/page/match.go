package page

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/match"
	"github.com/laurel-edu/laurel/clr/intake"
)

// Match is how a reading stands to a job, to be shown.
type Match struct {
	Reading *intake.Reading
	// Claims are those of the reading, of which Outcome is what Matcher made.
	Claims  []intake.Claim
	Matcher *match.Matcher
	Outcome *match.Outcome
	// Explainer puts it into words, in English where it is nil.
	Explainer *match.Explainer
}

// WriteMatch writes the page of a match, for whoever decides: each requirement of the job,
// the mandatory ones first, what of the reading is evidence for it, over which links of which
// frameworks, and the proof behind that; then what counts for nothing, and why. Its heading
// is the title of the job unless Options has another. Errors are those of w, and one of an
// Outcome that is not of these claims.
func WriteMatch(w io.Writer, m Match, o Options) error {
	x := m.Explainer
	if x == nil {
		var err error
		if x, err = match.NewExplainer(nil, o.Languages...); err != nil {
			return err
		}
	}
	job := m.Matcher.Job()
	if len(m.Outcome.Requirements) != len(job.Requirements) {
		return fmt.Errorf("page: the outcome has %d requirements and the job %d", len(m.Outcome.Requirements), len(job.Requirements))
	}
	b := matching{viewer: newViewer(m.Reading, o, m.Claims), Match: m, job: job, words: x.Explain(m.Matcher, m.Claims, m.Outcome),
		used: map[int]bool{}}
	v := b.view()
	v.Policy = policy(style + matchStyle)
	return execute(w, "match", v)
}

// matched is what the template of a match shows.
type matched struct {
	Policy, Title, Kicker, Lead, File string
	At                                time.Time
	Figures                           []figure
	Groups                            []askedFor
	Proofs, Ignored, Surplus          []claim
	Rules                             []fact
	Frameworks                        []framework
}

// framework is one whose links were walked.
type framework struct {
	Title, Version, Digest string
	Changed                time.Time
}

// figure is a number of the summary, which leads to what it counts.
type figure struct{ Value, Words, Anchor string }

// askedFor is a group of requirements.
type askedFor struct {
	Anchor, Heading, Explains string
	Requirements              []requirement
}

// requirement is one of the job.
type requirement struct {
	State    string // met, partly, unmet or unknown
	Percent  int    // of the ring
	Item     string
	Brief    []string
	Says     string
	Notes    []string
	Evidence []evidence
}

// evidence is one claim that counts for a requirement.
type evidence struct {
	Standing, StandingWord string
	Anchor                 string
	Name, By               text
	Labels                 []string
	Says, Worth            string
	Path                   []match.ExplainedStep
}

// matching makes the view of a match.
type matching struct {
	*viewer
	Match
	job   match.Job
	words *match.Explanation
	used  map[int]bool // claims that count for something
}

func (b *matching) view() *matched {
	v := &matched{Title: cmp.Or(b.options.Title, b.job.Title, "A job"), File: b.options.File, At: b.at()}
	v.Kicker = "Held against what a job asks for" + within(": ", b.options.File)
	v.Groups = b.groups()
	for i := range b.Claims {
		if b.used[i] {
			v.Proofs = append(v.Proofs, b.proof(i))
		}
	}
	for _, one := range b.Outcome.Ignored {
		v.Ignored = append(v.Ignored, b.ignored(one))
	}
	for _, i := range b.Outcome.Surplus {
		v.Surplus = append(v.Surplus, b.proof(i))
	}
	v.Figures, v.Lead = b.figures(v), b.lead()
	v.Rules, v.Frameworks = b.rules(), b.frameworks()
	return v
}

// groups are what is mandatory, and the rest.
func (b *matching) groups() (all []askedFor) {
	must := askedFor{Anchor: "mandatory", Heading: "Mandatory",
		Explains: "The job cannot be done without these. Each is met or not, whatever the rest adds up to."}
	rest := askedFor{Anchor: "asked", Heading: "Asked for besides",
		Explains: "Together with what is mandatory these make the total, each by its weight."}
	if !slices.ContainsFunc(b.job.Requirements, func(r match.Requirement) bool { return r.Mandatory }) {
		rest.Heading, rest.Explains = "Asked for", ""
	}
	for i := range b.job.Requirements {
		to := &rest
		if b.job.Requirements[i].Mandatory {
			to = &must
		}
		to.Requirements = append(to.Requirements, b.requirement(i))
	}
	for _, g := range []askedFor{must, rest} {
		if len(g.Requirements) > 0 {
			all = append(all, g)
		}
	}
	return all
}

func (b *matching) requirement(i int) requirement {
	s, words := &b.Outcome.Requirements[i], &b.words.Requirements[i]
	r := requirement{State: stateOf(s), Item: words.Item, Brief: b.brief(i), Says: words.Says, Notes: words.Notes}
	if s.Score != nil {
		r.Percent = int(100 * *s.Score)
	}
	for k := range s.Used {
		r.Evidence = append(r.Evidence, b.evidence(&s.Used[k], &words.Evidence[k]))
	}
	return r
}

func stateOf(s *match.Score) string {
	switch {
	case s.Score == nil:
		return "unknown"
	case s.Met:
		return "met"
	case *s.Score > 0:
		return "partly"
	}
	return "unmet"
}

// brief is where a requirement comes from, and how it is asked for.
func (b *matching) brief(i int) (all []string) {
	r, g := &b.job.Requirements[i], b.Matcher.Graph()
	if t, ok := g.Find(r.Target); ok {
		if item := g.Item(t); !item.IsZero() {
			all = append(all, item.Framework().Title(), item.Code())
		}
	} else {
		all = append(all, r.Target.TargetFramework)
	}
	if r.MinLevel > 0 {
		level := "level " + short(r.MinLevel) + " at least"
		if r.LevelOf > 0 {
			level = "level " + short(r.MinLevel) + " of " + short(r.LevelOf) + " at least"
		}
		all = append(all, level)
	}
	if r.Weight != nil && *r.Weight != 1 {
		all = append(all, "weight "+short(*r.Weight))
	}
	if n := len(r.Any); n > 0 {
		all = append(all, "or one of "+strconv.Itoa(n)+" in its place")
	}
	return slices.DeleteFunc(all, func(s string) bool { return s == "" })
}

func short(n float64) string { return strconv.FormatFloat(n, 'g', 4, 64) }

func (b *matching) evidence(one *match.Evidence, words *match.ExplainedEvidence) evidence {
	c := &b.Claims[one.Claim]
	b.used[one.Claim] = true
	e := evidence{Standing: c.Standing.String(), StandingWord: standings[c.Standing].word, Anchor: anchor(one.Claim),
		Name: b.text(c.Name, "Without a name"), By: b.issuer(c, b.entry(c)).Name, Worth: words.Worth, Path: words.Path}
	if c.Standing.Vouched() {
		e.Labels = append(e.Labels, held(c))
	}
	item := one.Item
	if t, ok := b.Matcher.Graph().FindKey(one.Item); ok {
		if found := b.Matcher.Graph().Item(t); !found.IsZero() {
			item = found.Statement()
		}
	}
	e.Says = "It is aligned to “" + item + "”"
	if len(one.Path) == 0 {
		e.Says += ", which is what is asked for"
	}
	if one.Share < 1 {
		e.Labels = append(e.Labels, share(one.Share)+" of it")
	}
	return e
}

// held says whether a claim holds, and for how long.
func held(c *intake.Claim) string {
	if c.Validity != intake.ValidityCurrent {
		return validities[c.Validity]
	}
	return until(c)
}

func share(s float64) string { return strconv.Itoa(max(1, int(100*s+0.5))) + " %" }

func anchor(claim int) string { return "claim-" + strconv.Itoa(claim) }

// proof is a claim with the report behind it, to which evidence leads.
func (b *matching) proof(i int) claim {
	c := &b.Claims[i]
	out := b.claim(c, b.entry(c))
	out.Anchor = anchor(i)
	return out
}

// ignored is a claim that counts for nothing, with the reason at a glance where nothing else
// says it.
func (b *matching) ignored(one match.Ignored) claim {
	out := b.proof(one.Claim)
	c := &b.Claims[one.Claim]
	switch word, ours := ignored[one.Reason]; {
	case one.Reason == c.Against: // its standing, its validity or its subject says so
	case ours:
		out.Labels, out.Against = []string{word.word}, word.says
	default:
		out.Labels = append(out.Labels, string(one.Reason))
	}
	out.Apart = true
	return out
}

// figures are the numbers of the summary.
func (b *matching) figures(v *matched) (all []figure) {
	met, must, mustMet := 0, 0, 0
	for i := range b.job.Requirements {
		ok := b.Outcome.Requirements[i].Met
		if ok {
			met++
		}
		if b.job.Requirements[i].Mandatory {
			if must++; ok {
				mustMet++
			}
		}
	}
	add := func(value, words, anchor string) { all = append(all, figure{value, words, anchor}) }
	if must > 0 {
		add(fmt.Sprintf("%d of %d", mustMet, must), "mandatory, met", "mandatory")
	}
	add(fmt.Sprintf("%d of %d", met, len(b.job.Requirements)), "met in all", v.Groups[len(v.Groups)-1].Anchor)
	if b.Outcome.Total != nil {
		add(share(*b.Outcome.Total), "of the job, by weight", "rules")
	}
	if n := len(v.Proofs); n > 0 {
		add(strconv.Itoa(n), words(n, "claim counts", "claims count"), "proofs")
	}
	if n := len(v.Ignored); n > 0 {
		add(strconv.Itoa(n), words(n, "counts for nothing", "count for nothing"), "nothing")
	}
	return all
}

func words(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// lead is the whole in two or three sentences.
func (b *matching) lead() string {
	counts := map[string]int{}
	for i := range b.Outcome.Requirements {
		counts[stateOf(&b.Outcome.Requirements[i])]++
	}
	all, met := len(b.Outcome.Requirements), counts["met"]
	var s string
	switch {
	case all == 1 && met == 1:
		s = "The one requirement is met"
	case met == all:
		s = fmt.Sprintf("All %d requirements are met", all)
	case met == 0:
		s = "No requirement is met in full"
	default:
		s = fmt.Sprintf("Of %d requirements %d %s met", all, met, words(met, "is", "are"))
	}
	if n := counts["partly"]; n > 0 {
		s += fmt.Sprintf(", %d in part", n)
	}
	s += "."
	switch n := counts["unknown"]; {
	case n == 1:
		s += " Of one nothing can be said, since no framework here has it."
	case n > 1:
		s += fmt.Sprintf(" Of %d nothing can be said, since no framework here has them.", n)
	}
	return s + " " + b.words.Mandatory
}

func (b *matching) frameworks() (all []framework) {
	for _, f := range b.Outcome.Frameworks {
		changed, _ := time.Parse(time.RFC3339, f.Changed) // zero where it cannot be read
		all = append(all, framework{cmp.Or(f.Title, f.Identifier), f.Version, f.Digest[:min(12, len(f.Digest))], changed})
	}
	return all
}

// rules are the numbers that the scores depend on.
func (b *matching) rules() (all []fact) {
	p := b.Matcher.Policy()
	add := func(name, value string) { all = append(all, fact{name, []text{{Text: value, Dir: "auto"}}}) }
	add("Policy", p.ID)
	add("Met from", share(p.MetAt))
	for _, kind := range []casefw.AssociationType{casefw.ExactMatchOf, casefw.IsTranslationOf, casefw.ReplacedBy, casefw.IsPartOf,
		casefw.IsRelatedTo, match.AnyExtension} {
		if worth := p.Links[kind]; worth > 0 {
			add(linkNames[kind], share(worth))
		}
	}
	if p.Broader > 0 {
		add("Holding something wider", share(p.Broader))
	}
	add("Links in a row, at most", strconv.Itoa(p.MaxHops))
	return all
}
