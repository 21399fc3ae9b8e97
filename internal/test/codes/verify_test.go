package codes_test

import (
	"context"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
	"github.com/laurel-edu/laurel/vc/verify"
)

var verifyNothingElse = verify.Config{Kinds: []string{verify.AnyKind}}

// verified is a row about a badge with edits, well signed.
func verified(code vc.Code, c verify.Config, edits ...string) row {
	return row{code, named(badge, edits), func(d *desk) []*vc.Problem { return d.inspect(d.good(edits...), c) }}
}

// byJSON is one whose JSON itself is signed.
func byJSON(code vc.Code, edits ...string) row {
	return row{code, named(badge, edits) + ", signed over its JSON", func(d *desk) []*vc.Problem {
		return d.inspect(d.signed(d.draft(badge, append([]string{`/issuer/id = "@school"`}, edits...)...)), verify.Config{})
	}}
}

const harmless = `/relatedResource = [{"id": "https://www.w3.org/ns/credentials/v2", "digestSRI": `

var verifyRows = []row{
	byJSON(rules.CodeContextMissing, "/@context"),
	verified(verify.CodeExpired, verify.Config{}, `/validFrom = "2020-01-01T00:00:00Z"`, `/validUntil = "2025-01-01T00:00:00Z"`),
	verified(verify.CodeNotYetValid, verify.Config{}, `/validFrom = "2027-01-01T00:00:00Z"`),
	{verify.CodeKindNotAccepted, "a library card, for a verifier of badges", func(d *desk) []*vc.Problem {
		return d.inspect(d.signed(d.draft(libraryCard, `/issuer = "@school"`, subject+` = {"id": "did:example:holder-7"}`,
			"/proof", "/credentialStatus", "/credentialSchema", "/relatedResource")), verify.Config{})
	}},
	{verify.CodePresentationUnsigned, "a presentation that nobody signed", func(d *desk) []*vc.Problem {
		return d.inspect([]byte(`{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiablePresentation"],"verifiableCredential":[`+string(d.good())+`]}`), verifyNothingElse)
	}},
	{verify.CodeNumberInexact, "a signed badge in which a number of credits was written with other last digits", func(d *desk) []*vc.Problem {
		return d.inspect([]byte(d.edit(string(d.good(subject+`/creditsEarned = 9007199254740992`)), subject+`/creditsEarned = 9007199254740993`)), verify.Config{})
	}},
	verified(verify.CodeRefreshAvailable, verify.Config{}, `/@context/- = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"`,
		`/refreshService = {"id": "https://harbour.example/new", "type": "1EdTechCredentialRefresh"}`),
	verified(verify.CodeRelatedMismatch, verify.Config{}, harmless+`"sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}]`),
	verified(verify.CodeRelatedArchived, verify.Config{}, `/relatedResource = [{"id": "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
		"digestSRI": "sha256-7y+px4RtziM8wWa0NjkCcni+TuRPALsdRcdd4t0M12E="}]`),
	verified(verify.CodeRelatedMalformed, verify.Config{}, harmless+`"md5-abc"}]`),
	made(verify.CodeAudienceNamed, "a badge that was signed for jobs.example", func(_ *desk, o *dataintegrity.SignOptions) { o.Domain = "jobs.example" }),
	{verify.CodeAudienceOther, "a badge that was signed for jobs.example, for a verifier that is other.example", func(d *desk) []*vc.Problem {
		return d.inspect(d.proven(func(_ *desk, o *dataintegrity.SignOptions) { o.Domain = "jobs.example" }), verify.Config{Audience: []string{"other.example"}})
	}},
	made(verify.CodeChallengeNamed, "a badge that was signed in answer to a challenge", func(_ *desk, o *dataintegrity.SignOptions) { o.Challenge = "c-1" }),
	{verify.CodeContextInlineTaken, "a badge that defines a term itself, for a verifier that takes it", func(d *desk) []*vc.Problem {
		text := d.draft(badge, `/issuer/id = "@school"`, `/@context/- = {"motto": "https://harbour.example/motto"}`, `/motto = "Tie well"`)
		signed := school.Sign(d.t, d.school, []byte(text), func(o *dataintegrity.SignOptions) { o.InlineContexts = true })
		return d.inspect(signed, verify.Config{InlineContexts: func([]byte) bool { return true }})
	}},
	{rules.CodeCredentialType, "a status list that does not say in its type that it is one", func(d *desk) []*vc.Problem {
		return d.inspect(d.signed(d.edit(list, `/issuer = "@school"`, `/type = ["VerifiableCredential"]`)), verifyNothingElse)
	}},
	byJSON(verify.CodeTermWithoutMeaning, achievement+`/colour = "red"`),
	byJSON(verify.CodeTermsNotLooked, `/@context/- = "https://www.w3.org/2018/credentials/v1"`),
	{verify.CodeDeadline, "a badge, for a verifier that has no time", func(d *desk) []*vc.Problem {
		ctx, cancel := context.WithTimeout(context.Background(), 0)
		defer cancel()
		return d.inspectIn(ctx, d.good())
	}},
	{vc.CodeCancelled, "a badge, given up by who asked", func(d *desk) []*vc.Problem {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		return d.inspectIn(ctx, d.good())
	}},
}

func (d *desk) inspectIn(ctx context.Context, text []byte) []*vc.Problem {
	v, err := verify.New(verify.Config{Now: testkit.Clock})
	require.NoError(d.t, err)
	report, err := v.Inspect(ctx, text)
	return append(reported(report), of(err)...)
}

