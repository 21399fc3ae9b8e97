package status_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/status"
)

// worst is what a verifier makes of the entries: 3 refused, 2 malformed, 1 unknown.
func worst(r *status.Result) (rank int) {
	for i := range r.Entries {
		switch e := &r.Entries[i]; {
		case e.State == status.StateSet && e.Problem != nil:
			rank = max(rank, 3)
		case e.State == status.StateMalformed:
			rank = max(rank, 2)
		case e.State == status.StateUnknown:
			rank = max(rank, 1)
		}
	}
	return rank
}

// An entry of two types is asked as both, and the worse answer counts, in whatever
// order they stand: a holder can swap them.
func TestEntryOfTwoTypes(t *testing.T) {
	entries, _ := everyKind(t)
	answers := []string{"clear", "set", "lost"}
	for one := range entries {
		for two := range entries {
			if one >= two {
				continue
			}
			for _, a := range answers {
				for _, b := range answers {
					t.Run(fmt.Sprintf("%s %s, %s %s", one, a, two, b), func(t *testing.T) {
						h := serving("", "")
						merged := changed(changed(object{}, entries[one]), entries[two])
						sameURL := forms[one].url != "" && forms[one].url == forms[two].url
						merge := func(name, answer string) {
							url := "https://school.example/" + name
							member := "id"
							if form, ok := forms[name]; ok {
								member = form.url
							}
							if sameURL {
								url = "https://school.example/both"
							}
							merged[member] = url
							if answer != "lost" {
								h.bodies[url] = bothLists(t, url, name, answer, h.bodies[url])
							}
						}
						merge(one, a)
						merge(two, b)
						want := 0
						for _, answer := range []string{a, b} {
							switch answer {
							case "set":
								want = 3
							case "lost":
								want = max(want, 1)
							}
						}
						if sameURL && a != b {
							t.Skip("one URL has one list")
						}
						for _, types := range [][]string{{one, two}, {two, one}, {"Another", two, one}} {
							r := status.Check(t.Context(), credential(t, changed(merged, object{"type": types})), config(h))
							require.Len(t, r.Entries, 2)
							require.Equal(t, want, worst(r), "%v %v", types, r.Err())
							require.True(t, r.Entries[0].Type != r.Entries[1].Type)
						}
					})
				}
			}
		}
	}
}

// bothLists is a list of a kind that answers so, and of the kind that is there.
func bothLists(t *testing.T, url, name, answer, before string) string {
	bits, items := bitsWith(), []any{}
	if answer == "set" {
		bits, items = bitsWith(7), []any{object{"id": "urn:uuid:7"}}
	}
	if name == "1EdTechRevocationList" {
		return encode(t, revocationList(items, object{"id": url}))
	}
	form := forms[name]
	types, subjects := []string{"VerifiableCredential", form.list}, []string{form.subject}
	if before != "" {
		types, subjects = append(types, "BitstringStatusListCredential", "StatusList2021Credential"), []string{"BitstringStatusList", "StatusList2021"}
	}
	encoded := encodedList(t, bits)
	if name == "RevocationList2020Status" {
		encoded = encoded[1:]
	}
	return encode(t, object{"id": url, "type": types, "issuer": issuer,
		"credentialSubject": object{"type": subjects, "statusPurpose": "revocation", "encodedList": encoded}})
}

// drawn makes a credentialStatus of entries that are good, set, lost, malformed, of
// several types, and with tables of messages.
func drawn(r *rand.Rand, entries map[string]object) []any {
	names := make([]string, 0, len(entries))
	for name := range entries {
		names = append(names, name)
	}
	slices.Sort(names)
	var all []any
	for range 1 + r.IntN(18) {
		e := changed(object{}, entries[names[r.IntN(len(names))]])
		if r.IntN(3) == 0 {
			e["type"] = []any{"Other", e["type"], names[r.IntN(len(names))], "Another"}
		}
		if r.IntN(8) == 0 {
			e["type"] = []any{"x:" + names[r.IntN(len(names))], "y:" + names[r.IntN(len(names))], e["type"]}
		}
		if r.IntN(3) == 0 {
			e["statusListIndex"] = fmt.Sprint(r.IntN(9))
		}
		if r.IntN(4) == 0 {
			e["statusListCredential"] = fmt.Sprintf("https://school.example/lost/%d", r.IntN(3))
		}
		if r.IntN(5) == 0 {
			e["statusPurpose"] = []any{"revocation", "suspension", "message", "parking"}[r.IntN(4)]
		}
		if r.IntN(5) == 0 {
			e["statusSize"] = []any{1, 2, "1", []any{1}}[r.IntN(4)]
			e["statusMessage"] = []any{object{"status": "0x0", "message": "a"}, object{"status": []any{"0x0", "0x1"}[r.IntN(2)], "message": "b"}}
		}
		if r.IntN(6) == 0 {
			e["id"] = fmt.Sprintf("urn:uuid:%d", r.IntN(3))
		}
		all = append(all, e)
	}
	return all
}

