package rewrite

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/status"
)

// Original is a signed document of our own that verifies, or would but for what its
// name says.
type Original struct {
	Name string
	Text []byte
	Pack *fetch.Pack // what its verification asks for
}

// author writes and signs documents. In its templates @ed, @other, @p256 and @p384
// stand for the did:key of a key.
type author struct {
	t                     testing.TB
	ed, other, p256, p384 *obtest.Issuer
	pack                  *fetch.Pack
}

func newAuthor(t testing.TB) *author {
	a := &author{t: t, ed: school.Ed(t, 1), other: school.Ed(t, 2),
		p256: school.Issuer(t, obtest.P256, 3), p384: school.Issuer(t, obtest.P384, 4)}
	a.pack = a.lists()
	return a
}

// fill fills a template in; more replaces further texts in pairs.
func (a *author) fill(template string, more ...string) string {
	return strings.NewReplacer(append(more, "@ed", a.ed.ID, "@other", a.other.ID, "@p256", a.p256.ID, "@p384", a.p384.ID,
		"@badge", badgeContexts, "@extended", extendedContexts, "@record", recordContexts, "@1.1", oldContexts)...).Replace(template)
}

// write fills in the template of a document.
func (a *author) write(template string, more ...string) []byte {
	text := a.fill(template, more...)
	root, err := Parse([]byte(text))
	require.NoError(a.t, err, text)
	return root.Bytes()
}

func (a *author) sign(k *obtest.Issuer, template string, more ...string) string {
	return string(school.Sign(a.t, k, a.write(template, more...), nil))
}

func suite(name string) func(*dataintegrity.SignOptions) {
	return func(o *dataintegrity.SignOptions) { o.Suite = name }
}

const (
	badgeContexts    = `["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json","https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"]`
	extendedContexts = `["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json","https://www.w3.org/ns/odrl.jsonld"]`
	recordContexts   = `["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json","https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"]`
	oldContexts      = `["https://www.w3.org/2018/credentials/v1","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json","https://w3id.org/security/data-integrity/v2"]`
)

const (
	list      = "https://lists.example/status/1"
	clear     = "7"
	revoked   = 11
	suspended = 13
)

// lists is the status list that the credentials of key ed name: entry 11 is set in
// the one for revocation, entry 13 in the one for suspension.
func (a *author) lists() *fetch.Pack {
	var entries []string
	for purpose, set := range map[string]int{"revocation": revoked, "suspension": suspended} {
		l, err := status.NewList(status.MinEntries, 1)
		require.NoError(a.t, err)
		require.NoError(a.t, l.Set(set, 1))
		encoded, err := l.Encode()
		require.NoError(a.t, err)
		url := list + "/" + purpose
		entries = append(entries, `"`+url+`":`+a.sign(a.ed, `{"@context":["https://www.w3.org/ns/credentials/v2"],"id":"`+url+`","type":["VerifiableCredential","BitstringStatusListCredential"],
			"issuer":"@ed","validFrom":"2025-01-01T00:00:00Z","credentialSubject":{"id":"`+url+`#list","type":"BitstringStatusList","statusPurpose":"`+purpose+`","encodedList":"`+encoded+`"}}`))
	}
	p, err := fetch.ParsePack([]byte("{" + strings.Join(entries, ",") + "}"))
	require.NoError(a.t, err)
	return p
}

func statusEntry(purpose, index string) string {
	return `{"id":"` + list + `/` + purpose + `#` + index + `","type":"BitstringStatusListEntry","statusPurpose":"` + purpose + `","statusSize":1,"statusListIndex":"` + index + `","statusListCredential":"` + list + `/` + purpose + `"}`
}

// Originals returns documents that verify.
func Originals(t testing.TB) []Original {
	a := newAuthor(t)
	return append(a.badges(), a.records()...)
}

// Hopeless returns documents that are expired, not yet valid, revoked or suspended,
// and signed as they should be.
func Hopeless(t testing.TB) []Original {
	a := newAuthor(t)
	bad := func(name, from, to string) Original {
		return Original{name, []byte(a.sign(a.ed, statusBadge, from, to)), a.pack}
	}
	return []Original{
		bad("expired", `"validUntil":"2027-06-01T00:00:00Z"`, `"validUntil":"2025-12-01T00:00:00Z"`),
		bad("not yet valid", `"validFrom":"2025-06-01T00:00:00Z"`, `"validFrom":"2026-06-01T00:00:00Z"`),
		bad("revoked", statusEntry("revocation", clear), statusEntry("revocation", "11")),
		bad("suspended", statusEntry("suspension", clear), statusEntry("suspension", "13")),
		{"expired of VCDM 1.1", []byte(a.sign(a.ed, oldBadge, `"expirationDate":"2027-06-01T00:00:00Z"`, `"expirationDate":"2025-12-01T00:00:00Z"`)), a.pack},
	}
}
