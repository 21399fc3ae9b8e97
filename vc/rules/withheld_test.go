package rules_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/disclose"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

func sdJWT(payload string) []byte {
	e := base64.RawURLEncoding.EncodeToString
	return []byte(e([]byte(`{"alg":"ES256"}`)) + "." + e([]byte(payload)) + "." + e(make([]byte, 64)) + "~")
}

// What is absent where something is withheld is no fault, and what is never withheld is
// one all the same.
func TestWithheld(t *testing.T) {
	const badge = `{"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
		"id":"urn:uuid:1","type":["VerifiableCredential","AchievementCredential"],"issuer":{"id":"did:example:school","type":["Profile"]},
		"credentialSubject":{"type":["AchievementSubject"],"id":"did:example:ada","result":[{"type":["Result"],"resultDescription":"urn:r","value":"A"}],
			"achievement":{"id":"urn:a","type":["Achievement"],"name":"Knots","criteria":{"narrative":"Tie"}WITHHELD}}TOP}`
	codes := func(text string) (all []vc.Code) {
		found, err := rules.CheckJSON(sdJWT(text))
		require.NoError(t, err)
		for _, p := range found {
			all = append(all, p.Code)
		}
		return all
	}
	whole := strings.NewReplacer("WITHHELD", "", "TOP", "").Replace(badge)
	require.Subset(t, codes(whole), []vc.Code{rules.CodeMemberMissing, rules.CodeResultDescription, rules.CodeValidFromMissing})
	require.NotContains(t, codes(whole), rules.CodeWithheld)
	part := strings.NewReplacer("WITHHELD", `,"_sd":["x"]`, "TOP", "").Replace(badge)
	require.Contains(t, codes(part), rules.CodeWithheld)
	require.NotContains(t, codes(part), rules.CodeResultDescription)
	require.Contains(t, codes(part), rules.CodeValidFromMissing)
	top := strings.NewReplacer("WITHHELD", "", "TOP", `,"_sd":["x"]`).Replace(badge)
	require.Contains(t, codes(top), rules.CodeMemberMissing, "another object than the one that has something withheld")
	require.Contains(t, codes(top), rules.CodeValidFromMissing, "which nobody may withhold")
}

// hider is a holder who hides members and items at random: without a trace, as a proof over
// RDF has it, or with digests in their place.
type hider struct {
	*rand.Rand
	digests bool
}

func (h hider) hides() bool { return h.IntN(6) == 0 }

func (h hider) digest() string { return fmt.Sprint("digest ", h.Uint64()) }

// kept are the members that stay where a proof is over RDF, whole or not at all.
var kept = map[string]bool{"@context": true, "id": true, "type": true, "issuer": true, "allowedValue": true}

func (h hider) hide(value any, at string) {
	v, _ := value.(map[string]any)
	if v["@value"] != nil {
		return
	}
	for name, member := range v {
		here := at + "/" + name
		switch {
		case h.digests && disclose.Protected(here), !h.digests && kept[name]:
			continue
		case h.hides():
			if delete(v, name); h.digests {
				digests, _ := v["_sd"].([]string)
				v["_sd"] = append(digests, h.digest())
			}
			continue
		}
		v[name] = h.items(member, here)
		if left, many := v[name].([]any); many && len(left) == 0 && !h.digests {
			delete(v, name) // nobody states nothing
		}
	}
}

func (h hider) items(value any, at string) any {
	list, many := value.([]any)
	if !many {
		h.hide(value, at)
		return value
	}
	if strings.HasSuffix(at, "/verifiableCredential") || strings.HasSuffix(at, "/endorsement") {
		at = "" // each of which is a credential
	} else {
		at += "/0"
	}
	left := []any{}
	for _, item := range list {
		switch h.hide(item, at); {
		case !h.hides():
			left = append(left, item)
		case h.digests:
			left = append(left, map[string]string{"...": h.digest()})
		}
	}
	return left
}

// Whatever is hidden of a credential without findings, none is made of it.
func TestHidingMakesNoFaults(t *testing.T) {
	const numbers, words = `"requiredValue": "65",
          "valueMin": "0",
          "valueMax": "100"`, `"requiredValue": "over half", "allowedValue": ["under half", "over half"]`
	inWords := strings.NewReplacer(numbers, words, `"87.5"`, `"over half"`).Replace(fixture(t, full))
	require.Contains(t, inWords, words)
	withheld := map[bool]int{}
	for name, text := range map[string]string{
		"full": fixture(t, full), "in words": inWords, "minimal": fixture(t, minimal), "record": fixture(t, record), "generic": fixture(t, generic),
	} {
		for seed := range uint64(100) {
			h := hider{rand.New(rand.NewPCG(seed, 1)), seed%2 == 0}
			var document map[string]any
			require.NoError(t, json.Unmarshal([]byte(text), &document))
			if delete(document, "proof"); h.digests {
				document["_sd"] = []string{h.digest()}
			}
			h.hide(document, "")
			shown, err := json.Marshal(document)
			require.NoError(t, err)
			if h.digests {
				shown = sdJWT(string(shown))
			}
			doc, err := vc.Parse(shown)
			require.NoError(t, err, "%s", shown)
			for _, p := range rules.Check(doc, rules.Options{Disclosed: !h.digests}) {
				require.Equal(t, rules.CodeWithheld, p.Code, "%s %d: %v\n%s", name, seed, p, doc.Bytes())
				withheld[h.digests]++
			}
		}
	}
	require.Greater(t, withheld[true], 300)
	require.Greater(t, withheld[false], 300)
}
