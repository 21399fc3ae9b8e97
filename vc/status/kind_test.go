package status_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/contexts"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/status"
)

// everyKind is an entry of each type that is read, whose lists hold index 7 and the
// credential that the tests check.
func everyKind(t testing.TB) (entries map[string]object, h *host) {
	entries, h = map[string]object{}, serving("", "")
	for name, form := range forms {
		url := "https://school.example/" + name
		entries[name] = object{"type": name, "statusPurpose": "revocation", form.url: url, form.index: "7"}
		encoded := encodedList(t, bitsWith(7))
		if name != "BitstringStatusListEntry" {
			encoded = encoded[1:]
		}
		h.bodies[url] = encode(t, object{"id": url, "type": []string{"VerifiableCredential", form.list}, "issuer": issuer,
			"credentialSubject": object{"type": form.subject, "statusPurpose": "revocation", "encodedList": encoded}})
	}
	entries["1EdTechRevocationList"] = revocationEntry()
	h.bodies[listURL] = encode(t, revocationList([]any{object{"id": "urn:uuid:7"}}, nil))
	return entries, h
}

// iris are the IRIs of the types of entries in the contexts that are known, and in
// that of 2020, which is not.
func iris(t *testing.T) map[string]string {
	found := map[string]string{"RevocationList2020Status": "https://w3id.org/vc-revocation-list-2020#RevocationList2020Status"}
	for _, url := range contexts.URLs() {
		doc, _ := contexts.Lookup(url)
		var whole struct {
			Context map[string]json.RawMessage `json:"@context"`
		}
		if json.Unmarshal(doc, &whole) != nil {
			continue // an array of contexts, which define no status
		}
		for _, name := range []string{"BitstringStatusListEntry", "StatusList2021Entry", "1EdTechRevocationList"} {
			var term struct {
				ID string `json:"@id"`
			}
			if raw := whole.Context[name]; raw != nil && json.Unmarshal(raw, &term.ID) != nil {
				require.NoError(t, json.Unmarshal(raw, &term))
			}
			if term.ID != "" {
				found[name] = term.ID
			}
		}
	}
	require.Len(t, found, 4)
	return found
}

// A holder who writes what RDF takes for the same gets the same answer, or an entry
// that fails: never one that says nothing.
func TestRewrittenEntries(t *testing.T) {
	entries, h := everyKind(t)
	iris := iris(t)
	for name, e := range entries {
		rewrite := func(change func(object)) object {
			copied := changed(object{}, e)
			change(copied)
			return copied
		}
		set := func(member string, to func(any) any) object {
			return rewrite(func(o object) { o[member] = to(o[member]) })
		}
		one := func(v any) any { return []any{v} }
		value := func(v any) any { return object{"@value": v} }
		cases := map[string]any{
			"as it is": e, "in an array": []any{e}, "in an array of an array": []any{[]any{e}}, "in a set": object{"@set": []any{e}}, "in a list": object{"@list": []any{e}},
			"beside null": []any{nil, e}, "beside its id": []any{"urn:uuid:entry", e}, "twice": []any{e, e},
			"type by its IRI":      set("type", func(any) any { return iris[name] }),
			"type by a compact":    set("type", func(any) any { return "any:" + name }),
			"type by a path":       set("type", func(any) any { return "https://school.example/" + name }),
			"type and its IRI":     set("type", func(any) any { return []any{name, iris[name]} }),
			"type in an array":     set("type", one),
			"type twice":           set("type", func(any) any { return []any{name, name} }),
			"type and another":     set("type", func(any) any { return []any{"Another", name} }),
			"type in two arrays":   set("type", func(v any) any { return []any{[]any{v}} }),
			"type by the keyword":  rewrite(func(o object) { o["@type"] = o["type"]; delete(o, "type") }),
			"type by the alias":    rewrite(func(o object) { o["kind"] = o["type"]; delete(o, "type") }),
			"type as a value":      set("type", value),
			"type beside a number": set("type", func(v any) any { return []any{v, 7} }),
			"id by the keyword":    rewrite(func(o object) { o["@id"] = "urn:uuid:entry" }),
		}
		for member := range e {
			if member == "type" || name != "BitstringStatusListEntry" && name != "StatusList2021Entry" && member == "statusPurpose" {
				continue
			}
			cases[member+" in an array"] = set(member, one)
			cases[member+" in two arrays"] = set(member, func(v any) any { return []any{[]any{v}} })
			cases[member+" twice"] = set(member, func(v any) any { return []any{v, v} })
			cases[member+" as a value"] = set(member, value)
			cases[member+" as an object"] = set(member, func(v any) any { return object{"id": v} })
			cases[member+" by its IRI"] = rewrite(func(o object) { o["https://school.example/terms#"+member] = o[member]; delete(o, member) })
		}
		if name == "BitstringStatusListEntry" {
			for text, size := range map[string]any{"1": 1, "1.0": json.RawMessage("1.0"), "1e0": json.RawMessage("1e0"), "text": "1", "array": []any{1}, "text in an array": []any{"1"},
				"value": object{"@value": 1}, "null": nil} {
				cases["statusSize "+text] = rewrite(func(o object) { o["statusSize"] = size })
			}
		}
		for what, rewritten := range cases {
			t.Run(name+", "+what, func(t *testing.T) {
				r := status.Check(t.Context(), credential(t, rewritten), config(h))
				failed := false
				for i := range r.Entries {
					e := &r.Entries[i]
					require.NotEqual(t, status.StateClear, e.State, describe(e))
					require.NotEqual(t, status.StateUnknown, e.State, "a holder can choose this: %s", describe(e))
					failed = failed || e.Problem != nil
				}
				require.True(t, failed)
			})
		}
	}
}

