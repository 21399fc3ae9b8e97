package embedded_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/contexts"
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/embedded"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
)

// modelMembers are the members of a proof, by the IRIs that the Data Integrity
// vocabulary gives them (Data Integrity 1.0, 2.1).
var modelMembers = map[string]string{
	"@id": "id", "@type": "type",
	"https://w3id.org/security#cryptosuite":        "cryptosuite",
	"http://purl.org/dc/terms/created":             "created",
	"https://w3id.org/security#expiration":         "expires",
	"https://w3id.org/security#proofPurpose":       "proofPurpose",
	"https://w3id.org/security#verificationMethod": "verificationMethod",
	"https://w3id.org/security#proofValue":         "proofValue",
	"https://w3id.org/security#previousProof":      "previousProof",
	"https://w3id.org/security#domain":             "domain",
	"https://w3id.org/security#challenge":          "challenge",
	"https://w3id.org/security#nonce":              "nonce",
	"https://w3id.org/security#jws":                "jws",
}

// otherNames finds in a context every term that means what a member of the model
// means and is not called so. It reads the context by itself: prefixes, and scoped
// contexts wherever they stand.
func otherNames(t *testing.T, url string) []string {
	document, ok := contexts.Lookup(url)
	require.True(t, ok)
	var all struct {
		Context any `json:"@context"`
	}
	require.NoError(t, json.Unmarshal(document, &all))
	prefixes, names := map[string]string{}, map[string]bool{}
	var walk func(any, func(name, iri string))
	walk = func(c any, each func(name, iri string)) {
		if list, ok := c.([]any); ok {
			for _, item := range list {
				walk(item, each)
			}
		}
		object, _ := c.(map[string]any)
		for name, value := range object {
			iri, _ := value.(string)
			if definition, ok := value.(map[string]any); ok {
				iri, _ = definition["@id"].(string)
				walk(definition["@context"], each)
			}
			each(name, iri)
		}
	}
	walk(all.Context, func(name, iri string) { prefixes[name] = iri })
	walk(all.Context, func(name, iri string) {
		if prefix, suffix, ok := strings.Cut(iri, ":"); ok && prefixes[prefix] != "" {
			iri = prefixes[prefix] + suffix
		}
		if own, is := modelMembers[iri]; is && own != name && !strings.HasPrefix(name, "@") {
			names[name] = true
		}
	})
	return slices.Sorted(func(yield func(string) bool) {
		for name := range names {
			if !yield(name) {
				return
			}
		}
	})
}

// Every term of every known context that means what a member of the model means is
// refused under its own name, whatever it holds.
func TestNamesOfOtherContexts(t *testing.T) {
	s := school.Ed(t, 0)
	seen := map[string]bool{}
	for _, url := range contexts.URLs() {
		for _, name := range otherNames(t, url) {
			text := strings.Replace(string(testkit.BadgeOf(s.ID)), `context-3.0.3.json"`, `context-3.0.3.json","`+url+`"`, 1)
			signed, err := s.Sign([]byte(text), nil)
			if err != nil {
				continue // the context cannot stand beside those of a badge
			}
			for _, value := range []string{`"2020-01-01T00:00:00Z"`, `"urn:x"`, `{"@value":"x"}`, `["urn:x"]`} {
				with := strings.Replace(string(signed), `"proof":{`, `"proof":{"`+name+`":`+value+`,`, 1)
				err := proofsOf(t, embedded.NewVerifier(embedded.Config{}), []byte(with))
				require.Error(t, err)
				if (&vc.Problem{Code: "term-undefined"}).Is(err) || (&vc.Problem{Code: "protected-term-redefinition"}).Is(err) {
					continue
				}
				if problemAt(err, proof.CodeProofMalformed, "/proof/"+name) {
					seen[name] = true
				}
			}
		}
	}
	require.Contains(t, seen, "expiration", "of the older security contexts")
	require.Contains(t, seen, "uid", "of ODRL: an id")
}

