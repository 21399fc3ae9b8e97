package page

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/casefw/match"
	"github.com/laurel-edu/laurel/clr/intake"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// claim is one claim, folded and unfolded.
type claim struct {
	Standing, StandingWord string
	Anchor                 string // "" where nothing leads to it
	Name                   text
	Brief                  []text   // what of it fits beside the name
	Labels                 []string // what else is to be known at a glance
	Apart                  bool     // its issuer can be held to it, and it counts for nothing all the same
	Says, Against          string
	Results                []result
	Facts                  []fact
	Endorsements           []endorsement
	Problems               []problem
	Report                 *report
}

type result struct{ Description, Value, Status string }

type endorsement struct{ Standing, StandingWord, By, Comment string }

func endorsementOf(e *intake.Endorsement) endorsement {
	s := e.Entry.Standing
	return endorsement{s.String(), strings.ToLower(standings[s].word), e.By, cmp.Or(e.Comment, "without a comment")}
}

func (w *viewer) claim(c *intake.Claim, e *intake.Entry) claim {
	s := standings[c.Standing]
	out := claim{Standing: c.Standing.String(), StandingWord: s.word, Says: s.says, Against: against[c.Against]}
	out.Name = w.text(c.Name, "Without a name")
	out.Brief, out.Results, out.Apart = w.brief(c), resultsOf(c), c.Standing.Vouched() && c.Against != ""
	switch {
	case c.Standing.Vouched() && c.Validity != intake.ValidityCurrent:
		out.Labels = append(out.Labels, validities[c.Validity])
	case c.Standing.Vouched():
		out.Labels = append(out.Labels, until(c))
	}
	switch {
	case c.Subject == intake.SubjectDifferent:
		out.Labels = append(out.Labels, "Another person")
	case c.Against == match.AgainstRepeated:
		out.Labels = append(out.Labels, "Counted already")
	}
	out.Facts = w.facts(c, e)
	if e != nil {
		out.Endorsements, out.Report, out.Problems = w.endorsements[e], reportOf(e.Report()), problemsOf(e.Report())
		if c.Standing == intake.StandingRecordSameIssuer || c.Standing == intake.StandingRecordOtherIssuer {
			out.contained()
		}
	}
	return out
}

// contained leaves out what is no fault of a claim that a signed record contains: that it has
// no signature of its own, which its standing says.
func (c *claim) contained() {
	c.Problems = slices.DeleteFunc(c.Problems, func(p problem) bool { return p.Code == string(proof.CodeNoProof) })
	if c.Report == nil {
		return
	}
	c.Report.Checks = slices.DeleteFunc(c.Report.Checks, func(c check) bool { return c.of == verify.CheckBinding })
	for i := range c.Report.Checks {
		if one := &c.Report.Checks[i]; one.of == verify.CheckProof {
			one.Outcome, one.Word = verify.OutcomeNotApplicable.String(), "none of its own; that of the record counts"
		}
	}
}

// until says how long a claim holds.
func until(c *intake.Claim) string {
	if c.Until.IsZero() {
		return "Holds today"
	}
	return "Holds until " + c.Until.Format("2 Jan 2006")
}

// brief is the type, the grade, the credits and the term.
func (w *viewer) brief(c *intake.Claim) (all []text) {
	add := func(t text) {
		if t.Text != "" {
			all = append(all, t)
		}
	}
	add(text{Text: spaced(c.Type), Dir: "auto"})
	if len(c.Results) > 0 {
		add(text{Text: valueOf(&c.Results[0]), Dir: "auto"})
	}
	switch c.Credits {
	case "":
	case "1", "1.0":
		add(text{Text: "1 credit", Dir: "auto"})
	default:
		add(text{Text: string(c.Credits) + " credits", Dir: "auto"})
	}
	add(w.text(c.Term, ""))
	return all
}

// spaced writes a name of the standard for people: LearningProgram is "Learning program".
func spaced(name string) string {
	name = strings.TrimPrefix(name, "ext:")
	var b strings.Builder
	for i, r := range name {
		if i > 0 && r >= 'A' && r <= 'Z' && name[i-1] >= 'a' && name[i-1] <= 'z' {
			b.WriteByte(' ')
			r += 'a' - 'A'
		}
		b.WriteRune(r)
	}
	return b.String()
}

