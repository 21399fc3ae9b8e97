package schema_test

import (
	"encoding/json"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
	"github.com/laurel-edu/laurel/vc/schema"
)

// stricter says, for each code with which the rules refuse what the published schema
// takes, why they are right by the text of the specifications.
var stricter = map[vc.Code]string{
	rules.CodeLanguageValue:      "VCDM 2.0, 11.1: a language value has @value, in a language of BCP 47; the schema takes any map for a text",
	rules.CodeContextBase:        "VCDM 2.0, 4.3: the first context is that of the data model; the schema takes one URI of any",
	rules.CodeContextNotListed:   "OB 3.0, AchievementCredential: the context of Open Badges comes second; the schema takes one URI of any",
	rules.CodeContextExtensions:  "OB 3.0, Verifiable Credentials Extensions: a type of 1EdTech needs its context",
	rules.CodeContextItem:        "VCDM 2.0, 4.3: a context is a URL or an object of terms; the schema takes any text and any map",
	rules.CodeCountry:            "OB 3.0, CountryCode: ISO 3166-1; the schema takes any text",
	rules.CodeCredentialType:     "VCDM 2.0, 4.5: type says what it is; the schema takes any text",
	rules.CodeEmail:              "OB 3.0, EmailAddress; the schema takes any text",
	rules.CodeIdentityHash:       "OB 3.0, IdentityHash: an algorithm and its digest; the schema takes any text",
	rules.CodeIRI:                "VCDM 2.0, 4.4: a URL is absolute; the schema takes any text",
	rules.CodeMemberMissing:      "OB 3.0, ProfileRef: a profile has id and type; the schema takes a map of languages for one",
	rules.CodeMemberNull:         "Bitstring Status List 1.0, 2.1: members of an entry have values; the schema looks at type alone",
	rules.CodeMemberRepeated:     "OB 3.0 within CLR 2.0: an embedded badge keeps to its own class; the schema takes any object",
	rules.CodeMemberKind:         "OB 3.0, String: one text; the schema takes a map of languages for every text",
	rules.CodeRequiredNotAllowed: "OB 3.0, ResultDescription: requiredValue is one of allowedValue; no schema can say that",
	rules.CodeResultDescription:  "OB 3.0, Result: resultDescription names one of the achievement; no schema can say that",
	rules.CodeTypeLacksClass:     "OB 3.0, the tables of classes: type names the class; the schema takes any text, or does not look",
}

// looser says, for each kind of value that a published schema refuses and the rules
// take, who is right by the text of the specifications.
var looser = map[string]string{
	"an array of one": "JSON-LD 1.1, 1.7: it is its value; the rules are right, and so read it",
	"an empty array":  "JSON-LD 1.1, 9.7: it says nothing, as an absent member; the rules are right where the member is optional",
	"no text":         "the same for texts that are optional; where one is required the rules refuse it too",
	"a type twice":    "RDF 1.1, 3: a set; the rules are right, nothing is said by the second",
	"several entries": "VCDM 2.0, 4.10 and 5.5 allow several, OB 3.0 and CLR 2.0 have one in their tables; the rules go by VCDM",
	"within a proof":  "a proof is judged by its own specification, when it is checked",
}

// publishedSchemas are those that there are files of. What is of VCDM 1.1 has others
// (any…credential), which are not among them.
var publishedSchemas = map[rules.Class]string{
	rules.AchievementCredential: "ob/schemas/ob_v3p0/ob_v3p0_achievementcredential_schema.json",
	rules.EndorsementCredential: "ob/schemas/ob_v3p0/ob_v3p0_endorsementcredential_schema.json",
	rules.ClrCredential:         "ob/schemas/clr_v2p0/clr_v2p0_clrcredential_schema.json",
}