// record is a record of the school with credentials.
func (d *desk) record(credentials ...string) []byte {
	return school.Sign(d.t, d.school, []byte(d.draft(record, `/issuer/id = "@school"`, subject+`/association`, subject+`/achievement`,
		subject+`/verifiableCredential = [`+strings.Join(credentials, ",")+`]`)), nil)
}

// endorsing is an endorsement of something, signed by the other school.
func (d *desk) endorsing(id string) string {
	return string(school.Sign(d.t, d.other, []byte(d.draft(endorsement, `/issuer/id = "`+d.other.ID+`"`, subject+`/id = "`+id+`"`)), nil))
}

// nested is a row about a record or a badge with credentials inside.
func nested(code vc.Code, input string, c verify.Config, make func(*desk) []byte) row {
	return row{code, input, func(d *desk) []*vc.Problem { return d.inspect(make(d), c) }}
}

var (
	all  = verify.Config{Nested: verify.NestedConfig{Policy: verify.NestedRequireAll}}
	flat = verify.Config{Limits: verify.Limits{MaxNestedDepth: 1}}
)

var nestedRows = []row{
	nested(verify.CodeNestedForged, "a record with a badge that was changed", verify.Config{}, func(d *desk) []byte {
		return d.record(d.edit(string(d.good()), `/name = "Splices"`))
	}),
	nested(verify.CodeNestedUnsigned, "a record with a badge that nobody signed, for a verifier that wants all signed", all, func(d *desk) []byte {
		return d.record(d.draft(badge, `/issuer/id = "@school"`))
	}),
	nested(verify.CodeNestedNotVerified, "a record with a badge that has expired, for a verifier that wants all verified", all, func(d *desk) []byte {
		return d.record(string(d.good(`/validFrom = "2020-01-01T00:00:00Z"`, `/validUntil = "2025-01-01T00:00:00Z"`)))
	}),
	nested(verify.CodeNestedForeign, "a record with a profile among its badges", verify.Config{}, func(d *desk) []byte {
		return d.record(`{"id":"urn:x","type":["Profile"],"name":"Ada"}`)
	}),
	nested(verify.CodeNestedTooDeep, "a record in a record, for a verifier that looks at one level", flat, func(d *desk) []byte {
		return d.record(string(d.record(string(d.good()))))
	}),
	nested(verify.CodeNestedTooMany, "a record of two badges, for a verifier that looks at one", verify.Config{Limits: verify.Limits{MaxNested: 1}}, func(d *desk) []byte {
		return d.record(string(d.good()), string(d.good(`/id = "urn:uuid:2"`)))
	}),
	nested(verify.CodeMisplaced, "a badge with an endorsement of another achievement", verify.Config{}, func(d *desk) []byte {
		return d.good(achievement + `/endorsement = [` + d.endorsing("https://other.example/achievements/sail") + `]`)
	}),
	nested(verify.CodeDuplicate, "a record with one badge twice", verify.Config{}, func(d *desk) []byte {
		return d.record(string(d.good()), string(d.good()))
	}),
	nested(verify.CodeInterchangeable, "a record of two badges that nobody signed, for one person", verify.Config{Nested: verify.NestedConfig{Interchangeable: true}}, func(d *desk) []byte {
		one := d.draft(badge, `/issuer/id = "@school"`)
		return d.record(one, d.edit(one, `/id = "urn:uuid:2"`, achievement+`/id = "urn:uuid:3"`))
	}),
}

// read is a row about a badge that can be read otherwise than it was signed.
func read(code vc.Code, edits ...string) row { return verified(code, verify.Config{}, edits...) }

var readingRows = []row{
	{verify.CodeIllegible, "a signed badge whose name was moved to its IRI", func(d *desk) []*vc.Problem {
		return d.inspect([]byte(d.edit(string(d.good()), `/name`, `/https:~1~1schema.org~1name = "Knots and Splices"`)), verify.Config{})
	}},
	read(verify.CodeNodeSplit, achievement+`/creator = {"id": "@school", "type": ["Profile"], "name": "Harbour School of Seamanship", "email": "office@harbour.example"}`),
	read(verify.CodeNodeRepeated, `/issuer/image = {"id": "https://harbour.example/l.png", "type": "Image", "caption": "a"}`, achievement+`/image = {"id": "https://harbour.example/l.png", "type": "Image", "caption": "b"}`),
	{verify.CodeJudgeLimit, "a badge with one id at two objects, within one another 28 deep", (*desk).deep},
	read(verify.CodeTypeUndefined, `/evidence = [{"type": ["Evidence", "https://harbour.example/Photograph"], "name": "A knot"}]`),
}

// deep is a badge with an extension in which one thing stands twice, at every depth.
func (d *desk) deep() []*vc.Problem {
	text := `{"list": [` + tags(3000) + `]}`
	for i := range 28 {
		id := `{"id": "urn:x:` + strconv.Itoa(i) + `", "more": `
		text = `[` + id + text + `}, ` + id + `"urn:y"}]`
	}
	terms := `{"more": {"@id": "https://x.example/more", "@type": "@id"}, "list": {"@id": "https://x.example/list", "@container": "@list"}}`
	draft := d.draft(badge, `/issuer/id = "@school"`, `/@context/- = `+terms, `/more = `+text)
	signed := school.Sign(d.t, d.school, []byte(draft), func(o *dataintegrity.SignOptions) { o.InlineContexts = true })
	return d.inspect(signed, verify.Config{InlineContexts: func([]byte) bool { return true }})
}

// TestNamed shows that an input is told in words.
func TestNamed(t *testing.T) {
	require.Equal(t, "a badge without `/id`, with `/name`: `7`", named(badge, []string{"/id", "/name = 7"}))
}
