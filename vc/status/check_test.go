package status_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/status"
)

func TestClear(t *testing.T) {
	h := serving(listURL, encode(t, listCredential(encodedList(t, bitsWith(7)), nil, nil)))
	e := check(t, config(h), entry("6", nil))
	require.Equal(t, status.StateClear, e.State, describe(e))
	require.Nil(t, e.Problem)
	require.Empty(t, e.Warnings)
	require.Equal(t, status.Entry{Pointer: "/credentialStatus", Type: "BitstringStatusListEntry", Purpose: "revocation", Index: "6",
		State: status.StateClear, List: listURL, ListIssuer: issuer, FetchedAt: testkit.Now, Source: fetch.SourceNetwork}, *e)
}

func TestRefusals(t *testing.T) {
	h := serving(listURL, encode(t, listCredential(encodedList(t, bitsWith(7)), nil, object{"statusPurpose": []string{"suspension", "revocation"}})))
	for purpose, want := range map[string]error{"revocation": status.ErrRevoked, "suspension": status.ErrSuspended} {
		r := status.Check(t.Context(), credential(t, entry("7", object{"statusPurpose": purpose})), config(h))
		require.Equal(t, status.StateSet, r.Entries[0].State)
		require.EqualValues(t, 1, r.Entries[0].Value)
		require.ErrorIs(t, r.Err(), want)
		require.NotEmpty(t, r.Entries[0].Problem.Fix)
	}
}

func TestNoStatusIsNoError(t *testing.T) {
	doc, err := vc.Parse([]byte(`{"issuer":"` + issuer + `"}`))
	require.NoError(t, err)
	r := status.Check(t.Context(), doc, status.Options{})
	require.Empty(t, r.Entries)
	require.NoError(t, r.Err())
}

// The zero Options are offline and believes no list.
func TestZeroConfigKnowsNothing(t *testing.T) {
	e := check(t, status.Options{}, entry("7", nil))
	wantProblem(t, e, status.CodeListNotVerified, vc.TypeStatusVerification)

	e = check(t, status.Options{VerifyList: believe}, entry("7", nil))
	wantProblem(t, e, status.CodeUnavailable, vc.TypeStatusRetrieval)
	require.ErrorIs(t, e.Problem, &fetch.Error{Code: fetch.CodeOffline})
	require.False(t, e.Temporary())
}

func TestEntriesThatCannotBeRead(t *testing.T) {
	h := serving(listURL, encode(t, listCredential(encodedList(t, bitsWith(7)), nil, nil)))
	two := []string{"revocation", "suspension"}
	cases := map[string]struct {
		entry   any
		code    vc.Code
		typeURL string
	}{
		"string":           {"https://school.example/status/3", status.CodeEntryMalformed, vc.TypeMalformedValue},
		"null":             {[]any{nil}, status.CodeEntryMalformed, vc.TypeMalformedValue},
		"no type":          {entry("6", object{"type": nil}), status.CodeEntryMalformed, vc.TypeMalformedValue},
		"type a number":    {entry("6", object{"type": 7}), status.CodeEntryMalformed, vc.TypeMalformedValue},
		"unknown type":     {entry("6", object{"type": "TokenStatusList"}), status.CodeTypeNotSupported, vc.TypeStatusVerification},
		"type of any case": {entry("6", object{"type": "bitstringstatuslistentry"}), status.CodeTypeNotSupported, vc.TypeStatusVerification},
		"no purpose":       {entry("6", object{"statusPurpose": nil}), status.CodeEntryMalformed, vc.TypeMalformedValue},
		"two purposes":     {entry("6", object{"statusPurpose": two}), status.CodeEntryMalformed, vc.TypeMalformedValue},
		"no list":          {entry("6", object{"statusListCredential": nil}), status.CodeEntryMalformed, vc.TypeMalformedValue},
		"relative list":    {entry("6", object{"statusListCredential": "/status/3"}), status.CodeEntryMalformed, vc.TypeMalformedValue},
		"list an object":   {entry("6", object{"statusListCredential": object{"id": listURL}}), status.CodeEntryMalformed, vc.TypeMalformedValue},
		"no index":         {entry("6", object{"statusListIndex": nil}), status.CodeIndexMalformed, vc.TypeMalformedValue},
		"index true":       {entry(true, nil), status.CodeIndexMalformed, vc.TypeMalformedValue},
		"index -1":         {entry(-1, nil), status.CodeIndexMalformed, vc.TypeMalformedValue},
		"index 6.5":        {entry(6.5, nil), status.CodeIndexMalformed, vc.TypeMalformedValue},
		"index 06":         {entry("06", nil), status.CodeIndexMalformed, vc.TypeMalformedValue},
		"size a string":    {entry("6", object{"statusSize": "1"}), status.CodeSizeInvalid, vc.TypeMalformedValue},
		"size 1.5":         {entry("6", object{"statusSize": 1.5}), status.CodeSizeInvalid, vc.TypeMalformedValue},
		"size 65":          {entry("6", object{"statusSize": 65}), status.CodeSizeInvalid, vc.TypeMalformedValue},
		"size 1e300":       {entry("6", object{"statusSize": 1e300}), status.CodeSizeInvalid, vc.TypeMalformedValue},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			state := status.StateMalformed
			if c.code == status.CodeTypeNotSupported {
				state = status.StateUnknown
			}
			wantState(t, check(t, config(h), c.entry), state, c.code, c.typeURL)
		})
	}
	require.Zero(t, h.asked.Load(), "nothing was asked for an entry that cannot be read")
}

