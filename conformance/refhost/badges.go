package refhost

import (
	"bytes"
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