// shuffled orders every array anew: they are sets.
func shuffled(r *rand.Rand, v any) any {
	switch v := v.(type) {
	case []any:
		all := make([]any, len(v))
		for i, at := range r.Perm(len(v)) {
			all[i] = shuffled(r, v[at])
		}
		return all
	case object:
		o := object{}
		for name, member := range v {
			o[name] = shuffled(r, member)
		}
		return o
	}
	return v
}

// results are the entries as they are found, without the places where they stand
// and in an order of their own.
func results(t *testing.T, statuses any, h *host, requests int) []string {
	left := requests
	c := config(own(func(ctx context.Context, url string) (*fetch.Response, error) {
		if left--; left < 0 {
			return nil, &fetch.Error{Code: fetch.CodeBudget}
		}
		return h.Fetch(ctx, url)
	}))
	r := status.Check(t.Context(), credential(t, statuses), c)
	var all []string
	for _, e := range r.Entries {
		problem := ""
		if e.Problem != nil {
			problem = fmt.Sprint(e.Problem.Code, e.Problem.Found, e.Problem.Expected)
		}
		warnings := codes(&e)
		slices.Sort(warnings)
		all = append(all, fmt.Sprint(e.Type, e.Purpose, e.Index, e.State, e.Value, e.Message, e.List, e.ListIssuer, problem, warnings))
	}
	slices.Sort(all)
	return all
}

// Property: in whatever order the entries, their types and whatever else is a set
// stand, the results are the same, also where the requests do not suffice.
func TestOrderSaysNothing(t *testing.T) {
	entries, h := everyKind(t)
	r := rand.New(rand.NewPCG(7, 26))
	seen := map[string]int{}
	for range 300 {
		original := drawn(r, entries)
		requests := 1 + r.IntN(8)
		var plain any
		require.NoError(t, json.Unmarshal([]byte(encode(t, original)), &plain))
		want := results(t, plain, h, requests)
		for range 4 {
			again := shuffled(r, plain)
			require.Equal(t, want, results(t, again, h, requests), "%s\n%s", encode(t, plain), encode(t, again))
		}
		for _, e := range status.Check(t.Context(), credential(t, plain), config(h)).Entries {
			seen[e.State.String()]++
			if e.Problem != nil {
				seen[string(e.Problem.Code)]++
			}
		}
	}
	for _, kind := range []string{"clear", "set", "unknown", "malformed", "revoked", "status-unavailable", "status-message-invalid", "status-entry-ambiguous", "status-size-invalid", "status-too-many-entries"} {
		require.GreaterOrEqual(t, seen[kind], 10, "%s is hardly drawn: %v", kind, seen)
	}
}

// An unsigned list's order says nothing either.
func TestOrderOfRevocations(t *testing.T) {
	items := []any{object{"id": "urn:uuid:7", "revoked": false}, object{"id": "urn:uuid:7", "revocationReason": "b"}, object{"id": "urn:uuid:7", "revoked": true, "revocationReason": "a"}, object{"id": "urn:uuid:8"}}
	r := rand.New(rand.NewPCG(7, 27))
	for range 30 {
		e := check(t, config(serving(listURL, encode(t, revocationList(shuffled(r, items), nil)))), revocationEntry())
		require.ErrorIs(t, e.Problem, status.ErrRevoked)
		require.Equal(t, "a", e.Message)
	}
}
