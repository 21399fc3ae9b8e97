package status_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/status"
)

func revocationEntry() object { return object{"id": listURL, "type": "1EdTechRevocationList"} }

// revocationList is a 1EdTechRevocationList; changes replace its members.
func revocationList(items any, changes object) object {
	return changed(object{"id": listURL, "issuer": issuer, "revokedCredential": items}, changes)
}

func TestRevocationList(t *testing.T) {
	other := object{"id": "urn:uuid:8", "revoked": true}
	cases := map[string]struct {
		items  any
		state  status.State
		reason string
	}{
		"empty":             {[]any{}, status.StateClear, ""},
		"others only":       {[]any{other}, status.StateClear, ""},
		"listed":            {[]any{other, object{"id": "urn:uuid:7"}}, status.StateSet, ""},
		"listed with true":  {[]any{object{"id": "urn:uuid:7", "revoked": true, "revocationReason": "by mistake"}}, status.StateSet, "by mistake"},
		"listed with false": {[]any{object{"id": "urn:uuid:7", "revoked": false}}, status.StateClear, ""},
		"listed twice":      {[]any{object{"id": "urn:uuid:7", "revoked": false}, object{"id": "urn:uuid:7"}}, status.StateSet, ""},
		"without an array":  {object{"id": "urn:uuid:7"}, status.StateSet, ""},
		"other case":        {[]any{object{"id": "URN:UUID:7"}}, status.StateClear, ""},
		"prefix":            {[]any{object{"id": "urn:uuid:77"}}, status.StateClear, ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			e := check(t, config(serving(listURL, encode(t, revocationList(c.items, nil)))), revocationEntry())
			require.Equal(t, c.state, e.State, describe(e))
			require.Equal(t, c.reason, e.Message)
			require.Equal(t, []vc.Code{status.CodeTypeDeprecated, status.CodeListUnsigned}, codes(e))
			require.Equal(t, issuer, e.ListIssuer)
			if c.state == status.StateSet {
				require.ErrorIs(t, e.Problem, status.ErrRevoked)
			} else {
				require.Nil(t, e.Problem)
			}
		})
	}
}

func TestRevocationListsThatCannotBeReliedOn(t *testing.T) {
	cases := map[string]struct {
		body any
		code vc.Code
		url  string
	}{
		"not JSON":         {"revoked: none", status.CodeListMalformed, vc.TypeMalformedValue},
		"repeated member":  {`{"id":"` + listURL + `","revokedCredential":[{"id":"urn:uuid:7"}],"revokedCredential":[]}`, status.CodeListMalformed, vc.TypeMalformedValue},
		"trailing data":    {`{"revokedCredential":[]} {}`, status.CodeListMalformed, vc.TypeMalformedValue},
		"an array":         {"[]", status.CodeListMalformed, vc.TypeMalformedValue},
		"an error message": {object{"error": "not ready"}, status.CodeListContentMissing, vc.TypeMalformedValue},
		"without members":  {object{}, status.CodeListContentMissing, vc.TypeMalformedValue},
		"without a list":   {object{"id": listURL, "issuer": issuer}, status.CodeListContentMissing, vc.TypeMalformedValue},
		"of Open Badges 2": {object{"id": listURL, "issuer": issuer, "revokedAssertions": []any{"urn:uuid:7"}}, status.CodeListContentMissing, vc.TypeMalformedValue},
		"list null":        {revocationList(json.RawMessage("null"), nil), status.CodeListMalformed, vc.TypeMalformedValue},
		"another's":        {revocationList([]any{}, object{"id": "https://school.example/else"}), status.CodeListIDMismatch, vc.TypeStatusVerification},
		"null":             {revocationList([]any{nil}, nil), status.CodeListMalformed, vc.TypeMalformedValue},
		"a string":         {revocationList([]any{"urn:uuid:7"}, nil), status.CodeListMalformed, vc.TypeMalformedValue},
		"without id":       {revocationList([]any{object{"revoked": true}}, nil), status.CodeListMalformed, vc.TypeMalformedValue},
		"revoked a string": {revocationList([]any{object{"id": "urn:uuid:7", "revoked": "false"}}, nil), status.CodeListMalformed, vc.TypeMalformedValue},
		"revoked null":     {revocationList([]any{object{"id": "urn:uuid:7", "revoked": nil}}, nil), status.CodeListMalformed, vc.TypeMalformedValue},
		"other issuer":     {revocationList([]any{}, object{"issuer": object{"id": "https://evil.example"}}), status.CodeListWrongIssuer, vc.TypeStatusVerification},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			body, isText := c.body.(string)
			if !isText {
				body = encode(t, c.body)
			}
			e := check(t, config(serving(listURL, body)), revocationEntry())
			wantProblem(t, e, c.code, c.url)
			require.Equal(t, "/credentialStatus/id", e.Problem.Pointer)
		})
	}
}