// An array of one is its value, in every member that is read.
func TestArraysOfOne(t *testing.T) {
	entries, h := everyKind(t)
	for name, e := range entries {
		wrapped := object{}
		for member, v := range e {
			wrapped[member] = []any{v}
		}
		if name == "BitstringStatusListEntry" {
			wrapped["statusSize"] = []any{1}
			wrapped["statusMessage"] = []any{object{"status": []any{"0x0"}, "message": []any{"fine"}}, object{"status": []any{"0x1"}, "message": []any{"gone"}}}
		}
		got := check(t, config(h), []any{wrapped})
		require.ErrorIs(t, got.Problem, status.ErrRevoked, name)
		if name == "BitstringStatusListEntry" {
			require.Equal(t, "gone", got.Message)
		}
	}
	list := listCredential([]any{encodedList(t, bitsWith(7))}, object{"validFrom": []any{"2025-12-01T00:00:00Z"}, "validUntil": []any{"2026-02-01T00:00:00Z"}},
		object{"statusPurpose": []any{"suspension", "revocation"}, "ttl": []any{600_000}, "type": []any{"BitstringStatusList"}})
	list["credentialSubject"] = []any{list["credentialSubject"]}
	e := check(t, config(serving(listURL, encode(t, list))), entry("6", nil))
	require.Equal(t, status.StateClear, e.State, describe(e))
	require.Empty(t, e.Warnings)
	expired := changed(list, object{"validUntil": []any{"2025-12-31T00:00:00Z"}})
	wantProblem(t, check(t, config(serving(listURL, encode(t, expired))), entry("6", nil)), status.CodeListExpired, vc.TypeStatusVerification)
}

// A whole JSON number is read as the index that it is, however it is written, and
// said to be no text.
func TestIndexAsNumber(t *testing.T) {
	h := serving(listURL, encode(t, listCredential(encodedList(t, bitsWith(70)), nil, nil)))
	for _, text := range []string{"70", "70.0", "7e1", "7E+1", "700e-1"} {
		e := check(t, config(h), entry(json.RawMessage(text), nil))
		require.ErrorIs(t, e.Problem, status.ErrRevoked, text)
		require.Equal(t, "70", e.Index)
		require.Equal(t, []vc.Code{status.CodeIndexNotString}, codes(e))
	}
	for _, text := range []string{"70.5", "-70", "-70.0", "1e300", `"7e1"`, `"70.0"`, `" 70"`, `"+70"`, `"٧٠"`, "true", "null"} {
		wantMalformed(t, check(t, config(h), entry(json.RawMessage(text), nil)), status.CodeIndexMalformed, vc.TypeMalformedValue)
	}
}

// Two entries of one id are one thing in RDF, and nobody can tell whose members are
// whose; in a token they are what they are.
func TestEntriesOfOneID(t *testing.T) {
	h := serving(listURL, encode(t, listCredential(encodedList(t, bitsWith(7)), nil, nil)))
	for name, id := range map[string][2]any{"alike": {"urn:uuid:e", "urn:uuid:e"}, "in an array": {"urn:uuid:e", []any{"urn:uuid:e"}}} {
		t.Run(name, func(t *testing.T) {
			pair := []any{entry("5", object{"id": id[0]}), entry("6", object{"id": id[1]})}
			r := status.Check(t.Context(), credential(t, pair), config(h))
			for i := range r.Entries {
				wantMalformed(t, &r.Entries[i], status.CodeEntryAmbiguous, vc.TypeMalformedValue)
			}
			doc, err := vc.Parse([]byte(encodeToken(`{"alg":"ES256","typ":"vc+jwt"}`, string(credential(t, pair).Bytes()))))
			require.NoError(t, err)
			r = status.Check(t.Context(), doc, config(h))
			require.NoError(t, r.Err())
			require.Len(t, r.Entries, 2)
		})
	}
	r := status.Check(t.Context(), credential(t, []any{entry("5", object{"id": "urn:uuid:e"}), entry("6", object{"id": "urn:uuid:f"})}), config(h))
	require.NoError(t, r.Err())
}

// Types that are no spelling of a known one stay not supported.
func TestUnknownTypes(t *testing.T) {
	for _, typ := range []any{"TokenStatusList", "https://school.example/terms#Other", "bitstringstatuslistentry", "BitstringStatusListEntry2", []string{"B", "A"}} {
		e := check(t, config(serving("", "")), entry("6", object{"type": typ}))
		wantProblem(t, e, status.CodeTypeNotSupported, vc.TypeStatusVerification)
		require.NotEmpty(t, e.Type)
	}
	require.Equal(t, "A", check(t, config(serving("", "")), entry("6", object{"type": []string{"B", "A"}})).Type, "the least, since the order says nothing")
	require.Equal(t, "malformed", fmt.Sprint(status.StateMalformed))
}
