package match

import (
	"math"
	"strconv"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
)

// Explanation is an outcome in words, for whoever is decided about and whoever decides. Each
// text is made of templates, see [Words].
type Explanation struct {
	Total     string `json:"total"`
	Mandatory string `json:"mandatory"`
	// Requirements and Ignored are in the order of the outcome.
	Requirements []Explained `json:"requirements"`
	Ignored      []string    `json:"ignored"`
}

// Explained is a requirement in words.
type Explained struct {
	Item     string              `json:"item"` // what is asked for, in the words of its framework
	Says     string              `json:"says"` // how far it is met
	Evidence []ExplainedEvidence `json:"evidence"`
	Notes    []string            `json:"notes"` // what a reader must know besides
}

// ExplainedEvidence is one claim that counts, in words.
type ExplainedEvidence struct {
	Says  string          `json:"says"`
	Worth string          `json:"worth,omitzero"` // "" where it counts in full
	Path  []ExplainedStep `json:"path"`
}

// ExplainedStep is one link in words, with who asserts it.
type ExplainedStep struct {
	Says string `json:"says"`
	By   string `json:"by"`
}

// Explainer puts outcomes into words. It is immutable and safe for concurrent use; make it
// with [NewExplainer].
type Explainer struct {
	words     Words
	languages []string
}

// NewExplainer makes an Explainer that speaks English, but for the phrases that are given
// others. The names of achievements are shown in the first of the languages that they have
// (BCP 47). An error names a phrase that there is not, or a name in braces that it has not.
func NewExplainer(words Words, languages ...string) (*Explainer, error) {
	all, err := english.with(words)
	if err != nil {
		return nil, err
	}
	return &Explainer{all, languages}, nil
}

// Explain puts an outcome of the Matcher into words. claims are those that it is of.
func (x *Explainer) Explain(m *Matcher, claims []Claim, o *Outcome) *Explanation {
	t := telling{Explainer: x, m: m, claims: claims}
	e := &Explanation{Total: x.words[PhraseTotalUnknown], Mandatory: t.mandatory(o), Requirements: []Explained{}, Ignored: []string{}}
	if o.Total != nil {
		e.Total = x.words.say(PhraseTotal, "total", t.percent(*o.Total))
	}
	for i := range o.Requirements {
		e.Requirements = append(e.Requirements, t.requirement(&o.Requirements[i]))
	}
	for _, one := range o.Ignored {
		reason := x.words.say(x.words.or(PhraseOfReason(one.Reason), PhraseAnyReason), "reason", string(one.Reason))
		says := x.words.say(PhraseIgnored, "claim", t.claim(one.Claim), "issuer", t.issuer(one.Claim), "reason", reason)
		e.Ignored = append(e.Ignored, says)
	}
	return e
}

// telling is one outcome being put into words.
type telling struct {
	*Explainer
	m      *Matcher
	claims []Claim
}

func (t *telling) mandatory(o *Outcome) string {
	some := false
	for i := range t.m.job.Requirements {
		some = some || t.m.job.Requirements[i].Mandatory
	}
	switch {
	case !some:
		return t.words[PhraseNoMandatory]
	case o.Qualified:
		return t.words[PhraseQualified]
	}
	return t.words.say(PhraseUnqualified, "count", strconv.Itoa(len(o.MissingMandatory)), "items", t.items(o.MissingMandatory))
}

func (t *telling) requirement(s *Score) Explained {
	e := Explained{Item: t.item(s.Item), Evidence: []ExplainedEvidence{}, Notes: []string{}}
	phrase, score := PhraseUnknown, ""
	switch {
	case s.Score == nil:
	case s.Met:
		phrase, score = PhraseMet, t.percent(*s.Score)
	case *s.Score > 0:
		phrase, score = PhrasePartly, t.percent(*s.Score)
	default:
		phrase = PhraseUnmet
	}
	e.Says = t.words.say(phrase, "score", score)
	for i := range s.Used {
		e.Evidence = append(e.Evidence, t.evidence(&s.Used[i]))
	}
	for _, f := range s.Flags {
		e.Notes = append(e.Notes, t.words.say(t.words.or(PhraseOfFlag(f), PhraseAnyFlag), "flag", string(f)))
	}
	if len(s.Current) > 0 {
		e.Notes = append(e.Notes, t.words.say(PhraseCurrent, "items", t.items(s.Current)))
	}
	if len(s.Suggestions) > 0 {
		e.Notes = append(e.Notes, t.words.say(PhraseSuggestion, "items", t.items(s.Suggestions)))
	}
	return e
}

func (t *telling) evidence(one *Evidence) ExplainedEvidence {
	e := ExplainedEvidence{Path: []ExplainedStep{}}
	phrase := PhraseWhole
	if one.Share < 1 {
		phrase = PhraseShare
	}
	e.Says = t.words.say(phrase, "claim", t.claim(one.Claim), "issuer", t.issuer(one.Claim), "held", t.item(one.Item),
		"share", t.percent(one.Share))
	if one.Worth < 1 {
		e.Worth = t.words.say(PhraseWorth, "worth", t.percent(one.Worth))
	}
	from := one.Item
	for _, step := range one.Path {
		phrase := t.words.or(PhraseOfLink(step), PhraseAnyLink)
		says := t.words.say(phrase, "from", t.item(from), "to", t.item(step.To), "type", string(step.Type))
		e.Path = append(e.Path, ExplainedStep{says, t.words.say(PhraseSays, "framework", t.framework(step.Framework))})
		from = step.To
	}
	return e
}

// item is what something is called in the words of its framework, else as the job or the
// link has it.
func (t *telling) item(name string) string {
	if target, ok := t.m.g.FindKey(name); ok {
		if item := t.m.g.Item(target); !item.IsZero() {
			return brief(item.Statement())
		}
		if n := &t.m.g.nodes[target.node()]; n.name != "" {
			return brief(n.name)
		}
	}
	for i := range t.m.asked {
		if target := &t.m.job.Requirements[i].Target; t.m.name(i) == name && target.TargetName != "" {
			return brief(target.TargetName)
		}
	}
	return brief(name)
}

func (t *telling) items(names []string) string {
	all := make([]string, len(names))
	for i, name := range names {
		all[i] = t.item(name)
	}
	return strings.Join(all, "; ")
}

func (t *telling) framework(id string) string {
	if guid, err := casefw.ParseGUID(id); err == nil {
		if f := t.m.g.catalog.Framework(guid); f != nil && f.Title() != "" {
			return brief(f.Title())
		}
	}
	return id
}

func (t *telling) claim(i int) string {
	if i < len(t.claims) {
		if name := strings.TrimSpace(t.claims[i].Name.In(t.languages...)); name != "" {
			return brief(name)
		}
	}
	return t.words[PhraseNameless]
}

func (t *telling) issuer(i int) string {
	if i < len(t.claims) && t.claims[i].Issuer != "" {
		return brief(t.claims[i].Issuer)
	}
	return t.words[PhraseNobody]
}

// mostRunes bounds a text of somebody else within a sentence.
const mostRunes = 240

func brief(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if runes := []rune(s); len(runes) > mostRunes {
		return string(runes[:mostRunes]) + "…"
	}
	return s
}

// percent rounds to the next whole number, and never to none or to all what is less.
func (t *telling) percent(share float64) string {
	n := math.Round(100 * share)
	switch {
	case share > 0 && n == 0:
		n = 1
	case share < 1 && n >= 100:
		n = 99
	}
	return t.words.say(PhrasePercent, "n", strconv.Itoa(int(n)))
}
