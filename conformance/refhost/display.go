package refhost

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/status"
)

// Exhibit is a credential at this host that a product has to verify, with what it has to say
// of it.
type Exhibit struct {
	Name  string // what it is a case of
	State string // "valid", "expired" or "revoked"; "" is anything but valid
	// Either is another state that may be shown.
	Either     string
	URL        string // where it stands
	Credential []byte

	Title, Description, Issuer string // what stands in it
	IssuedOn                   time.Time
	Document, Status           string // URLs that a verification asks for; Status may be ""
}

// Asked is how often a URL of the host was asked for, such as an Exhibit's Status.
func (h *Host) Asked(url string) int { return h.world.Web.Asked(url) }

// want is what an exhibit is made of.
type want struct {
	name, state, either string
	until               time.Time
	record, old         bool           // a record; by the data model 1.1
	purpose             string         // its bit that is set
	key                 obtest.KeyKind // Ed25519 where it is ""
	list                bool           // with a 1EdTechRevocationList in place of a bitstring
	sign                func(i *obtest.Issuer, text []byte) ([]byte, error)
	change              []string // of its text, before it is signed
}

// Badges are three badges of an issuer at this host, by the data model 2.0, or 1.1: one is
// valid, one expired and was not revoked, one was revoked and did not expire.
func (h *Host) Badges(dataModel11 bool) ([]Exhibit, error) { return h.three(false, dataModel11) }

// Records are the same three as records.
func (h *Host) Records() ([]Exhibit, error) { return h.three(true, false) }

func (h *Host) three(record, old bool) ([]Exhibit, error) {
	return h.exhibits(
		want{name: "valid", state: "valid", record: record, old: old},
		want{name: "expired", state: "expired", record: record, old: old, until: h.world.Now().AddDate(0, -1, 0)},
		want{name: "revoked", state: "revoked", record: record, old: old, purpose: status.PurposeRevocation},
	)
}

// Statuses are badges with each kind of status. One that is suspended is not revoked.
func (h *Host) Statuses() ([]Exhibit, error) {
	return h.exhibits(
		want{name: "bit 0 of a bitstring", state: "valid"},
		want{name: "bit 1 of a bitstring for revocation", state: "revoked", purpose: status.PurposeRevocation},
		want{name: "bit 1 of a bitstring for suspension", state: "", either: "suspended", purpose: status.PurposeSuspension},
		want{name: "not listed in a 1EdTechRevocationList", state: "valid", list: true},
		want{name: "listed in a 1EdTechRevocationList", state: "revoked", list: true, purpose: status.PurposeRevocation},
	)
}

// Secured are records in each form that is certified.
func (h *Host) Secured() ([]Exhibit, error) {
	derived := func(i *obtest.Issuer, text []byte) ([]byte, error) {
		base, err := i.Sign(text, func(o *dataintegrity.SignOptions) { o.Suite = dataintegrity.EcdsaSd2023 })
		if err != nil {
			return nil, err
		}
		return dataintegrity.Derive(context.Background(), base,
			dataintegrity.DeriveOptions{Pointers: []string{"/name", "/credentialSubject", "/issuer", "/credentialStatus"}})
	}
	token := func(i *obtest.Issuer, text []byte) ([]byte, error) { return i.Token(text, nil) }
	return h.exhibits(
		want{name: "eddsa-rdfc-2022", state: "valid", record: true},
		want{name: "ecdsa-sd-2023", state: "valid", record: true, key: obtest.P256, sign: derived},
		want{name: "a token", state: "valid", record: true, sign: token},
	)
}

// Doubtful are badges of which none may be shown as valid.
func (h *Host) Doubtful() ([]Exhibit, error) {
	all, err := h.exhibits(
		want{name: "changed after it was signed", sign: func(i *obtest.Issuer, text []byte) ([]byte, error) {
			signed, err := i.Sign(text, nil)
			return bytes.Replace(signed, []byte("straight"), []byte("crooked"), 1), err
		}},
		want{name: "signed by somebody else", sign: func(_ *obtest.Issuer, text []byte) ([]byte, error) {
			other, err := h.world.Issuer("pirate", obtest.DIDWeb, obtest.Ed25519)
			if err != nil {
				return nil, err
			}
			return other.Sign(text, func(o *dataintegrity.SignOptions) { o.SkipIssuerCheck = true })
		}},
		want{name: "not yet valid", change: []string{vc.NewDateTime(h.world.Now().AddDate(0, -6, 0)).String(), vc.NewDateTime(h.world.Now().AddDate(0, 6, 0)).String()}},
		want{name: "without a proof", sign: func(_ *obtest.Issuer, text []byte) ([]byte, error) { return text, nil }},
		want{name: "with a status list that cannot be had", list: true, change: []string{"/revocations", "/nowhere"}},
		want{name: "with a proof that nobody knows", sign: func(i *obtest.Issuer, text []byte) ([]byte, error) {
			signed, err := i.Sign(text, nil)
			return bytes.Replace(signed, []byte("eddsa-rdfc-2022"), []byte("unheard-of-2031"), 1), err
		}},
	)
	return all, err
}