func valueOf(r *intake.Result) string {
	value := cmp.Or(r.Value, r.Level.Name, r.Level.Level)
	if value == "" {
		return spaced(r.Status)
	}
	if r.Type == "Percent" && !strings.HasSuffix(value, "%") {
		value += " %"
	}
	if r.Max != "" && r.Type != "Percent" {
		value += " of " + r.Max
	}
	return value
}

func resultsOf(c *intake.Claim) (all []result) {
	for i := range c.Results {
		r := &c.Results[i]
		value := valueOf(r)
		if r.Level.Name != "" && r.Value != "" {
			value += ", " + r.Level.Name
		}
		all = append(all, result{cmp.Or(r.Description, spaced(r.Type), "Result"), value, spaced(cmp.Or(r.Status, "Completed"))})
	}
	return all
}

// facts are what is known of a claim, one line each.
func (w *viewer) facts(c *intake.Claim, e *intake.Entry) (all []fact) {
	add := func(name string, values ...text) {
		var kept []text
		for _, v := range values {
			if v.Text != "" || !v.When.IsZero() {
				v.Dir = cmp.Or(v.Dir, "auto")
				kept = append(kept, v)
			}
		}
		if len(kept) > 0 {
			all = append(all, fact{name, kept})
		}
	}
	if e != nil {
		w.content(e, add)
	}
	add("Awarded", when(first(c.Awarded, c.From)))
	add("Holds until", when(c.Until))
	add("Done", when(c.Start), when(c.End))
	add("Credits", plain(credits(c)))
	add("Term", w.text(c.Term, ""))
	add("Skills reached", alignments(c, match.OfResult, match.OfLevel)...)
	add("Skills concerned", alignments(c, match.OfAchievement, match.OfDescription)...)
	add("Person", plain(subjects[c.Subject]))
	add("Validity", plain(validities[c.Validity]))
	if e != nil {
		add("To be known", each(e.Flags, func(f intake.Flag) text { return plain(flags[f]) })...)
		add("Not shown", each(e.Withheld, code)...)
	}
	add("Standing", code(c.Standing.String()))
	add("Issuer", code(c.Issuer))
	add("Credential", code(c.Credential))
	add("Achievement", code(c.Achievement))
	add("Place", code(c.Member+c.Entry))
	return all
}

// content is what the achievement is and takes.
func (w *viewer) content(e *intake.Entry, add func(string, ...text)) {
	if badge, err := e.Badge(); err == nil {
		a := &badge.CredentialSubject.Achievement
		add("What it is", w.text(a.Description, ""))
		add("What it took", w.text(a.Criteria.Narrative, ""), link(string(a.Criteria.ID), ""))
	}
}

func plain(s string) text { return text{Text: s} }
func code(s string) text  { return text{Text: s, Code: true} }

func each[T any](list []T, show func(T) text) (all []text) {
	for _, one := range list {
		all = append(all, show(one))
	}
	return all
}

func first(a, b time.Time) time.Time {
	if a.IsZero() {
		return b
	}
	return a
}

func when(t time.Time) text { return text{When: t} }

func credits(c *intake.Claim) string {
	if c.Available == "" || c.Available == c.Credits {
		return string(c.Credits)
	}
	return string(cmp.Or(c.Credits, vc.Number("none stated"))) + " of " + string(c.Available)
}

// link leads to a page of the web, and to nothing else.
func link(url, words string) text {
	t := text{Text: cmp.Or(words, url)}
	if strings.HasPrefix(url, "https://") {
		t.URL = url
	}
	return t
}

const mostAlignments = 50 // of one claim, for people

func alignments(c *intake.Claim, places ...match.Place) (all []text) {
	n := 0
	for i := range c.Alignments {
		a := &c.Alignments[i]
		for _, p := range places {
			if a.Of != p {
				continue
			}
			if n++; n <= mostAlignments {
				all = append(all, link(a.TargetURL, strings.TrimSpace(a.TargetCode+" "+a.TargetName)))
			}
		}
	}
	if n > mostAlignments {
		all = append(all, text{Text: "and " + strconv.Itoa(n-mostAlignments) + " more"})
	}
	return all
}
