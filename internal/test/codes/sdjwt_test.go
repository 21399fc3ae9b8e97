package codes_test

import (
	"context"
	"encoding/base64"
	"strings"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/disclose"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/sdjwt"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// sdJWT is an SD-JWT that the school signed: a badge with edits, in which @0, @1, … are the
// digests of the disclosures.
func (d *desk) sdJWT(edits []string, disclosures ...string) []byte {
	d.t.Helper()
	text, all := d.draft(badge, append([]string{`/issuer/id = "@school"`}, edits...)...), ""
	for i, disclosure := range disclosures {
		encoded := base64.RawURLEncoding.EncodeToString([]byte(disclosure))
		text = strings.ReplaceAll(text, "@"+string(rune('0'+i)), disclose.SHA256.Digest([]byte(encoded)))
		all += encoded + "~"
	}
	return []byte(string(d.token(`{"alg":"EdDSA","typ":"vc+sd-jwt","kid":"`+d.school.VerificationMethod+`"}`, text)) + "~" + all)
}

// disclosureRow is a row about an SD-JWT with edits and disclosures.
func disclosureRow(code vc.Code, edit string, disclosures ...string) row {
	input := "an SD-JWT of a badge with `" + edit + "`"
	if len(disclosures) > 0 {
		input += " and the disclosures `" + strings.Join(disclosures, "`, `") + "`"
	}
	return row{code, input, func(d *desk) []*vc.Problem {
		return d.inspect(d.sdJWT([]string{edit}, disclosures...), verify.Config{})
	}}
}

const disclosed = `["salt", "humanCode", "K-1"]`

// bound is a row about the key binding of a badge that was given to the other school.
func bound(code vc.Code, input string, c verify.Config, change func(*sdjwt.PresentOptions), after func(string) string) row {
	return row{code, input, func(d *desk) []*vc.Problem {
		held, err := sdjwt.Sign(context.Background(), []byte(d.draft(badge, `/issuer/id = "@school"`)),
			sdjwt.SignOptions{Signer: d.school.Signer, KeyID: d.school.VerificationMethod, Holder: d.other.Signer.Public()})
		require.NoError(d.t, err)
		o := sdjwt.PresentOptions{Holder: d.other.Signer, Audience: "jobs.example", Nonce: "n-1", At: testkit.Clock()}
		if change != nil {
			change(&o)
		}
		text, err := sdjwt.Present(context.Background(), held, o)
		if err != nil {
			return of(err)
		}
		if after != nil {
			text = []byte(after(string(text)))
		}
		return d.inspect(text, c)
	}}
}

var asking = verify.Config{Audience: []string{"jobs.example"}, KeyBinding: verify.KeyBindingConfig{Nonce: "n-1"}}

// withBinding puts something else in place of the key binding.
func withBinding(binding string) func(string) string {
	return func(text string) string { return text[:strings.LastIndexByte(text, '~')+1] + binding }
}

// presenting is a row about presenting a badge.
func presenting(code vc.Code, input string, present func(*desk) error) row {
	return row{code, input, func(d *desk) []*vc.Problem { return of(present(d)) }}
}

var sdjwtRows = []row{
	{vc.CodeDisclosureParts, "an SD-JWT with two tildes in a row", func(d *desk) []*vc.Problem {
		return d.inspect(append(d.sdJWT(nil), '~'), verify.Config{})
	}},
	{vc.CodeDisclosuresTooMany, "an SD-JWT with more disclosures than are read", func(d *desk) []*vc.Problem {
		return d.inspect(append(d.sdJWT(nil), strings.Repeat("e30~", 4097)...), verify.Config{})
	}},
	disclosureRow(vc.CodeDisclosureHash, `/_sd_alg = "md5"`),
	disclosureRow(vc.CodeHashMisplaced, achievement+`/_sd_alg = "sha-256"`),
	disclosureRow(vc.CodeDisclosureMalformed, achievement+`/_sd = ["@0"]`, `["salt"]`),
	disclosureRow(vc.CodeDisclosureName, achievement+`/_sd = ["@0"]`, `["salt", "_sd", []]`),
	disclosureRow(vc.CodeDisclosureUnused, achievement+`/_sd = ["@1"]`, disclosed),
	disclosureRow(vc.CodeDigestRepeated, achievement+`/_sd = ["@0", "@0"]`, disclosed),
	disclosureRow(vc.CodeDigestMalformed, achievement+`/_sd = "@0"`, disclosed),
	disclosureRow(vc.CodeMemberOverwritten, achievement+`/_sd = ["@0"]`, `["salt", "name", "Splices"]`),
	disclosureRow(vc.CodeNotDisclosable, `/_sd = ["@0"]`, `["salt", "issuer", "did:example:other"]`),
	{vc.CodeDisclosuresTooDeep, "an SD-JWT whose disclosures stand in one another, 100 deep", func(d *desk) []*vc.Problem {
		text, all := `["salt", "more", 1]`, ""
		for range 100 {
			encoded := base64.RawURLEncoding.EncodeToString([]byte(text))
			all += encoded + "~"
			text = `["salt", "more", {"_sd": ["` + disclose.SHA256.Digest([]byte(encoded)) + `"]}]`
		}
		last := text[strings.Index(text, `["`)+len(`["salt", "more", `) : len(text)-1]
		return d.inspect(append(d.sdJWT([]string{achievement + `/more = ` + last}), all...), verify.Config{})
	}},
	bound(verify.CodeBindingMissing, "an SD-JWT without a key binding, for a verifier that asked for one", asking,
		func(o *sdjwt.PresentOptions) { o.Holder = nil }, nil),
	bound(verify.CodeBindingNonce, "an SD-JWT bound to another nonce", asking, func(o *sdjwt.PresentOptions) { o.Nonce = "n-0" }, nil),
	bound(verify.CodeBindingTime, "an SD-JWT that was bound a day ago", asking, func(o *sdjwt.PresentOptions) { o.At = o.At.AddDate(0, 0, -1) }, nil),
	bound(verify.CodeBindingUnasked, "an SD-JWT with a key binding, for a verifier that asked for none", verify.Config{}, nil, nil),
	bound(proof.CodeBindingSignature, "an SD-JWT that somebody else is to present than the holder of the key", asking,
		func(o *sdjwt.PresentOptions) { o.Holder = nil },
		withBinding(token(`{"alg":"EdDSA","typ":"kb+jwt"}`, `{"iat":1,"aud":"jobs.example","nonce":"n-1","sd_hash":"x"}`))),
	bound(proof.CodeBindingMalformed, "an SD-JWT with a token behind it that is no key binding", asking,
		func(o *sdjwt.PresentOptions) { o.Holder = nil }, withBinding(token(`{"alg":"EdDSA","typ":"JWT"}`, `{"iat":1}`))),
	bound(proof.CodeBindingHash, "an SD-JWT with the key binding of another", asking,
		func(o *sdjwt.PresentOptions) { o.Holder = nil },
		withBinding(token(`{"alg":"EdDSA","typ":"kb+jwt"}`, `{"iat":1,"aud":"jobs.example","nonce":"n-1","sd_hash":"x"}`))),
	{proof.CodeBindingKey, "an SD-JWT that names no key of its holder, with a key binding", func(d *desk) []*vc.Problem {
		return d.inspect(append(d.sdJWT(nil), token(`{"alg":"EdDSA","typ":"kb+jwt"}`, `{"iat":1}`)...), verify.Config{})
	}},
	presenting(proof.CodeDisclosurePath, "to make the validity of a badge disclosable", func(d *desk) error {
		_, err := sdjwt.Sign(context.Background(), []byte(d.draft(badge, `/issuer/id = "@school"`)),
			sdjwt.SignOptions{Signer: d.school.Signer, KeyID: d.school.VerificationMethod, Disclosable: []string{"/validFrom"}})
		return err
	}),
	presenting(proof.CodeNotSDJWT, "to keep back a part of a badge with an embedded proof", func(d *desk) error {
		_, err := sdjwt.Present(context.Background(), d.good(), sdjwt.PresentOptions{})
		return err
	}),
}