// harbour is the issuer of exhibits, of another name with each seed, so that whoever kept its
// key or its lists has to ask again.
func (h *Host) harbour(k obtest.KeyKind) (*obtest.Issuer, error) {
	if k == "" {
		k = obtest.Ed25519
	}
	return h.world.Issuer("harbour-"+h.world.ID("harbour", k)[len("urn:uuid:"):][:8], obtest.DIDWeb, k)
}

func (h *Host) exhibits(wanted ...want) ([]Exhibit, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	var all []Exhibit
	for _, w := range wanted {
		i, err := h.harbour(w.key)
		if err != nil {
			return nil, fmt.Errorf("refhost: %w", err)
		}
		h.count++
		one, err := h.exhibit(i, 1000+h.count, w)
		if err != nil {
			return nil, fmt.Errorf("refhost: the exhibit %q: %w", w.name, err)
		}
		all = append(all, one)
	}
	return all, nil
}

func (h *Host) exhibit(i *obtest.Issuer, n int, w want) (one Exhibit, err error) {
	one = Exhibit{Name: w.name, State: w.state, Either: w.either, Title: fmt.Sprint("Keel laying, class ", n), Issuer: "School of " + i.Name,
		Description: "Lays a keel that is straight to a millimetre.", IssuedOn: h.world.Now().AddDate(0, -6, 0), Document: i.Published.URL()}
	text, id := i.Badge(obtest.Badge{Number: n, ValidUntil: w.until}), h.world.ID("badge", i.ID, n)
	if w.record {
		inner, err := i.Sign(text, nil)
		if err != nil {
			return one, err
		}
		one.Description = ""
		one.Title, id = fmt.Sprint("Record ", n), h.world.ID("record", i.ID, n)
		text = i.Record(n, h.world.ID("learner", n), inner)
		if !w.until.IsZero() {
			text = once(text, `,"credentialSubject"`, fmt.Sprintf(`,"validUntil":"%s","credentialSubject"`, vc.NewDateTime(w.until)))
		}
	}
	if text, err = h.listed(i, text, id, w, &one); err != nil {
		return one, err
	}
	if w.old {
		text = older(text)
	}
	text = []byte(strings.NewReplacer(w.change...).Replace(string(text)))
	if w.sign == nil {
		w.sign = func(i *obtest.Issuer, text []byte) ([]byte, error) { return i.Sign(text, nil) }
	}
	if one.Credential, err = w.sign(i, text); err != nil {
		return one, err
	}
	one.URL = fmt.Sprintf("%s/exhibits/%d", h.origin, n)
	h.world.Web.Put(one.URL, "application/vc+ld+json", one.Credential)
	return one, nil
}

// once replaces what stands first.
func once(text []byte, old, with string) []byte {
	return []byte(strings.Replace(string(text), old, with, 1))
}

// listed gives a credential its status: the entries of bitstrings, or of the data model 1.1
// a list of ids.
func (h *Host) listed(i *obtest.Issuer, text []byte, id string, w want, one *Exhibit) ([]byte, error) {
	if w.old || w.list {
		one.Status = h.origin + "/" + i.Name + "/revocations"
		if w.purpose != "" {
			h.revoked = append(h.revoked, fmt.Sprintf(`{"id":%q}`, id))
		}
		h.world.Web.Put(one.Status, "application/json",
			fmt.Appendf(nil, `{"id":%q,"issuer":%q,"revokedCredential":[%s]}`, one.Status, i.ID, strings.Join(h.revoked, ",")))
		text = once(text, `context-3.0.3.json"`, `context-3.0.3.json","https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"`)
		return once(text, `,"credentialSubject"`,
			fmt.Sprintf(`,"credentialStatus":{"id":%q,"type":"1EdTechRevocationList"},"credentialSubject"`, one.Status)), nil
	}
	entries, err := i.Lists.Entries(context.Background())
	if err != nil {
		return nil, err
	}
	if w.purpose != "" {
		if err := i.Lists.Set(context.Background(), entries, w.purpose, 1); err != nil {
			return nil, err
		}
	}
	one.Status = entries[0].StatusListCredential.String()
	written, err := vc.Marshal(entries)
	return once(text, `,"credentialSubject"`, `,"credentialStatus":`+string(written)+`,"credentialSubject"`), err
}

// older writes a badge by the data model 1.1.
func older(text []byte) []byte {
	return []byte(strings.NewReplacer(
		"https://www.w3.org/ns/credentials/v2", "https://www.w3.org/2018/credentials/v1",
		`extensions.json"`, `extensions.json","https://w3id.org/security/data-integrity/v2"`,
		`"validFrom"`, `"issuanceDate"`, `"validUntil"`, `"expirationDate"`,
	).Replace(string(text)))
}
