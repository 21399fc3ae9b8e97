package exchange_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/exchange"
	"github.com/stretchr/testify/require"
)

// nasty draws frameworks whose texts and members are what tables get wrong.
type nasty struct {
	r     *rand.Rand
	items int
}

var nastyTexts = []string{"", " ", "x", "A.1", "a,b", "a|b", "a;b", "\r", "\n", "\r\n", "a\rb", "a\r\nb", "a\n\rb", "\ra", "a\r", "\"", "\"\"", "a\"b", "'", "'a", "'=a",
	"''=a", "=a", "+1", "-1", "-a", "@a", "＝a", "\t=a", "\n=a", "\r\n-a", "x;=a", "x,=a", "x; '=a", "\ta\t", " a ", "\u00a0a\u00a0", "\u3000", "\u2028", "\ufeffa",
	"\u200b=a", "\x00", "\x01a", "1.10", "1.0", "2024-01-01", "TRUE", "#title", "{\"a\":1}", "[{}]", "[1]", "null", "\U0001F600", "é\u0301", "extension x", "identifier"}

func (n *nasty) text() string {
	switch n.r.IntN(400) {
	case 0, 2, 3:
		return strings.Repeat(nastyTexts[n.r.IntN(len(nastyTexts))]+"y", 1+n.r.IntN(2000))
	case 1:
		return strings.Repeat("=", 1+n.r.IntN(300_000))
	}
	s := nastyTexts[n.r.IntN(len(nastyTexts))]
	for n.r.IntN(2) == 0 {
		s += nastyTexts[n.r.IntN(len(nastyTexts))]
	}
	return s
}

func (n *nasty) id(kind, i int) string {
	switch n.r.IntN(40) {
	case 0:
		return n.text()
	case 1:
		return strings.ToUpper(fmt.Sprintf("%d1111111-abcd-4111-8111-%012d", kind, i))
	}
	return fmt.Sprintf("%d1111111-abcd-4111-8111-%012d", kind, i)
}

func (n *nasty) link(kind int) map[string]any {
	i := n.r.IntN(n.items + 2)
	l := map[string]any{"title": n.text(), "identifier": n.id(kind, i), "uri": "urn:uuid:" + n.id(kind, i)}
	n.spoil(l)
	return l
}

func (n *nasty) texts() []string {
	all := []string{}
	for n.r.IntN(3) > 0 {
		all = append(all, n.text())
	}
	return all
}

func (n *nasty) value() any {
	return []any{n.text(), 1, 2.5, true, nil, []any{}, []any{1, "a"}, map[string]any{}, map[string]any{"a": n.text()}, 1e300}[n.r.IntN(10)]
}

func (n *nasty) object() map[string]any {
	o := map[string]any{}
	for n.r.IntN(3) > 0 {
		o[n.text()] = n.value()
	}
	return o
}

// spoil takes members away, sets others to what they are not, and adds some.
func (n *nasty) spoil(o map[string]any) {
	for _, name := range sortedNames(o) {
		switch n.r.IntN(25) {
		case 0:
			delete(o, name)
		case 1:
			o[name] = n.value()
		}
	}
	if n.r.IntN(12) == 0 {
		o[n.text()+"m"] = n.value()
	}
}

func sortedNames(o map[string]any) []string {
	var names []string
	text, _ := json.Marshal(o)
	d := json.NewDecoder(strings.NewReader(string(text)))
	for depth := 0; ; {
		tok, err := d.Token()
		if err != nil {
			return names
		}
		switch tok {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		default:
			if name, ok := tok.(string); ok && depth == 1 {
				if _, is := o[name]; is {
					names = append(names, name)
				}
			}
		}
	}
}

func (n *nasty) record(kind, i int, more map[string]any) map[string]any {
	o := map[string]any{"identifier": n.id(kind, i), "uri": "urn:uuid:" + n.id(kind, i), "lastChangeDateTime": "2024-03-01T09:00:00+00:00"}
	for _, name := range sortedNames(more) {
		if n.r.IntN(3) > 0 {
			o[name] = more[name]
		}
	}
	n.spoil(o)
	return o
}

func (n *nasty) list(kind int, more func() map[string]any) []any {
	all := []any{}
	for i := range n.r.IntN(4) {
		all = append(all, n.record(kind, i, more()))
	}
	return all
}

