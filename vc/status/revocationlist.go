package status

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"strings"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// revocation is what a 1EdTechRevocationList says of one credential.
type revocation struct{ reason string }

// readRevocationEntry reads an entry of type 1EdTechRevocationList.
func (k *checker) readRevocationEntry(v jsonx.Value, e *Entry) *vc.Problem {
	e.Purpose = PurposeRevocation
	e.List = textOf(v, "id")
	if e.List == "" || !vc.IsAbsoluteIRI(e.List) {
		return malformedMember(e, v, "id", "the URL of the list")
	}
	e.warn(
		problem(CodeTypeDeprecated, e.Pointer+"/type", revocationListKind.entry, ""),
		problem(CodeListUnsigned, e.Pointer+"/id", "", ""))
	if k.credential.ID() == "" {
		return problem(CodeCredentialIDMissing, door.Root(k.credential).Pointer(), "", "")
	}
	return nil
}

// askRevocationList answers for an entry of type 1EdTechRevocationList: JSON that
// lists the ids of revoked credentials. Nobody signs it, so its host is believed,
// which the credential's issuer chose by signing its URL.
func (k *checker) askRevocationList(ctx context.Context, e *Entry) *vc.Problem {
	if !strings.HasPrefix(e.List, "https://") {
		return problem(CodeListInsecure, e.Pointer+"/id", vc.Quote(e.List), "")
	}
	h := k.ask(ctx, revocationListKind, e.List)
	if h.problem != nil {
		return h.problem.Within(e.Pointer)
	}
	e.ListIssuer, e.FetchedAt, e.Source = h.list.issuer, h.list.fetched, h.list.source
	for _, w := range h.list.warnings {
		e.warn(w.Within(e.Pointer))
	}
	return k.lookUp(h.list, e)
}

// lookUp says whether the credential is listed.
func (k *checker) lookUp(list *Snapshot, e *Entry) *vc.Problem {
	if list.issuer != "" && !k.trusts(list.issuer) {
		return problem(CodeListWrongIssuer, e.Pointer+"/id", vc.Quote(list.issuer), vc.Quote(k.credential.IssuerID()))
	}
	if host := hostOf(k.credential.IssuerID()); host != "" && host != hostOf(e.List) {
		e.warn(problem(CodeListOtherHost, e.Pointer+"/id", vc.Quote(hostOf(e.List)), vc.Quote(host)))
	}
	var value uint64
	if r, revoked := list.revoked[k.credential.ID()]; revoked {
		value, e.Message = 1, r.reason
	}
	return conclude(e, value, k.named(list, e))
}

// fetchRevocations fetches the list and reads it.
func (k *checker) fetchRevocations(ctx context.Context, url string) (*Snapshot, *vc.Problem) {
	r, p := k.get(ctx, "/id", url)
	if p != nil {
		return nil, p
	}
	s := &Snapshot{kind: revocationListKind, url: url, fetched: r.FetchedAt, source: r.Source}
	if p := s.readRevocations(ctx, r.Body, k.MaxListBytes); p != nil {
		return nil, p
	}
	k.setExpiry(s, jsonx.Value{}, r)
	k.keep(ctx, s)
	return s, nil
}

// readRevocations reads the JSON. A list that breaks the format anywhere is not
// relied on, since the broken part may be the credential's.
func (s *Snapshot) readRevocations(ctx context.Context, body []byte, limit int) *vc.Problem {
	const pointer = "/id"
	doc, err := jsonx.Parse(bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))), jsonx.Limits{Bytes: limit}, nil)
	if err != nil {
		return because(problem(CodeListMalformed, pointer, "", "JSON"), err)
	}
	root := doc.Root()
	if root.Kind() != jsonx.Object {
		return problem(CodeListMalformed, pointer, root.Kind().String(), "an object with revokedCredential")
	}
	items := root.Get("revokedCredential")
	s.id, s.issuer = jsonx.Content(root.Get("id")), issuerOf(root)
	if !items.Exists() {
		return problem(CodeListContentMissing, pointer, without(root), "revokedCredential, an empty array where nothing is revoked")
	}
	return s.readItems(ctx, items)
}

// without says what a document has in place of revokedCredential: an error message has
// nothing of a list, and one of Open Badges 2.0 names credentials of its own.
func without(root jsonx.Value) string {
	if root.Get("revokedAssertions").Exists() {
		return "revokedAssertions, the member of Open Badges 2.0"
	}
	return "no revokedCredential"
}

func issuerOf(root jsonx.Value) string {
	v := root.Get("issuer").Single()
	if v.Kind() == jsonx.Object {
		v = v.Get("id")
	}
	return jsonx.Content(v)
}

// itemsBetweenLooks is how many items are read before the context is looked at
// again: some milliseconds of work.
const itemsBetweenLooks = 1 << 12

func (s *Snapshot) readItems(ctx context.Context, items jsonx.Value) *vc.Problem {
	s.revoked = make(map[string]revocation)
	item := items
	if items.Kind() == jsonx.Array {
		item = items.First()
	}
	for i := 0; item.Exists(); i++ {
		if i%itemsBetweenLooks == 0 {
			if p := ended(ctx, "id", s.url); p != nil {
				return p
			}
		}
		if !s.readItem(item) {
			held := fmt.Sprintf("entry %d, %s", i, item.Shown())
			return problem(CodeListMalformed, "/id", held, "an object with id, and revoked true, false or absent")
		}
		if items.Kind() != jsonx.Array {
			break
		}
		item = item.Next()
	}
	return nil
}

// readItem takes in one entry, which revokes where revoked is absent, too. Of
// several that revoke one credential the least reason is kept, so that their order
// does not matter.
func (s *Snapshot) readItem(v jsonx.Value) (ok bool) {
	id, reason := jsonx.Content(v.Get("id")), jsonx.Content(v.Get("revocationReason"))
	switch v.Get("revoked").Single().Kind() {
	case jsonx.Missing, jsonx.True:
	case jsonx.False:
		return id != ""
	default:
		return false
	}
	before, seen := s.revoked[id]
	if !seen || reason < before.reason {
		s.revoked[strings.Clone(id)] = revocation{strings.Clone(reason)}
		s.revokedBytes += len(id) + len(reason) + revocationOverhead
	}
	return id != ""
}

// revocationOverhead is about what a map entry costs beside its texts.
const revocationOverhead = 64

// hostOf is the host that an https URL or a did:web names, "" for other ids.
func hostOf(id string) string {
	if rest, ok := strings.CutPrefix(id, "did:web:"); ok {
		host, _, _ := strings.Cut(rest, ":")
		host, _, _ = strings.Cut(host, "#")
		if decoded, err := url.PathUnescape(host); err == nil {
			host = decoded
		}
		return strings.ToLower(host)
	}
	u, err := url.Parse(id)
	if err != nil || u.Scheme != "https" {
		return ""
	}
	return strings.ToLower(u.Host)
}
