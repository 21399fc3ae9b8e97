package status

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"strings"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// revocation is what a 1EdTechRevocationList says of one credential.
type revocation struct{ reason string }

// askRevocationList answers for an entry of type 1EdTechRevocationList: JSON that
// lists the ids of revoked credentials. Nobody signs it, so its host is believed,
// which the credential's issuer chose by signing its URL.
func (k *checker) askRevocationList(ctx context.Context, v jsonx.Value, e *Entry) *vc.Problem {
	e.Purpose = PurposeRevocation
	e.List = jsonx.Content(v.Get("id"))
	if e.List == "" || !vc.IsAbsoluteIRI(e.List) {
		return malformedMember(e, v, "id", "the URL of the list")
	}
	e.Warnings = append(e.Warnings,
		newProblem(CodeTypeDeprecated, e.Pointer+"/type", "1EdTechRevocationList is deprecated in favour of BitstringStatusListEntry"),
		newProblem(CodeListUnsigned, e.Pointer+"/id", "the revocation list is not signed; only the host that serves it vouches for it"))
	if k.credential.ID() == "" {
		return newProblem(CodeCredentialIDMissing, k.credential.Root().Pointer(), "the credential has no id to be looked up in the revocation list")
	}
	list, p := k.revocationList(ctx, e)
	if p != nil {
		return p
	}
	e.ListIssuer, e.FetchedAt, e.Source = list.issuer, list.fetched, list.source
	for _, w := range list.warnings {
		e.Warnings = append(e.Warnings, w.Within(e.Pointer))
	}
	return k.lookUp(list, e)
}

// lookUp says whether the credential is listed.
func (k *checker) lookUp(list *Snapshot, e *Entry) *vc.Problem {
	if list.issuer != "" && !k.trusts(list.issuer) {
		p := newProblem(CodeListWrongIssuer, e.Pointer+"/id", "the revocation list says that it is of another issuer")
		return found(p, vc.Quote(list.issuer), vc.Quote(k.credential.IssuerID()))
	}
	if host := hostOf(k.credential.IssuerID()); host != "" && host != hostOf(e.List) {
		w := newProblem(CodeListOtherHost, e.Pointer+"/id", "the unsigned list is not on the issuer's host")
		e.Warnings = append(e.Warnings, found(w, vc.Quote(hostOf(e.List)), vc.Quote(host)))
	}
	var value uint64
	if r, revoked := list.revoked[k.credential.ID()]; revoked {
		value, e.Message = 1, r.reason
	}
	return conclude(e, value, nil)
}

// revocationList gets and reads the list.
func (k *checker) revocationList(ctx context.Context, e *Entry) (*Snapshot, *vc.Problem) {
	pointer := e.Pointer + "/id"
	if !strings.HasPrefix(e.List, "https://") {
		return nil, found(newProblem(CodeListInsecure, pointer, "an unsigned list is believed for its host, which only https proves"), vc.Quote(e.List), "an https URL")
	}
	if s, ok := k.cached(revocationListKind, e.List); ok {
		return s, nil
	}
	r, p := k.get(ctx, pointer, e.List)
	if p != nil {
		return nil, p
	}
	s := &Snapshot{kind: revocationListKind, url: e.List, fetched: r.FetchedAt, source: r.Source}
	if p := s.readRevocations(r.Body, k.MaxListBytes, pointer); p != nil {
		return nil, p
	}
	k.setExpiry(s, jsonx.Value{}, r)
	if k.Cache != nil && k.Now.Before(s.expires) {
		k.Cache.Put(s.url, s)
	}
	return s, nil
}

// readRevocations reads the JSON. A list that breaks the format anywhere is not
// relied on, since the broken part may be the credential's.
func (s *Snapshot) readRevocations(body []byte, limit int, pointer string) *vc.Problem {
	doc, err := jsonx.Parse(bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))), jsonx.Limits{Bytes: limit}, nil)
	if err != nil {
		p := newProblem(CodeListMalformed, pointer, "the revocation list is not JSON: "+err.Error())
		p.Err = err
		return p
	}
	root := doc.Root()
	items := root.Get("revokedCredential")
	s.issuer = issuerOf(root)
	// The specification lets an empty list leave the member out. A document that
	// says of itself that it is this list may do so; an error message may not.
	empty := !items.Exists() && s.issuer != "" && jsonx.Content(root.Get("id")) == s.url
	if !items.Exists() && !empty {
		return found(newProblem(CodeListMalformed, pointer, "the revocation list has no revokedCredential"), root.Kind().String(), "an object with revokedCredential")
	}
	if id := jsonx.Content(root.Get("id")); id != "" && id != s.url {
		s.warn(found(newProblem(CodeListIDMismatch, "/id", "the list's id is not the URL that the entry names"), vc.Quote(id), vc.Quote(s.url)))
	}
	return s.readItems(items, pointer)
}

func issuerOf(root jsonx.Value) string {
	v := root.Get("issuer")
	if v.Kind() == jsonx.Object {
		v = v.Get("id")
	}
	return jsonx.Content(v)
}

func (s *Snapshot) readItems(items jsonx.Value, pointer string) *vc.Problem {
	s.revoked = make(map[string]revocation)
	for i, item := range items.Items() {
		id, revoked, ok := readItem(item)
		if !ok {
			p := newProblem(CodeListMalformed, pointer, fmt.Sprintf("entry %d of revokedCredential cannot be read", i))
			return found(p, vc.Quote(string(item.Raw())), "an object with id, and revoked true, false or absent")
		}
		if !revoked {
			continue
		}
		r := revocation{jsonx.Content(item.Get("revocationReason"))}
		if _, seen := s.revoked[id]; !seen {
			s.revoked[strings.Clone(id)] = revocation{strings.Clone(r.reason)}
			s.revokedBytes += len(id) + len(r.reason) + revocationOverhead
		}
	}
	return nil
}

// revocationOverhead is about what a map entry costs beside its texts.
const revocationOverhead = 64

// readItem reads one entry; revoked is true where it is absent.
func readItem(v jsonx.Value) (id string, revoked, ok bool) {
	id = jsonx.Content(v.Get("id"))
	switch v.Get("revoked").Kind() {
	case jsonx.Missing, jsonx.True:
		return id, true, id != ""
	case jsonx.False:
		return id, false, id != ""
	}
	return "", false, false
}

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