// pack draws a package as JSON.
func (n *nasty) pack() []byte {
	n.items = n.r.IntN(7)
	p := map[string]any{"CFDocument": n.record(0, 0, map[string]any{"title": n.text(), "creator": n.text(), "description": n.text(),
		"publisher": n.text(), "subject": n.texts(), "subjectURI": []any{n.link(5)}, "licenseURI": n.link(6), "notes": n.text(), "version": n.text(),
		"language": n.text(), "adoptionStatus": n.text(), "statusStartDate": "2024-01-01", "frameworkType": n.text(), "caseVersion": "1.1",
		"officialSourceURL": "https://x.example/" + n.text(), "extensions": n.object()})}
	items, links := []any{}, []any{}
	for i := range n.items {
		items = append(items, n.record(1, i, map[string]any{"fullStatement": n.text(), "alternativeLabel": n.text(), "CFItemType": n.text(),
			"humanCodingScheme": n.text(), "listEnumeration": n.text(), "abbreviatedStatement": n.text(), "conceptKeywords": n.texts(),
			"conceptKeywordsURI": n.link(4), "notes": n.text(), "subject": n.texts(), "subjectURI": []any{n.link(5)}, "language": n.text(),
			"educationLevel": n.texts(), "CFItemTypeURI": n.link(7), "licenseURI": n.link(6), "statusStartDate": n.text(), "statusEndDate": "2025-01-01",
			"extensions": n.object(), "CFDocumentURI": n.link(0)}))
	}
	kinds := []string{"isChildOf", "isChildOf", "isChildOf", "isPeerOf", "exactMatchOf", "ext:mine", n.text()}
	for i := range n.r.IntN(2*n.items + 1) {
		links = append(links, n.record(2, i/2, map[string]any{"associationType": kinds[n.r.IntN(len(kinds))], "sequenceNumber": n.r.IntN(3),
			"originNodeURI": n.link(1), "destinationNodeURI": n.link(n.r.IntN(2)), "CFAssociationGroupingURI": n.link(8), "notes": n.text(),
			"extensions": n.object()}))
	}
	p["CFItems"], p["CFAssociations"] = items, links
	if n.r.IntN(2) == 0 {
		d := map[string]any{}
		define := func() map[string]any {
			return map[string]any{"title": n.text(), "description": n.text(), "hierarchyCode": n.text(), "keywords": n.text(), "typeCode": n.text(),
				"licenseText": n.text(), "extensions": n.object()}
		}
		for i, name := range []string{"CFConcepts", "CFSubjects", "CFLicenses", "CFItemTypes", "CFAssociationGroupings"} {
			if n.r.IntN(3) > 0 {
				d[name] = n.list(4+i, define)
			}
		}
		n.spoil(d)
		p["CFDefinitions"] = d
	}
	if n.r.IntN(2) == 0 {
		p["CFRubrics"] = n.rubrics()
	}
	if n.r.IntN(4) == 0 {
		p["extensions"] = n.object()
	}
	if n.r.IntN(8) == 0 {
		p[n.text()+"p"] = n.value()
	}
	text, err := json.Marshal(p)
	if err != nil {
		panic(err)
	}
	return text
}

func (n *nasty) rubrics() []any {
	return n.list(9, func() map[string]any {
		return map[string]any{"title": n.text(), "description": n.text(), "extensions": n.object(), "CFRubricCriteria": n.list(3, func() map[string]any {
			return map[string]any{"category": n.text(), "description": n.text(), "CFItemURI": n.link(1), "weight": 0.5, "position": n.r.IntN(3),
				"rubricId": n.id(9, 0), "CFRubricCriterionLevels": n.list(2, func() map[string]any {
					return map[string]any{"description": n.text(), "quality": n.text(), "score": 4, "feedback": n.text(), "position": n.r.IntN(3),
						"rubricCriterionId": n.id(3, 0), "extensions": []any{n.object()}}
				})}
		})}
	})
}

// Frameworks of whatever texts and members come back from five tables as they were, and
// from fewer with what these have no place for noted.
func TestWhateverFrameworksComeBack(t *testing.T) {
	runs := 400
	if os.Getenv("LAUREL_LONG") != "" {
		runs = 20_000
	}
	options := []exchange.WriteOptions{{}, {}, {Formulas: exchange.FlagFormulas}, {Separator: ';', Mark: true}, {Separator: '\t'}}
	for seed := range runs {
		n := nasty{r: rand.New(rand.NewPCG(uint64(seed), 7))}
		f, _, err := casefw.LoadBytes(n.pack(), casefw.Options{})
		if err != nil {
			continue
		}
		c, o := forms[seed%len(forms)], options[seed%len(options)]
		comesBack(t, f, c, o)
		if t.Failed() {
			t.Fatalf("seed %d, %s, %+v", seed, c.name, o)
		}
	}
}

// What the struct of a package holds, read from nowhere, comes back too.
func TestEmptyRecordsComeBack(t *testing.T) {
	f := casefw.NewFramework(&casefw.CFPackage{CFDocument: &casefw.CFDocument{}, CFItems: []casefw.CFItem{{}, {FullStatement: "S"}},
		CFAssociations: []casefw.CFAssociation{{}, {AssociationType: casefw.IsPeerOf}}, CFRubrics: []casefw.CFRubric{{}},
		CFDefinitions: &casefw.CFDefinition{CFLicenses: []casefw.CFLicense{{Title: "L"}}}})
	for _, c := range forms {
		comesBack(t, f, c, exchange.WriteOptions{})
	}
	require.Equal(t, 2, f.Len())
}