// The rules answer for the published schemas: on every sample and on seeded mutations
// of them both say valid or both say invalid, or the difference is of a kind that is
// listed above with its reason.
func TestRulesAgreeWithThePublishedSchemas(t *testing.T) {
	a := &agreement{T: t, judges: map[rules.Class]func(*vc.Document) []*vc.Problem{}, met: map[string]int{}}
	for class, file := range publishedSchemas {
		judge, p := schema.Judge(t.Context(), string(testkit.ReadShared(t, file)))
		require.Nil(t, p)
		a.judges[class] = judge
	}
	samples := a.samples()
	require.Greater(t, len(samples), 100)
	for _, s := range samples {
		a.compare(s)
	}
	mutations := 400
	if os.Getenv("LAUREL_LONG") != "" {
		mutations = 10_000
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range mutations {
		a.compare(samples[r.IntN(len(samples))].mutated(r))
	}
	t.Logf("%d agree, differences by kind: %v", a.agreed, a.met)
	require.Greater(t, a.agreed, mutations*9/10)
	if mutations == 10_000 {
		for kind := range looser {
			require.Positive(t, a.met[kind], "nothing differs by %q: it leaves the list", kind)
		}
		for code := range stricter {
			require.Positive(t, a.met[string(code)], "nothing differs by %q: it leaves the list", code)
		}
	}
}

// sample is a document of the shared data, and how it was changed.
type sample struct {
	name  string
	class rules.Class
	value any
}

type agreement struct {
	*testing.T
	judges map[rules.Class]func(*vc.Document) []*vc.Problem
	met    map[string]int
	agreed int
}

func (a *agreement) samples() (all []sample) {
	err := filepath.WalkDir(testkit.Shared(a, "ob/samples"), func(path string, _ fs.DirEntry, err error) error {
		if ext := filepath.Ext(path); err != nil || ext != ".json" && ext != ".1ob" {
			return err
		}
		text, err := os.ReadFile(path)
		require.NoError(a, err)
		doc, err := vc.Parse(text)
		s := sample{name: filepath.Base(path)}
		if err != nil || json.Unmarshal(text, &s.value) != nil {
			return nil // a sample of what is none
		}
		if s.class = rules.ClassOf(doc); a.judges[s.class] != nil && doc.Version() != vc.Version11 {
			all = append(all, s)
		}
		return nil
	})
	require.NoError(a, err)
	return all
}

// compare judges a sample, as what it was before it was changed, by both.
func (a *agreement) compare(s sample) {
	text := encode(a, s.value)
	doc, err := vc.Parse([]byte(text))
	if err != nil || doc.Version() == vc.Version11 {
		return
	}
	byRules, bySchema := vc.Errors(s.class.Check(doc, rules.Options{})), a.judges[s.class](doc)
	if (len(byRules) == 0) == (len(bySchema) == 0) {
		a.agreed++
		return
	}
	for _, p := range byRules {
		a.met[string(p.Code)]++
		require.Contains(a, stricter, p.Code, "%s: %v", s.name, p)
	}
	for _, p := range bySchema {
		kind := kindOf(s.value, p)
		a.met[kind]++
		require.Contains(a, looser, kind, "%s: %v", s.name, p)
	}
}

// kindOf names what a schema refuses.
func kindOf(v any, p *vc.Problem) string {
	if strings.HasPrefix(p.Pointer, "/proof/") {
		return "within a proof"
	}
	array, isArray := valueAt(v, p.Pointer).([]any)
	name := p.Pointer[strings.LastIndexByte(p.Pointer, '/')+1:]
	switch {
	case !isArray:
	case len(array) == 0 && p.Found == "oneOf":
		return "no text"
	case len(array) == 0:
		return "an empty array"
	case len(array) == 1:
		return "an array of one"
	case name == "type" && len(array) == 2 && array[0] == array[1]:
		return "a type twice"
	case name == "credentialStatus" || name == "refreshService":
		return "several entries"
	}
	return name + " " + p.Found
}

func valueAt(v any, pointer string) any {
	for _, token := range strings.Split(pointer, "/")[1:] {
		switch container := v.(type) {
		case map[string]any:
			for name := range container {
				if jsonx.EscapePointer(name) == token {
					v = container[name]
				}
			}
		case []any:
			i, _ := strconv.Atoi(token)
			v = container[i]
		}
	}
	return v
}

// mutated is a copy with one member or item removed, of another kind, twice, or under
// another name.
func (s sample) mutated(r *rand.Rand) sample {
	whole := copied(s.value)
	places := placesOf(nil, whole)
	place := places[r.IntN(len(places))]
	others := []any{nil, true, 7.0, "text", map[string]any{}, []any{}, []any{"text"}, map[string]any{"type": []any{"X"}}}
	switch r.IntN(4) {
	case 0:
		place.remove()
	case 1:
		place.set(others[r.IntN(len(others))])
	case 2:
		place.set([]any{place.value, place.value})
	case 3:
		if place.object == nil {
			place.remove()
		} else {
			place.remove()
			place.object[place.name+"x"] = place.value
		}
	}
	return sample{name: s.name + " changed at " + place.name, class: s.class, value: whole}
}

// copied shares nothing with the value.
func copied(v any) any {
	switch v := v.(type) {
	case map[string]any:
		object := map[string]any{}
		for name, member := range v {
			object[name] = copied(member)
		}
		return object
	case []any:
		array := make([]any, len(v))
		for i, item := range v {
			array[i] = copied(item)
		}
		return array
	}
	return v
}

// spot is a member of an object or an item of an array.
type spot struct {
	object map[string]any
	array  []any
	name   string // or index
	value  any
}

func (s spot) set(v any) {
	if s.object != nil {
		s.object[s.name] = v
		return
	}
	i, _ := strconv.Atoi(s.name)
	s.array[i] = v
}

// remove leaves out a member. An item becomes the one after it.
func (s spot) remove() {
	if s.object != nil {
		delete(s.object, s.name)
		return
	}
	i, _ := strconv.Atoi(s.name)
	s.array[i] = s.array[(i+1)%len(s.array)]
}

// placesOf are all members and items within a value, in a stable order.
func placesOf(all []spot, v any) []spot {
	switch v := v.(type) {
	case map[string]any:
		for _, name := range sortedNames(v) {
			all = placesOf(append(all, spot{object: v, name: name, value: v[name]}), v[name])
		}
	case []any:
		for i, item := range v {
			all = placesOf(append(all, spot{array: v, name: strconv.Itoa(i), value: item}), item)
		}
	}
	return all
}

func sortedNames(object map[string]any) (names []string) {
	for name := range object {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