func problemAt(err error, code vc.Code, pointer string) bool {
	var found bool
	var walk func(error)
	walk = func(err error) {
		switch e := err.(type) {
		case *vc.Problem:
			found = found || e.Code == code && e.Pointer == pointer
		case interface{ Unwrap() []error }:
			for _, inner := range e.Unwrap() {
				walk(inner)
			}
		case interface{ Unwrap() error }:
			walk(e.Unwrap())
		}
	}
	walk(err)
	return found
}

// renamed is what RDF has for the same: the name of a member as another context has
// it, with the same value.
func TestRenamedMembers(t *testing.T) {
	s := school.Ed(t, 0)
	for _, c := range []struct{ context, name, other string }{
		{"https://w3id.org/security/v1", "expires", "expiration"},
		{"https://w3id.org/security/v2", "expires", "expiration"},
		{"https://www.w3.org/ns/odrl.jsonld", "id", "uid"},
	} {
		text := strings.Replace(string(testkit.BadgeOf(s.ID)), `context-3.0.3.json"`, `context-3.0.3.json","`+c.context+`"`, 1)
		signed, err := s.Sign([]byte(text), func(o *dataintegrity.SignOptions) {
			o.Expires, o.ID = testkit.Now.AddDate(1, 0, 0), "urn:proof:1"
		})
		if err != nil {
			t.Logf("%s: %v", c.context, err)
			continue
		}
		v := embedded.NewVerifier(embedded.Config{})
		require.NoError(t, proofsOf(t, v, signed))
		old := string(signed[strings.Index(string(signed), `"proof":`):])
		with := strings.Replace(string(signed), old, strings.Replace(old, `"`+c.name+`"`, `"`+c.other+`"`, 1), 1)
		require.NotEqual(t, string(signed), with)
		require.ErrorIs(t, proofsOf(t, v, []byte(with)), &vc.Problem{Code: proof.CodeProofMalformed}, c.other)
	}
}

// Each member of the model in each form that RDF has for the same value, and some
// more. One form is read: the text itself, or the array of one that is its value.
func TestFormsOfMembers(t *testing.T) {
	s := school.Ed(t, 0)
	signed := func(suite string) string {
		text, err := s.Sign(testkit.BadgeOf(s.ID), func(o *dataintegrity.SignOptions) {
			o.Suite, o.Expires, o.ID = suite, testkit.Now.AddDate(1, 0, 0), "urn:proof:1"
			o.Domain, o.Challenge, o.Nonce = "https://jobs.example", "c1", "n1"
		})
		require.NoError(t, err)
		return string(text)
	}
	v := embedded.NewVerifier(embedded.Config{})
	forms := []string{`{"@value":%s}`, `[{"@value":%s}]`, `{"@value":%s,"@type":"http://www.w3.org/2001/XMLSchema#dateTime"}`, `{"@value":%s,"@language":"en"}`,
		`{"@id":%s}`, `{"id":%s}`, `[{"id":%s}]`, `{"@list":[%s]}`, `{"@set":[%s]}`, `[{"@set":[%s]}]`, `{"@set":%s}`, `[[%s]]`, `[%s,null]`, `[null,%[1]s]`, `[%[1]s,%[1]s]`,
		`null`, `[]`, `7`, `true`, `{}`, `[null]`, `"_:b0"`}
	for _, suite := range []string{dataintegrity.EddsaRdfc2022, dataintegrity.EddsaJcs2022} {
		text := signed(suite)
		doc, err := vc.Parse([]byte(text))
		require.NoError(t, err)
		for _, name := range modelMembers {
			m := door.Root(doc).Get("proof").Get(name)
			if !m.Exists() {
				continue // previousProof and jws: see below
			}
			value := string(m.Raw())
			with := func(form string) []byte {
				other := form
				if strings.Contains(form, "%") {
					other = fmt.Sprintf(form, value)
				}
				changed := strings.Replace(text, `"`+name+`":`+value, `"`+name+`":`+other, -1)
				if name == "id" || name == "type" { // they stand in the document too
					i := strings.Index(text, `"proof":{`)
					changed = text[:i] + strings.Replace(text[i:], `"`+name+`":`+value, `"`+name+`":`+other, 1)
				}
				require.NotEqual(t, text, changed)
				return []byte(changed)
			}
			for _, form := range forms {
				require.Error(t, proofsOf(t, v, with(form)), "%s: %s", name, form)
				if suite == dataintegrity.EddsaRdfc2022 && !(name == "domain" && form == `[]`) {
					problem := readProblems(t, with(form))
					require.NotEmpty(t, problem, "%s: %s must not depend on the signature", name, form)
				}
			}
			err := proofsOf(t, v, with(`[%s]`))
			if name == "id" && suite == dataintegrity.EddsaRdfc2022 {
				require.ErrorIs(t, err, &vc.Problem{Code: "invalid-id-value"}, "JSON-LD has no such id")
			} else if suite == dataintegrity.EddsaRdfc2022 || name == "proofValue" {
				require.NoError(t, err, "%s: an array of one is its value", name)
			} else {
				require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeSignature}, "%s: the JSON is signed", name)
			}
		}
	}
}

