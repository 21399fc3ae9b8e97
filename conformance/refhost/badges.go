package refhost

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/issue"
)

// begin fills the lists with what an account for tests has.
func (h *Host) begin() error {
	i, err := h.world.Issuer("resident", obtest.DIDKey, obtest.Ed25519)
	if err != nil {
		return err
	}
	for n := range 3 {
		form := issue.Form("eddsa-rdfc-2022")
		if n == 1 {
			form = issue.VCJWT
		}
		badge, err := h.issued(i, i.Badge(obtest.Badge{Number: n}), n, form)
		if err != nil {
			return err
		}
		inner, err := h.issued(i, i.Badge(obtest.Badge{Number: n + 10}), n, "eddsa-rdfc-2022")
		if err != nil {
			return err
		}
		record, err := h.issued(i, i.Record(n, h.world.ID("learner", n), inner), n, form)
		if err != nil {
			return err
		}
		token := form == issue.VCJWT
		if h.has("forged-listed") && n == 0 {
			badge = bytes.Replace(badge, []byte("straight"), []byte("crooked"), 1)
			record = bytes.Replace(record, []byte("straight"), []byte("crooked"), 1)
		}
		at := h.issuedAt(n)
		h.kept[badgesAt] = append(h.kept[badgesAt], &entry{fmt.Sprint("resident badge ", n), badge, token, at})
		h.kept[recordsAt] = append(h.kept[recordsAt], &entry{fmt.Sprint("resident record ", n), record, token, at})
	}
	return nil
}

// issuedAt is when the nth credential of the list was issued: each a month after the one before.
func (h *Host) issuedAt(n int) time.Time { return h.world.Now().AddDate(0, n-8, 0) }

// issued signs a credential as of another month than the one it was written with.
func (h *Host) issued(i *obtest.Issuer, text []byte, n int, form issue.Form) ([]byte, error) {
	old := vc.NewDateTime(h.world.Now().AddDate(0, -6, 0)).String()
	return i.Secure([]byte(strings.Replace(string(text), old, vc.NewDateTime(h.issuedAt(n)).String(), 1)), form)
}

// Shown is a badge of the reference host that a product has to verify, with what it has to
// say of it.
type Shown struct {
	Name                           string // "valid", "expired", "revoked": the state
	URL                            string // where it stands
	Credential                     []byte
	BadgeName, Description, Issuer string
	IssuedOn                       time.Time
	Document, Status               string // URLs that a verification asks for; Status may be ""
}

// Badges are three badges of an issuer at this host, by the data model 2.0, or 1.1: one is
// valid, one expired and was not revoked, one was revoked and did not expire. They, the issuer's document
// and its lists stand at the origin of the host, which notices who asks.
func (h *Host) Badges(dataModel11 bool) ([]Shown, error) {
	i, err := h.world.Issuer("harbour", obtest.DIDWeb, obtest.Ed25519)
	if err != nil {
		return nil, fmt.Errorf("refhost: %w", err)
	}
	var all []Shown
	for n, name := range []string{"valid", "expired", "revoked"} {
		one, err := h.badge(i, 100+n, name, dataModel11)
		if err != nil {
			return nil, fmt.Errorf("refhost: the %s badge: %w", name, err)
		}
		all = append(all, one)
	}
	return all, nil
}

func (h *Host) badge(i *obtest.Issuer, n int, state string, old bool) (Shown, error) {
	b := obtest.Badge{Number: n}
	if state == "expired" {
		b.ValidUntil = h.world.Now().AddDate(0, -1, 0)
	}
	one := Shown{Name: state, BadgeName: fmt.Sprint("Keel laying, class ", n), Issuer: "School of harbour",
		Description: "Lays a keel that is straight to a millimetre.", IssuedOn: h.world.Now().AddDate(0, -6, 0),
		Document: i.Published.URL()}
	var text []byte
	if old {
		text = h.old(i, b, n, &one)
	} else {
		entries, err := i.Lists.Entries(context.Background())
		if err != nil {
			return one, err
		}
		if b.Status = entries; state == "revoked" {
			if err := i.Lists.Revoke(context.Background(), entries); err != nil {
				return one, err
			}
		}
		text, one.Status = i.Badge(b), string(entries[0].StatusListCredential)
	}
	signed, err := i.Sign(text, nil)
	if err != nil {
		return one, err
	}
	one.Credential = signed
	one.URL = fmt.Sprintf("%s/badges/%s-%s", h.origin, map[bool]string{false: "2", true: "1"}[old], state)
	h.world.Web.Put(one.URL, "application/vc+ld+json", signed)
	return one, nil
}

// old writes a badge by the data model 1.1, with a list of revoked ids as its status.
func (h *Host) old(i *obtest.Issuer, b obtest.Badge, n int, one *Shown) []byte {
	id, list := h.world.ID("badge", i.ID, n), h.origin+"/harbour/revocations"
	one.Status = list
	if one.Name == "revoked" {
		h.world.Web.Put(list, "application/json", fmt.Appendf(nil, `{"id":%q,"issuer":%q,"revokedCredential":[{"id":%q}]}`, list, i.ID, id))
	}
	return []byte(strings.NewReplacer(
		"https://www.w3.org/ns/credentials/v2", "https://www.w3.org/2018/credentials/v1",
		`context-3.0.3.json"`,
		`context-3.0.3.json","https://purl.imsglobal.org/spec/ob/v3p0/extensions.json","https://w3id.org/security/data-integrity/v2"`,
		`"validFrom"`, `"issuanceDate"`, `"validUntil"`, `"expirationDate"`,
		`,"credentialSubject"`, fmt.Sprintf(`,"credentialStatus":{"id":%q,"type":"1EdTechRevocationList"},"credentialSubject"`, list),
	).Replace(string(i.Badge(b))))
}

// Asked is how often a URL of the host was asked for, such as a Shown.Status.
func (h *Host) Asked(url string) int { return h.world.Web.Asked(url) }