func TestListsThatCannotBeReliedOn(t *testing.T) {
	good := encodedList(t, bitsWith(7))
	cases := map[string]struct {
		list    any
		code    vc.Code
		typeURL string
	}{
		"other issuer":         {listCredential(good, object{"issuer": "https://evil.example"}, nil), status.CodeListWrongIssuer, vc.TypeStatusVerification},
		"no issuer":            {listCredential(good, object{"issuer": nil}, nil), status.CodeListWrongIssuer, vc.TypeStatusVerification},
		"other credential":     {listCredential(good, object{"type": []string{"VerifiableCredential"}}, nil), status.CodeListWrongType, vc.TypeStatusVerification},
		"older list":           {listCredential(good, object{"type": []string{"VerifiableCredential", "StatusList2021Credential"}}, nil), status.CodeListWrongType, vc.TypeStatusVerification},
		"other subject":        {listCredential(good, nil, object{"type": "StatusList2021"}), status.CodeListWrongType, vc.TypeStatusVerification},
		"other purpose":        {listCredential(good, nil, object{"statusPurpose": "suspension"}), status.CodeListWrongPurpose, vc.TypeStatusVerification},
		"no purpose":           {listCredential(good, nil, object{"statusPurpose": nil}), status.CodeListWrongPurpose, vc.TypeStatusVerification},
		"not yet valid":        {listCredential(good, object{"validFrom": "2026-01-01T00:05:01Z"}, nil), status.CodeListNotYetValid, vc.TypeStatusVerification},
		"not yet issued":       {listCredential(good, object{"issuanceDate": "3000-01-01T00:00:00Z"}, nil), status.CodeListNotYetValid, vc.TypeStatusVerification},
		"expired":              {listCredential(good, object{"validUntil": "2025-12-31T23:55:00Z"}, nil), status.CodeListExpired, vc.TypeStatusVerification},
		"expired, VCDM 1.1":    {listCredential(good, object{"expirationDate": "2020-01-01T00:00:00Z"}, nil), status.CodeListExpired, vc.TypeStatusVerification},
		"date malformed":       {listCredential(good, object{"validUntil": "tomorrow"}, nil), status.CodeListMalformed, vc.TypeMalformedValue},
		"date a number":        {listCredential(good, object{"validUntil": 4102444800}, nil), status.CodeListMalformed, vc.TypeMalformedValue},
		"no subject":           {listCredential(good, object{"credentialSubject": nil}, nil), status.CodeListMalformed, vc.TypeMalformedValue},
		"two subjects":         {listCredential(good, object{"credentialSubject": []any{object{}, object{}}}, nil), status.CodeListMalformed, vc.TypeMalformedValue},
		"no list":              {listCredential(nil, nil, object{"encodedList": nil}), status.CodeListContentMissing, vc.TypeMalformedValue},
		"list a number":        {listCredential(7, nil, nil), status.CodeListMalformed, vc.TypeMalformedValue},
		"list empty":           {listCredential("", nil, nil), status.CodeListEncoding, vc.TypeMalformedValue},
		"list with line break": {listCredential(good[:40]+"\n"+good[40:], nil, nil), status.CodeListEncoding, vc.TypeMalformedValue},
		"list too short": {listCredential(encodedList(t, make([]byte, status.MinEntries/8-1)), nil, nil), status.CodeListTooShort,
			vc.TypeStatusListLength},
		"not JSON": {"<html>", status.CodeListNotVerified, vc.TypeStatusVerification},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			body, isText := c.list.(string)
			if !isText {
				body = encode(t, c.list)
			}
			e := check(t, config(serving(listURL, body)), entry("6", nil))
			wantProblem(t, e, c.code, c.typeURL)
			require.Equal(t, "/credentialStatus/statusListCredential", e.Problem.Pointer)
		})
	}
}