func readProblems(t *testing.T, text []byte) []*vc.Problem {
	t.Helper()
	doc, err := vc.Parse(text)
	require.NoError(t, err)
	_, problems := embedded.Read(door.Proofs(doc)[0], embedded.ReadOptions{At: testkit.Now})
	return problems
}

// What the model does not have may stand in a proof, if it says nothing of the proof.
func TestExtensionsOfProofs(t *testing.T) {
	s := school.Ed(t, 0)
	signed, err := s.Sign(testkit.BadgeOf(s.ID), func(o *dataintegrity.SignOptions) { o.ID = "urn:proof:1" })
	require.NoError(t, err)
	for extension, good := range map[string]bool{
		`"evidence":{"id":"urn:evidence:1","type":["Evidence"],"name":"n"}`:                                                   true,
		`"evidence":[{"type":["Evidence"],"name":{"@value":"n","@language":"en"}}]`:                                           true,
		`"evidence":{"id":"urn:proof:1","type":["Evidence"],"name":"n"}`:                                                      false,
		`"evidence":[{"type":["Evidence"],"name":"n"},{"id":["urn:proof:1"]}]`:                                                false,
		`"evidence":{"id":"urn:evidence:1","type":["Evidence"],"credentialSubject":{"id":"urn:proof:1","type":["Evidence"]}}`: false,
		`"evidence":{"id":"_:b0","type":["Evidence"]}`:                                                                        false,
		`"evidence":{"@id":"urn:proof:1"}`:                                                                                    false,
		`"evidence":{"https://w3id.org/security#expiration":"2020-01-01T00:00:00Z"}`:                                          false,
		`"evidence":{"@context":"https://w3id.org/security/v2","type":["Evidence"]}`:                                          false,
		`"evidence":{"@reverse":{"evidence":{"id":"urn:x"}}}`:                                                                 false,
		`"@included":[{"id":"urn:proof:1","https://w3id.org/security#expiration":"2020-01-01T00:00:00Z"}]`:                    false,
		`"@nest":{"expires":"2020-01-01T00:00:00Z"}`:                                                                          false,
		`"@graph":[{"id":"urn:proof:1","evidence":{"id":"urn:x"}}]`:                                                           false,
		`"@reverse":{"proof":{"id":"urn:x"}}`:                                                                                 false,
		`"@index":"i"`:                                                                                                        false,
		`"@type":"https://w3id.org/security#Ed25519Signature2020"`:                                                            false,
		`"https://w3id.org/security#expiration":"2020-01-01T00:00:00Z"`:                                                       false,
	} {
		text := strings.Replace(string(signed), `"proof":{`, `"proof":{`+extension+`,`, 1)
		problems := readProblems(t, []byte(text))
		require.Equal(t, good, len(problems) == 0, "%s: %v", extension, problems)
	}
}

// However much is wrong with a proof, what is told stays short, and says so.
func TestFaultsOfProofsAreBounded(t *testing.T) {
	var b strings.Builder
	for i := range 10000 {
		fmt.Fprintf(&b, `"x:%d":{"y:1":[{"@z":1}]},"colour%d":{"@id":{}},`, i, i)
	}
	problems := readProblems(t, []byte(`{"proof":{`+b.String()+`"type":"Proof"}}`))
	require.Len(t, problems, 32)
	require.Contains(t, problems[31].Found, "more faults")
}