// A list of another id, of whatever kind, revokes what it says is revoked, and leaves
// open what the list that was named would say of the rest.
func TestListOfAnotherID(t *testing.T) {
	id := object{"id": "https://school.example/else"}
	for _, skip := range []bool{false, true} {
		ask := func(list, entry object) *status.Entry {
			c := config(serving(listURL, encode(t, list)))
			c.SkipListID = skip
			return check(t, c, entry)
		}
		bits := listCredential(encodedList(t, bitsWith(7)), id, nil)
		for _, set := range []*status.Entry{ask(bits, entry("7", nil)),
			ask(revocationList([]any{object{"id": "urn:uuid:7"}}, id), revocationEntry())} {
			require.ErrorIs(t, set.Problem, status.ErrRevoked)
			require.Contains(t, codes(set), status.CodeListIDMismatch)
		}
		for _, clear := range []*status.Entry{ask(bits, entry("6", nil)), ask(revocationList([]any{}, id), revocationEntry())} {
			if skip {
				require.Equal(t, status.StateClear, clear.State, describe(clear))
				require.Contains(t, codes(clear), status.CodeListIDMismatch)
			} else {
				wantProblem(t, clear, status.CodeListIDMismatch, vc.TypeStatusVerification)
			}
		}
	}
}

func TestRevocationListEntry(t *testing.T) {
	h := serving(listURL, encode(t, revocationList([]any{}, nil)))
	wantMalformed(t, check(t, config(h), object{"type": "1EdTechRevocationList"}), status.CodeEntryMalformed, vc.TypeMalformedValue)
	wantMalformed(t, check(t, config(h), object{"type": "1EdTechRevocationList", "id": "list"}), status.CodeEntryMalformed, vc.TypeMalformedValue)
	wantProblem(t, check(t, config(h), object{"type": "1EdTechRevocationList", "id": strings.Replace(listURL, "https", "http", 1)}), status.CodeListInsecure, vc.TypeStatusRetrieval)
	require.Zero(t, h.asked.Load())
	wantProblem(t, check(t, config(fetch.Offline{}), revocationEntry()), status.CodeUnavailable, vc.TypeStatusRetrieval)

	doc, err := vc.Parse([]byte(`{"issuer":"` + issuer + `","credentialStatus":` + encode(t, revocationEntry()) + `}`))
	require.NoError(t, err)
	r := status.Check(t.Context(), doc, config(h))
	require.Equal(t, status.CodeCredentialIDMissing, r.Entries[0].Problem.Code)
	require.Equal(t, status.StateMalformed, r.Entries[0].State)
}

func TestRevocationListOnAnotherHost(t *testing.T) {
	url := "https://lists.example/7"
	h := serving(url, encode(t, revocationList([]any{}, nil)))
	for id, other := range map[string]bool{
		issuer: true, "did:web:school.example:issuer": true, "did:web:lists.example#key": false, "https://LISTS.example/x": false,
		"did:key:z6Mk": false, // names no host
	} {
		doc, err := vc.Parse([]byte(`{"id":"urn:uuid:7","issuer":"` + id + `","credentialStatus":{"type":"1EdTechRevocationList","id":"` + url + `"}}`))
		require.NoError(t, err)
		c := config(h)
		c.TrustedIssuers, c.SkipListID = []string{issuer}, true
		r := status.Check(t.Context(), doc, c)
		require.Equal(t, status.StateClear, r.Entries[0].State, describe(&r.Entries[0]))
		require.Equal(t, other, strings.Contains(encode(t, codes(&r.Entries[0])), string(status.CodeListOtherHost)), id)
		require.Contains(t, codes(&r.Entries[0]), status.CodeListIDMismatch)
	}
}

func TestRevocationListLimit(t *testing.T) {
	c := config(serving(listURL, encode(t, revocationList([]any{}, object{"padding": strings.Repeat(" ", 4096)}))))
	c.MaxListBytes = 4096
	wantProblem(t, check(t, c, revocationEntry()), status.CodeListMalformed, vc.TypeMalformedValue)
}

func TestRevocationListIsCached(t *testing.T) {
	h := serving(listURL, encode(t, revocationList([]any{object{"id": "urn:uuid:7"}}, nil)))
	c := config(h)
	c.Cache = status.NewMemoryCache(0)
	for range 3 {
		e := check(t, c, revocationEntry())
		require.ErrorIs(t, e.Problem, status.ErrRevoked)
	}
	require.EqualValues(t, 1, h.asked.Load())
	c.At = testkit.Now.Add(5 * 60e9)
	check(t, c, revocationEntry())
	require.EqualValues(t, 2, h.asked.Load())
}
