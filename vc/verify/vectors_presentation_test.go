package verify_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/verify"
)

const joseHolder = "https://example.issuer/vc-jose-cose"

// joseKeys is the controller document of the suite of VC-JOSE-COSE, made of its keys.
func joseKeys(t *testing.T) *fetch.Pack {
	t.Helper()
	var methods []json.RawMessage
	var ids []string
	for _, file := range []string{"vm-ed25519", "vm-p256", "vm-p384", "vm-p521"} {
		var m map[string]any
		require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "vc/jose-cose/"+file+".json"), &m))
		delete(m, "secretKeyJwk")
		text, err := json.Marshal(m)
		require.NoError(t, err)
		methods, ids = append(methods, text), append(ids, m["id"].(string))
	}
	document, err := json.Marshal(map[string]any{joseHolder: map[string]any{"id": joseHolder, "verificationMethod": methods,
		"authentication": ids, "assertionMethod": ids}})
	require.NoError(t, err)
	return pack(t, string(document))
}

// joseUndone are the good ones of the suite of VC-JOSE-COSE that are not verified here: they
// are of COSE, and a presentation of which parts may be withheld.
var joseUndone = map[string]bool{
	"credential-cose-minimal.txt": true, "presentation-cose-single.txt": true, "presentation-sdjwt-selective.txt": true,
}

// What the suite of VC-JOSE-COSE has to verify, and what it says of each.
func TestPublishedTokens(t *testing.T) {
	c := verify.Config{Fetcher: joseKeys(t), Kinds: []string{verify.AnyKind}, Now: func() time.Time { return time.Unix(1734311060, 0) }}
	var all map[string]struct {
		Input   string `json:"input_file"`
		Fn      string
		Feature string
		Expect  string `json:"expected_result"`
	}
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "vc/jose-cose/expected.json"), &all))
	ran := 0
	for name, test := range all {
		if test.Fn != "verify" {
			continue
		}
		ran++
		t.Run(name, func(t *testing.T) {
			text := testkit.ReadShared(t, "vc/jose-cose/"+test.Input)
			presented := strings.HasPrefix(test.Feature, "presentation")
			inspect := func() (*verify.Report, error) { return verify.Inspect(t.Context(), text, c) }
			if presented {
				inspect = func() (*verify.Report, error) {
					return verify.InspectPresentation(t.Context(), text, verify.Expect{}, c)
				}
			}
			r, err := inspect()
			require.NoError(t, err)
			if test.Expect == "failure" || joseUndone[test.Input] {
				require.NotEqual(t, verify.VerdictVerified, r.Verdict)
				require.NotEmpty(t, r.Codes())
				return
			}
			require.Equal(t, verify.OutcomePassed, r.Outcome(verify.CheckProof), "%v", r.Problems())
			require.Equal(t, verify.OutcomePassed, r.Outcome(verify.CheckBinding))
			if presented {
				require.Equal(t, joseHolder, r.HolderID)
				require.NotEmpty(t, r.Nested)
			}
		})
	}
	require.Equal(t, 25, ran)
}

// The presentations of the suite of the data model, signed by a holder, are taken and refused
// by the rules as it says; what it leaves to policy about a holder's own word is refused.
func TestPublishedPresentations(t *testing.T) {
	var raw map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "vc/vcdm2/expected.json"), &raw))
	s := newStage(t)
	codes := map[string]vc.Code{
		"presentation-self-asserted-vc-holder-mismatch.json": verify.CodeNestedUnvouched,
		"presentation-self-asserted-vc-issuer-mismatch.json": verify.CodeNestedUnvouched,
		"presentation-self-asserted-vc-no-holder.json":       verify.CodeNestedUnvouched,
		"presentation-self-asserted-vc-ok.json":              "",
	}
	ran := 0
	for name := range raw {
		code, own := codes[name]
		if !own && !strings.HasPrefix(name, "presentation-holder") {
			continue
		}
		ran++
		t.Run(name, func(t *testing.T) {
			text := string(testkit.ReadShared(t, "vc/vcdm2/"+name))
			if own { // the holder of the fixtures is ours
				text = strings.ReplaceAll(text, "did:key:z6MkpJySvETLnxhQG9DzEdmKJtysBDjuuTeDfUj1uNNCUqcj", s.ada.ID)
			} else {
				var doc map[string]any
				require.NoError(t, json.Unmarshal([]byte(text), &doc))
				delete(doc, "verifiableCredential")
				bare, err := json.Marshal(doc)
				require.NoError(t, err)
				text = string(bare)
			}
			signed := s.presents(s.ada, []byte(text), func(o *dataintegrity.SignOptions) { o.Suite = dataintegrity.EddsaJcs2022 })
			r := s.inspect(signed, s.asked, verify.Config{})
			switch {
			case own && code == "":
				require.Equal(t, verify.VerdictVerified, r.Verdict, "%v", r.Problems())
			case own:
				require.Equal(t, verify.VerdictNotVerified, r.Verdict)
				require.NotEmpty(t, r.Codes())
			case strings.HasSuffix(name, "-ok.json"):
				require.Equal(t, verify.OutcomePassed, r.Outcome(verify.CheckRules), "%v", r.Problems())
			default:
				require.Equal(t, verify.OutcomeFailed, r.Outcome(verify.CheckRules), "%v", r.Problems())
			}
		})
	}
	require.Equal(t, 9, ran)
}
