package conformance

import (
	"bytes"
	"net/http"
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/vc"
)

var writeAuthorizationRows = []row{{
	id: "PW-1.1", level: LevelMust, clause: "Security Framework 1.1; upsertCredential",
	title:   "The description offers credential.upsert, and a person can allow it.",
	fix:     "Name the scope credential.upsert in the description, and grant it.",
	aliases: []string{"Service Provider (Write) 1"}, needs: needsLogin, run: checkWriter,
}}

var upsertRows = []row{{
	id: "PW-2.1", level: LevelMust, clause: "upsertCredential, 201; application/json",
	title:   "A new credential as JSON is answered with 201 and the credential.",
	fix:     "Answer 201 and the body that came, as application/json.",
	aliases: []string{"Service Provider (Write) 2"}, needs: needsLogin, run: checkUpsert(recipe{}),
}, {
	id: "PW-2.2", level: LevelMust, clause: "upsertCredential; application/vc+ld+json",
	title: "The same as application/vc+ld+json.",
	fix:   "Take both media types of JSON, and answer in the one that came.",
	needs: needsLogin, run: checkUpsert(recipe{media: mediaVC}),
}, {
	id: "PW-2.3", level: LevelMust, clause: "upsertCredential; text/plain",
	title: "The same as a compact token in text/plain.",
	fix:   "Take compact tokens as text/plain, and answer with the token, without quotes and without a line end.",
	needs: needsLogin, run: checkUpsert(recipe{token: true}),
}, {
	id: "PW-2.4", level: LevelMust, clause: "upsertCredential, 200",
	title: "The same credential a second time is answered with 200, and is one entry of the list.",
	fix:   "Find what is there by the ids of issuer and credential, and answer 200 where it was.",
	needs: needsLogin, run: checkUpsertTwice,
}, {
	id: "PW-2.5", level: LevelMust, clause: "upsertCredential; getCredentials; Credential equality",
	title: "getCredentials then returns an equal credential.",
	fix:   "Keep what came, and send it.",
	needs: needsLogin, run: checkReadBack,
}, {
	id: "PW-2.6", level: LevelExtra, basis: BasisOurs, clause: "getCredentials",
	title: "It returns the same bytes.",
	fix:   "Keep the bytes that came: what is written anew verifies with some proofs and not with others.",
	needs: needsLogin, run: checkBytes,
}, {
	id: "PW-2.7", level: LevelMust, clause: "upsertCredential; Credential equality, comparison",
	title: "A newer version of a credential takes the place of the older.",
	fix:   "Replace where validFrom is newer.",
	needs: needsLogin, run: checkNewer,
}, {
	id: "PW-2.8", level: LevelExtra, basis: BasisOurs, clause: "Credential equality, comparison",
	title: "An older version does not take the place of the newer. The texts do not dictate it.",
	fix:   "Keep what is newer by validFrom.",
	needs: needsLogin, run: checkOlder,
}, {
	id: "PW-2.9", level: LevelMust, clause: "Credential equality",
	title: "Credentials of two issuers with one id are two.",
	fix:   "Tell credentials apart by the ids of issuer and credential together.",
	needs: needsLogin, run: checkTwoIssuers,
}, {
	id: "PW-2.10", level: LevelMust, clause: "Credential equality",
	title: "An id with escapes is the same as without them.",
	fix:   "Compare ids after decoding what is percent-encoded.",
	needs: needsLogin, run: checkEscapedID,
}}

func checkWriter(p *probe, v *service) error {
	d, err := p.describe(v)
	if err != nil {
		return err
	}
	if !p.holds(d.offers(v.scope(scopeUpsert)), Finding{Message: "the description does not offer credential.upsert"}) {
		return nil
	}
	c, err := p.allow(v, scopeUpsert)
	if err == nil {
		p.holds(c.scope == "" || strings.Contains(c.scope, v.scope(scopeUpsert)),
			Finding{Message: "credential.upsert was not granted", Found: c.scope})
	}
	return err
}

// sends makes a credential and sends it with a token that may write.
func (p *probe) sends(v *service, c recipe) (*made, *answer, error) {
	token, err := p.token(v, scopeUpsert)
	if err != nil {
		return nil, nil, err
	}
	m, err := p.make(v.standard, c)
	if err != nil {
		return nil, nil, err
	}
	return m, p.upsert(v, token, m), nil
}

// kept makes a credential that the product has taken.
func (p *probe) kept(v *service, c recipe) (m *made, err error) {
	return m, p.aside(v.prefix+"-H-PW-2.1", func(sub *probe) error {
		made, a, err := sub.sends(v, c)
		if err != nil {
			return err
		}
		if m = made; a == nil || a.status/100 != 2 {
			return blocked{v.prefix + "-H-PW-2.1", "the product does not take credentials"}
		}
		return nil
	})
}

