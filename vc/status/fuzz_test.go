package status_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/status"
)

// Property: a text is refused, or it is what the standard library expands it
// to, is no larger than the limit, and survives being published again.
func FuzzParseList(f *testing.F) {
	f.Add(encodedList(f, bitsWith(7)))
	f.Add(encodedList(f, []byte{0x80, 1}))
	f.Add(encodedList(f, nil))
	f.Add(encodedList(f, zip(f, []byte("twice"))))
	f.Add("u")
	for _, w := range writings() {
		f.Add(w.write(f, []byte{0x01, 0xff, 0x80}))
	}
	f.Fuzz(func(t *testing.T, encoded string) {
		list, err := status.ParseList(encoded, 1)
		if err != nil {
			return
		}
		bits := leniently(encoded, 16<<20)
		if len(bits) > 16<<20 || list.Len() != len(bits)*8 {
			t.Fatalf("%d bytes, %d entries", len(bits), list.Len())
		}
		again, err := list.Encode()
		if err != nil || !bytes.Equal(expanded(t, again), bits) {
			t.Fatal("the list changed when it was published again", err)
		}
	})
}

// Property: whatever the text of a list, its bits are what the standard library finds
// in it, within the limit; and a bit is clear only by the form of the specification.
func FuzzEncodedList(f *testing.F) {
	bits := bitsWith(7)
	for _, w := range writings() {
		f.Add(w.write(f, bits), uint16(7))
		f.Add(w.write(f, bits[:100]), uint16(6))
	}
	f.Add(b64(zlibOf(f, make([]byte, 1<<20))), uint16(7))
	f.Add(b64(zlibOf(f, zip(f, bits))), uint16(7))
	f.Fuzz(func(t *testing.T, text string, index uint16) {
		const limit = 32 << 10
		c := config(serving(listURL, encode(t, listCredential(text, nil, nil))))
		c.MaxListBytes, c.MinEntries = limit, 1
		e := check(t, c, entry(fmt.Sprint(index), nil))
		if e.State == status.StateUnknown {
			return
		}
		bits := leniently(text, limit)
		if int(index) >= 8*len(bits) || (bits[index/8]>>(7-index%8)&1 == 1) != (e.State == status.StateSet) {
			t.Fatal(describe(e))
		}
		if e.State == status.StateClear && !bytes.Equal(expanded(t, text), bits) {
			t.Fatal("clear by a defective list")
		}
	})
}

// Property: whatever the entry, an answer is Clear or Set only for a type,
// a purpose and an index that an independent reading of the JSON finds, and a
// refusal or an Unknown always has a problem.
func FuzzEntry(f *testing.F) {
	list := encode(f, listCredential(encodedList(f, bitsWith(7, 94567)), nil, nil))
	lists := encode(f, revocationList([]any{object{"id": "urn:uuid:7"}}, nil))
	for _, e := range []any{entry("7", nil), entry("6", nil), entry(6, nil), entry("131072", nil), entry("7", object{"statusSize": 2}),
		entry("1", object{"statusSize": 1, "statusMessage": []any{object{"status": "0x0", "message": "fine"}, object{"status": "0x1"}}}),
		revocationEntry(), []any{entry("6", nil), entry("7", nil)}} {
		f.Add(encode(f, e))
	}
	h := serving(listURL, list)
	h.bodies["https://school.example/revocations"] = strings.ReplaceAll(lists, listURL, "https://school.example/revocations")
	f.Fuzz(func(t *testing.T, statuses string) {
		doc, err := vc.Parse([]byte(`{"id":"urn:uuid:7","issuer":"` + issuer + `","credentialStatus":` + statuses + `}`))
		if err != nil {
			return
		}
		r := status.Check(t.Context(), doc, config(h))
		for i := range r.Entries {
			e := &r.Entries[i]
			refused := e.State == status.StateSet && (e.Purpose == "revocation" || e.Purpose == "suspension")
			if (e.Problem != nil) != (refused || e.State == status.StateUnknown || e.State == status.StateMalformed) {
				t.Fatal(describe(e))
			}
			if (e.State == status.StateClear || e.State == status.StateSet) && e.Type == "BitstringStatusListEntry" {
				checkBit(t, doc, e)
			}
		}
	})
}

// checkBit reads the entry again, with another JSON reader and math/big.
func checkBit(t *testing.T, doc *vc.Document, e *status.Entry) {
	t.Helper()
	var whole object
	if json.Unmarshal(doc.Bytes(), &whole) != nil {
		t.Fatal("not JSON")
	}
	index, ok := new(big.Int).SetString(e.Index, 10)
	if !ok || e.Purpose != "revocation" || e.List != listURL || !strings.Contains(string(doc.Bytes()), e.Index) || !index.IsInt64() {
		t.Fatal(describe(e), e.Index)
	}
	if e.State == status.StateClear && (index.Int64() == 7 || index.Int64() == 94567) && !hasSize(whole) {
		t.Fatal("a set bit was read as clear")
	}
}

func hasSize(whole object) bool { return strings.Contains(describeJSON(whole), `"statusSize"`) }

func describeJSON(v any) string {
	b, _ := json.Marshal(v)
	return string(b)
}

// Property: a document that names the credential as revoked, as any reader of
// JSON sees it, is never read as Clear, and none makes the reader panic.
func FuzzRevocationList(f *testing.F) {
	for _, items := range []any{[]any{}, []any{object{"id": "urn:uuid:7"}}, []any{object{"id": "urn:uuid:7", "revoked": false}}, object{"id": "urn:uuid:8"}} {
		f.Add(encode(f, revocationList(items, nil)))
	}
	f.Add(encode(f, object{"id": listURL, "issuer": issuer}))
	f.Fuzz(func(t *testing.T, body string) {
		e := check(t, config(serving(listURL, body)), revocationEntry())
		if (e.State == status.StateUnknown) != (e.Problem != nil && e.Problem.Code != status.CodeRevoked) {
			t.Fatal(describe(e))
		}
		var list struct {
			RevokedCredential []struct {
				ID      string `json:"id"`
				Revoked *bool  `json:"revoked"`
			} `json:"revokedCredential"`
		}
		if e.State != status.StateClear || strings.Contains(body, "\\") || json.Unmarshal([]byte(body), &list) != nil {
			return
		}
		for _, item := range list.RevokedCredential {
			if item.ID == "urn:uuid:7" && (item.Revoked == nil || *item.Revoked) && strings.Contains(body, `"id":"urn:uuid:7"`) && !foldsNames(body) {
				t.Fatal("a listed credential was read as clear")
			}
		}
	})
}

// foldsNames reports members that encoding/json takes for others, since it does
// not tell upper and lower case apart.
func foldsNames(body string) bool {
	for _, name := range []string{"id", "revoked", "revokedCredential"} {
		quoted := `"` + name + `"`
		if strings.Count(strings.ToLower(body), strings.ToLower(quoted)) != strings.Count(body, quoted) {
			return true
		}
	}
	return strings.ContainsFunc(body, func(r rune) bool { return r > 0x7f })
}
