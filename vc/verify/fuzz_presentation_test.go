package verify_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// FuzzInspectPresentation: whatever bytes come, the report is bounded, JSON, and the same
// the second time; what is verified was signed, and answers what was asked.
func FuzzInspectPresentation(f *testing.F) {
	s := newStage(f)
	text := presentation(s.ada.ID, s.badge)
	answer := `"iss":"` + s.ada.ID + `","aud":"jobs.example","nonce":"c1"`
	token := s.token(s.ada, vpJWT, claimed(text, answer))
	f.Add(s.presents(s.ada, text, nil))
	f.Add(text)
	f.Add(s.presents(s.ada, presentation("", enveloped(vcJWT+"a.b.c")), nil))
	f.Add(token)
	f.Add(s.token(s.ada, `,"typ":"JWT"`, `{`+answer+`,"vp":`+string(text)+`}`))
	f.Add(append(s.token(s.ada, `,"typ":"vp+sd-jwt"`, claimed(text, answer)), '~'))
	f.Add([]byte(`{"@context":"` + vc.ContextV2 + `","type":"EnvelopedVerifiablePresentation","id":"data:application/vp+jwt,` + string(token) + `"}`))
	v := fuzzed(f, verify.Config{Kinds: []string{verify.AnyKind}, Lenient: true})
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := v.InspectPresentation(context.Background(), b, s.asked)
		if err != nil {
			t.Fatal(err)
		}
		first := r.AppendJSON(nil)
		if most := 64<<10 + 16*len(b); len(first) > most {
			t.Fatalf("a report of %d bytes for %d", len(first), len(b))
		}
		if _, err := (vc.ParseConfig{MaxBytes: 1 << 30}).Parse(first); err != nil {
			t.Fatalf("the report is no JSON: %v", err)
		}
		again, err := v.InspectPresentation(context.Background(), b, s.asked)
		if err != nil || !bytes.Equal(first, again.AppendJSON(nil)) {
			t.Fatalf("the second report differs (%v)\n%s", err, first)
		}
		if r.Verdict == verify.VerdictVerified && !bytes.Contains(b, []byte("proofValue")) && bytes.Count(b, []byte(".")) < 2 {
			t.Fatalf("verified without a proof: %q", b)
		}
	})
}