func checkUpsert(c recipe) func(*probe, *service) error {
	return func(p *probe, v *service) error {
		m, a, err := p.sends(v, c)
		if err != nil || !p.status(a, "a new credential", http.StatusCreated) {
			return err
		}
		media, _, _ := strings.Cut(a.header.Get("Content-Type"), ";")
		p.holds(strings.EqualFold(strings.TrimSpace(media), m.media), Finding{Message: "the answer has another media type than the request",
			Found: media, Expected: m.media, Exchange: a.exchange})
		same := sameJSON(a.body, m.text)
		if c.token {
			same = bytes.Equal(a.body, m.text)
		}
		p.holds(same, Finding{Message: "the answer is another credential than was sent", Exchange: a.exchange})
		return nil
	}
}

func checkUpsertTwice(p *probe, v *service) error {
	reader, err := p.token(v, scopeRead)
	if err != nil {
		return err
	}
	m, err := p.kept(v, recipe{})
	if err != nil {
		return err
	}
	token, err := p.token(v, scopeUpsert)
	if err != nil {
		return err
	}
	a := p.upsert(v, token, m)
	if a != nil && a.status == http.StatusNotModified {
		p.warn(Finding{Message: "304 is no answer to a POST, and some clients lose it", Exchange: a.exchange})
	} else {
		p.status(a, "the same credential again", http.StatusOK)
	}
	found, err := p.find(v, reader, m)
	if err == nil {
		p.holds(len(found) == 1, Finding{Message: "the credential is not one entry of the list", Found: counted(len(found)),
			Expected: "one"})
	}
	return err
}

func counted(n int) string {
	switch n {
	case 0:
		return "none"
	case 1:
		return "one"
	}
	return "several"
}

// readBack is what the list has of a credential, nil where it has not one.
func (p *probe) readBack(v *service, m *made) (*listed, error) {
	reader, err := p.token(v, scopeRead)
	if err != nil {
		return nil, err
	}
	found, err := p.find(v, reader, m)
	if err != nil || !p.holds(len(found) == 1, Finding{Message: "the credential is not one entry of the list",
		Found: counted(len(found)), Expected: "one"}) {
		return nil, err
	}
	return &found[0], nil
}

func checkReadBack(p *probe, v *service) error {
	for _, c := range []recipe{{}, {token: true}} {
		m, err := p.kept(v, c)
		if err != nil {
			return err
		}
		back, err := p.readBack(v, m)
		if err != nil {
			return err
		}
		if back != nil {
			p.authentic(back.text)
			p.holds(sameJSON(back.text, m.text), Finding{Message: "the credential that comes back is not equal to the one that " +
				"was sent", Found: back.id})
		}
	}
	return nil
}

func checkBytes(p *probe, v *service) error {
	m, err := p.kept(v, recipe{})
	if err != nil {
		return err
	}
	back, err := p.readBack(v, m)
	if back != nil {
		p.holds(bytes.Equal(bytes.TrimSpace(back.text), m.text), Finding{Message: "the credential comes back written anew", Found: back.id})
	}
	return err
}

// versions sends two versions of one credential and returns what the list has then, with
// both. order are the months by which they were issued.
func (p *probe) versions(v *service, first, second int) (one, two *made, back *listed, err error) {
	now := p.s.world.Now()
	if one, err = p.kept(v, recipe{from: now.AddDate(0, first, 0)}); err != nil {
		return nil, nil, nil, err
	}
	two, _, err = p.sends(v, recipe{from: now.AddDate(0, second, 0), id: one.id})
	if err != nil {
		return nil, nil, nil, err
	}
	back, err = p.readBack(v, one)
	return one, two, back, err
}

func checkNewer(p *probe, v *service) error {
	_, two, back, err := p.versions(v, -3, -2)
	if back != nil {
		p.holds(sameJSON(back.text, two.text), Finding{Message: "the newer version did not take the place of the older", Found: back.id})
	}
	return err
}

func checkOlder(p *probe, v *service) error {
	one, _, back, err := p.versions(v, -2, -3)
	if back != nil {
		p.holds(sameJSON(back.text, one.text), Finding{Message: "an older version took the place of the newer", Found: back.id})
	}
	return err
}

func checkTwoIssuers(p *probe, v *service) error {
	one, err := p.kept(v, recipe{})
	if err != nil {
		return err
	}
	other, a, err := p.sends(v, recipe{issuer: "another", id: one.id})
	if err != nil || !p.status(a, "a credential of another issuer with the same id", http.StatusCreated) {
		return err
	}
	for _, m := range []*made{one, other} {
		back, err := p.readBack(v, m)
		if err != nil {
			return err
		}
		if back != nil {
			p.holds(sameJSON(back.text, m.text), Finding{Message: "one issuer's credential stands in the place of another's",
				Found: back.id})
		}
	}
	return nil
}