// Dates just inside the skew are accepted, so that the cases above fail for
// their second and not for the form.
func TestDatesWithinSkew(t *testing.T) {
	list := listCredential(encodedList(t, bitsWith()), object{"validFrom": "2026-01-01T00:05:00Z"}, nil)
	e := check(t, config(serving(listURL, encode(t, list))), entry("6", nil))
	require.Equal(t, status.StateClear, e.State, describe(e))

	list = listCredential(encodedList(t, bitsWith()), object{"validUntil": "2025-12-31T23:55:01Z"}, nil)
	h := serving(listURL, encode(t, list))
	require.Equal(t, status.StateClear, check(t, config(h), entry("6", nil)).State)

	strict := config(h)
	strict.Skew = -1
	wantProblem(t, check(t, strict, entry("6", nil)), status.CodeListExpired, vc.TypeStatusVerification)
}

func TestTrustedIssuer(t *testing.T) {
	c := config(serving(listURL, encode(t, listCredential(encodedList(t, bitsWith(7)), object{"issuer": object{"id": "did:example:registrar"}}, nil))))
	c.TrustedIssuers = []string{"did:example:registrar"}
	e := check(t, c, entry("7", nil))
	require.ErrorIs(t, e.Problem, status.ErrRevoked)
	require.Equal(t, "did:example:registrar", e.ListIssuer)
}

func TestForgedListSaysNothing(t *testing.T) {
	h := serving(listURL, encode(t, listCredential(encodedList(t, bitsWith(7)), nil, nil)))
	forged := errors.New("the signature is false")
	for name, verify := range map[string]func(context.Context, []byte) (status.VerifiedList, error){
		"error":   func(context.Context, []byte) (status.VerifiedList, error) { return status.VerifiedList{}, forged },
		"nothing": func(context.Context, []byte) (status.VerifiedList, error) { return status.VerifiedList{}, nil },
		"panic":   func(context.Context, []byte) (status.VerifiedList, error) { panic("own") },
		"both": func(ctx context.Context, b []byte) (status.VerifiedList, error) {
			list, _ := believe(ctx, b)
			return list, forged
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := config(h)
			c.VerifyList = verify
			e := check(t, c, entry("7", nil))
			wantProblem(t, e, status.CodeListNotVerified, vc.TypeStatusVerification)
			require.NotErrorIs(t, e.Problem, status.ErrRevoked)
		})
	}
}

// silent is a Fetcher that keeps no promise.
type silent struct{}

func (silent) Fetch(context.Context, string) (*fetch.Response, error) { return nil, nil }

// busy fails for a cause that passes.
type busy struct{}

func (busy) Fetch(_ context.Context, url string) (*fetch.Response, error) {
	return nil, fmt.Errorf("wrapped: %w", &fetch.Error{Code: fetch.CodeTimeout, URL: url, Detail: "the server did not answer in time"})
}

func TestUnavailable(t *testing.T) {
	wantProblem(t, check(t, config(silent{}), entry("7", nil)), status.CodeUnavailable, vc.TypeStatusRetrieval)
	e := check(t, config(busy{}), entry("7", nil))
	wantProblem(t, e, status.CodeUnavailable, vc.TypeStatusRetrieval)
	require.True(t, e.Temporary())
	require.Contains(t, e.Problem.Message, "did not answer in time")
}

