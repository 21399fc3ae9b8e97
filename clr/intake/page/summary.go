package page

import (
	"fmt"

	"github.com/laurel-edu/laurel/clr/intake"
)

// lead is the whole in a sentence or two.
func lead(claims []intake.Claim) string {
	if len(claims) == 0 {
		return "Nothing here claims an achievement."
	}
	counted, vouched, forged := 0, 0, 0
	for i := range claims {
		if claims[i].Against == "" {
			counted++
		}
		if claims[i].Standing.Vouched() {
			vouched++
		}
		if claims[i].Standing == intake.StandingForged {
			forged++
		}
	}
	var s string
	switch all := len(claims); {
	case all == 1 && counted == 1:
		s = "The one achievement here is its issuer’s word, and holds today."
	case all == 1 && vouched == 1:
		s = "The one achievement here is its issuer’s word, but does not count today."
	case all == 1:
		s = "The issuer named by the one achievement here cannot be held to it."
	case counted == all:
		s = fmt.Sprintf("All %d achievements are the word of the issuers they name, and hold today.", all)
	case counted == 0:
		s = fmt.Sprintf("Of %d achievements, none is the word of the issuer it names and holds today.", all)
	case counted == 1:
		s = fmt.Sprintf("Of %d achievements, one is the word of the issuer it names and holds today.", all)
	default:
		s = fmt.Sprintf("Of %d achievements, %d are the word of the issuers they name and hold today.", all, counted)
	}
	switch {
	case forged == 1:
		s += " One carries a signature that is wrong."
	case forged > 1:
		s += fmt.Sprintf(" %d carry signatures that are wrong.", forged)
	}
	return s
}

// envelope says what the file is as a whole, where that is not the one claim in it.
func (w *viewer) envelope(claims int) *envelope {
	r := &w.reading.Envelope
	if w.reading.Kind == intake.KindBadge && claims > 0 {
		return nil
	}
	state := envelopes[r.State]
	kind := kinds[w.reading.Kind]
	e := &envelope{Heading: "The " + kind + " as a whole", Says: "This " + kind + " " + state.says, Class: state.class}
	if w.reading.Kind == intake.KindBundle {
		e.Says, e.Class = "This bundle is a way of sending, and signed by nobody as such. What it contains is judged by itself.", ""
	}
	add := func(name, value string) {
		if value != "" {
			e.Facts = append(e.Facts, fact{name, []text{{Text: value, Code: true}}})
		}
	}
	add("State", r.State.String())
	add("Signed by", r.Issuer)
	add("Shown by", r.Holder)
	add("Its number", r.ID)
	e.Problems, e.Report = problemsOf(r.Report), reportOf(r.Report)
	return e
}

// transcript are the credits by term, nil where no claim has some.
func (w *viewer) transcript(claims []intake.Claim) *transcript {
	some := false
	for i := range claims {
		some = some || claims[i].Credits != ""
	}
	if !some {
		return nil
	}
	t := w.reading.Transcript()
	out := &transcript{Earned: number(t.Earned.String()), Proven: number(t.Proven.String())}
	for _, one := range t.Terms {
		if one.Earned.IsZero() && one.Proven.IsZero() {
			continue
		}
		name := one.Name
		if name == "" {
			name = "No term named"
		}
		out.Terms = append(out.Terms, term{name, number(one.Earned.String()), number(one.Proven.String())})
	}
	out.Notes = append(out.Notes, "Stated is what the claims add up to, whoever stands behind them. "+
		"Proven is what issuers can be held to today, each achievement once.")
	for _, g := range t.Stated {
		by := g.Claim.Name.In(w.options.Languages...)
		out.Notes = append(out.Notes, "A grade point average of "+g.Value+within(" of ", g.Max)+" is stated by “"+by+"”.")
	}
	return out
}

func number(s string) string {
	if s == "" {
		return "–"
	}
	return s
}