func checkEscapedID(p *probe, v *service) error {
	reader, err := p.token(v, scopeRead)
	if err != nil {
		return err
	}
	p.s.count++
	id := "https://badges.example/" + p.s.world.ID("escaped", p.s.count)[len("urn:uuid:"):] + "/a"
	if _, err := p.kept(v, recipe{id: id + "b", from: p.s.world.Now().AddDate(0, -3, 0)}); err != nil {
		return err
	}
	m, a, err := p.sends(v, recipe{id: id + "%62", from: p.s.world.Now().AddDate(0, -2, 0)})
	if err != nil || !p.status(a, "the credential under its id with escapes", http.StatusOK) {
		return err
	}
	all, err := p.everything(v, reader)
	if err != nil {
		return err
	}
	same := func(l listed) bool { return l.issuer == m.issuer && (l.id == id+"b" || l.id == id+"%62") }
	n := 0
	for k := range all {
		if same(all[k]) {
			n++
		}
	}
	p.holds(n == 1, Finding{Message: "the credential is not one entry of the list", Found: counted(n), Expected: "one"})
	return nil
}

// memberOf is the text of a member at the top of a document.
func memberOf(doc *vc.Document, name string) string { return door.Root(doc).Get(name).Text() }

var refuseRows = []row{{
	id: "PW-2.11", level: LevelShould, clause: "upsertCredential, 400",
	title: "A credential that was changed after it was signed is refused.",
	fix:   "Verify the proof before anything is stored.",
	needs: needsLogin, run: checkTampered,
}, {
	id: "PW-2.12", level: LevelMust, clause: "upsertCredential, 403",
	title: "A token that may only read does not write.",
	fix:   "Ask for credential.upsert, and answer 403 with Imsx_StatusInfo where it is missing.",
	needs: needsLogin, run: checkReaderWrites,
}, {
	id: "PW-2.13", level: LevelMust, clause: "upsertCredential, 400; Imsx_StatusInfo",
	title: "What is no credential, nothing at all, far too much and another type are refused, and never with a fault of the server.",
	fix:   "Bound the body, read it strictly, and answer 400 (413 where it is too long) with Imsx_StatusInfo.",
	needs: needsLogin, run: checkRefuses,
}, {
	id: "PW-R.1", level: LevelOptional, clause: "Security Framework 1.1, refresh; RFC 6749, 6",
	title: "With a refreshed token credentials can be sent again.",
	fix:   "Give the refreshed token the scope that was granted.",
	needs: needsLogin, run: checkWriteRefreshed,
}}

func checkTampered(p *probe, v *service) error {
	token, err := p.token(v, scopeUpsert)
	if err != nil {
		return err
	}
	m, err := p.make(v.standard, recipe{})
	if err != nil {
		return err
	}
	m.text = bytes.Replace(m.text, []byte("Keel laying"), []byte("Keel faking"), 1)
	p.s.forged[m.id] = true
	if a := p.upsert(v, token, m); a != nil {
		p.holds(a.status/100 == 4, Finding{Message: "a forged credential is taken", Found: http.StatusText(a.status), Expected: "400",
			Exchange: a.exchange})
	}
	return nil
}

func checkReaderWrites(p *probe, v *service) error {
	token, err := p.token(v, scopeRead)
	if err != nil {
		return err
	}
	m, err := p.make(v.standard, recipe{})
	if err == nil {
		p.refused(p.upsert(v, token, m), http.StatusForbidden, "a credential with a token that may only read")
	}
	return err
}

func checkRefuses(p *probe, v *service) error {
	token, err := p.token(v, scopeUpsert)
	if err != nil {
		return err
	}
	long := 5 << 20
	if v.standard == &records {
		long = 40 << 20 // a record may well have five megabytes
	}
	for _, bad := range []struct {
		what string
		text []byte
		also []int
	}{
		{"a text that is no JSON", []byte("this is no JSON"), nil},
		{"an empty body", nil, nil},
		{"a body without an end in sight", slices.Concat([]byte(`{"name":"`), bytes.Repeat([]byte("x"), long), []byte(`"}`)),
			[]int{http.StatusRequestEntityTooLarge}},
		{"a document of another type", p.profile("No credential"), nil},
	} {
		a := p.upsert(v, token, &made{text: bad.text, media: mediaJSON})
		p.status(a, bad.what, append(bad.also, http.StatusBadRequest)...)
	}
	return nil
}

func checkWriteRefreshed(p *probe, v *service) error {
	a, err := p.refreshed(v, "", scopeUpsert)
	if err != nil || !p.status(a, "the refresh", http.StatusOK) {
		return err
	}
	g := granted(a)
	if !p.holds(g != nil, Finding{Message: "the refresh gives no token", Exchange: a.exchange}) {
		return nil
	}
	m, err := p.make(v.standard, recipe{})
	if err == nil {
		p.status(p.upsert(v, g.access, m), "a credential with the new token", http.StatusCreated)
	}
	return err
}