// A defect that does not touch the signature does not hide a revocation.
func TestSetWinsOverDefects(t *testing.T) {
	short := make([]byte, 12_500)
	short[0] = 0x02 // index 6
	h := serving(listURL, encode(t, listCredential(encodedList(t, short), nil, nil)))

	e := check(t, config(h), entry("6", nil))
	require.ErrorIs(t, e.Problem, status.ErrRevoked)
	require.Equal(t, status.StateSet, e.State)
	require.Contains(t, codes(e), status.CodeListTooShort)

	wantProblem(t, check(t, config(h), entry("7", nil)), status.CodeListTooShort, vc.TypeStatusListLength)

	c := config(h)
	c.MinEntries = 100_000
	e = check(t, c, entry("7", nil))
	require.Equal(t, status.StateClear, e.State, describe(e))
	c.MinEntries = 100_001
	wantProblem(t, check(t, c, entry("7", nil)), status.CodeListTooShort, vc.TypeStatusListLength)
}

func TestEveryEntryIsChecked(t *testing.T) {
	suspended := strings.Replace(listURL, "3", "4", 1)
	h := serving(listURL, encode(t, listCredential(encodedList(t, bitsWith()), nil, nil)))
	h.bodies[suspended] = encode(t, listCredential(encodedList(t, bitsWith(9)), object{"id": suspended}, object{"statusPurpose": "suspension"}))
	doc := credential(t, []any{
		entry("7", nil),
		entry("9", object{"statusPurpose": "suspension", "statusListCredential": suspended}),
		entry("1", object{"type": "SomethingElse"}),
	})
	r := status.Check(t.Context(), doc, config(h))
	require.Len(t, r.Entries, 3)
	require.Equal(t, status.StateClear, r.Entries[0].State)
	require.Equal(t, "/credentialStatus/1", r.Entries[1].Pointer)
	require.ErrorIs(t, r.Entries[1].Problem, status.ErrSuspended)
	require.Equal(t, status.CodeTypeNotSupported, r.Entries[2].Problem.Code)
	require.ErrorIs(t, r.Err(), status.ErrSuspended)
	require.NotErrorIs(t, r.Err(), status.ErrRevoked)
}

// Two purposes in one list cost one fetch, also without a Cache.
func TestSharedListIsFetchedOnce(t *testing.T) {
	h := serving(listURL, encode(t, listCredential(encodedList(t, bitsWith(5)), nil, object{"statusPurpose": []string{"revocation", "suspension"}})))
	doc := credential(t, []any{entry("4", nil), entry("5", object{"statusPurpose": "suspension"})})
	r := status.Check(t.Context(), doc, config(h))
	require.Equal(t, status.StateClear, r.Entries[0].State)
	require.ErrorIs(t, r.Err(), status.ErrSuspended)
	require.EqualValues(t, 1, h.asked.Load())
}

func TestTooManyEntries(t *testing.T) {
	h := serving(listURL, encode(t, listCredential(encodedList(t, bitsWith()), nil, nil)))
	all := make([]any, 1000)
	for i := range all {
		all[i] = entry("7", object{"statusListCredential": fmt.Sprintf("https://victim.example/%d", i)})
	}
	r := status.Check(t.Context(), credential(t, all), config(h))
	require.Zero(t, h.asked.Load(), "which were asked would depend on their order")
	require.Len(t, r.Entries, 1)
	wantMalformed(t, &r.Entries[0], status.CodeTooManyEntries, vc.TypeRange)

	r = status.Check(t.Context(), credential(t, all[:16]), config(h))
	require.Len(t, r.Entries, 16)
	require.EqualValues(t, 16, h.asked.Load())
}

func TestPurposesThatDoNotRefuse(t *testing.T) {
	h := serving(listURL, encode(t, listCredential(encodedList(t, bitsWith(7)), nil, object{"statusPurpose": []string{"refresh", "message", "parking"}})))
	e := check(t, config(h), entry("7", object{"statusPurpose": "refresh"}))
	require.Equal(t, status.StateSet, e.State)
	require.Nil(t, e.Problem)
	require.Equal(t, []vc.Code{status.CodeRefreshSet}, codes(e))

	e = check(t, config(h), entry("7", object{"statusPurpose": "message"}))
	require.Equal(t, status.StateSet, e.State)
	require.Nil(t, e.Problem)
	require.Equal(t, "set", e.Message)
	require.Equal(t, "unset", check(t, config(h), entry("6", object{"statusPurpose": "message"})).Message)

	e = check(t, config(h), entry("7", object{"statusPurpose": "parking"}))
	wantProblem(t, e, status.CodePurposeNotSupported, vc.TypeStatusVerification)
	require.EqualValues(t, 1, e.Value)
	require.Equal(t, status.StateClear, check(t, config(h), entry("6", object{"statusPurpose": "parking"})).State)
}

func TestMessages(t *testing.T) {
	bits := make([]byte, 2*status.MinEntries/8)
	bits[0] = 0b00_01_10_11
	h := serving(listURL, encode(t, listCredential(encodedList(t, bits), nil, object{"statusPurpose": "message"})))
	table := []any{object{"status": "0x0", "message": "pending"}, object{"status": "0x1", "message": "accepted"},
		object{"status": "0x02", "message": "rejected"}, object{"status": "0x3", "message": "undefined"}}
	ask := func(index string, changes object) *status.Entry {
		return check(t, config(h), entry(index, changed(object{"statusPurpose": "message", "statusSize": 2, "statusMessage": table}, changes)))
	}
	for i, want := range []string{"pending", "accepted", "rejected", "undefined"} {
		e := ask(fmt.Sprint(i), nil)
		require.Nil(t, e.Problem)
		require.Empty(t, e.Warnings)
		require.EqualValues(t, i, e.Value)
		require.Equal(t, want, e.Message)
	}
	wantMalformed(t, ask("2", object{"statusMessage": table[:3]}), status.CodeMessageInvalid, vc.TypeMalformedValue)
	wantMalformed(t, ask("2", object{"statusMessage": object{}}), status.CodeMessageInvalid, vc.TypeMalformedValue)
	wantMalformed(t, ask("2", object{"statusMessage": []any{1, 2, 3, 4}}), status.CodeMessageInvalid, vc.TypeMalformedValue)
	require.Equal(t, []vc.Code{status.CodeMessageMissing}, codes(ask("2", object{"statusMessage": nil})))
}

func TestWarnings(t *testing.T) {
	list := listCredential(encodedList(t, bitsWith()), object{"id": "https://school.example/other"}, object{"ttl": "soon"})
	c := config(serving(listURL, encode(t, list)))
	c.SkipListID = true
	e := check(t, c, entry(6, object{"id": listURL}))
	require.Equal(t, status.StateClear, e.State)
	require.ElementsMatch(t, []vc.Code{status.CodeIndexNotString, status.CodeEntryIDIsList, status.CodeListIDMismatch,
		status.CodeListTTLInvalid}, codes(e))
	for _, w := range e.Warnings {
		require.Equal(t, vc.SeverityWarning, w.Severity)
		require.True(t, strings.HasPrefix(w.Pointer, "/credentialStatus/"), "%v", w)
		require.NotEmpty(t, w.Fix)
	}
	list = listCredential(encodedList(t, bitsWith()), object{"id": nil}, nil)
	require.Empty(t, check(t, config(serving(listURL, encode(t, list))), entry("6", nil)).Warnings, "id is optional")
}

func TestStaleAnswerOfACache(t *testing.T) {
	h := serving(listURL, encode(t, listCredential(encodedList(t, bitsWith()), nil, object{"ttl": 60_000})))
	h.source, h.fetched = fetch.SourceCache, testkit.Now.Add(-2*time.Minute)
	require.Equal(t, []vc.Code{status.CodeListStale}, codes(check(t, config(h), entry("6", nil))))
	h.fetched = testkit.Now.Add(-time.Minute)
	require.Empty(t, check(t, config(h), entry("6", nil)).Warnings)
}

func TestListAsToken(t *testing.T) {
	payload := encode(t, listCredential(encodedList(t, bitsWith(7)), nil, nil))
	token := encodeToken(`{"alg":"ES256","typ":"vc+jwt"}`, payload)
	e := check(t, config(serving(listURL, token)), entry("7", nil))
	require.ErrorIs(t, e.Problem, status.ErrRevoked)
}
