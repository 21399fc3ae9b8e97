package status_test

import (
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/status"
)

// expanded undoes an encodedList with the standard library alone.
func expanded(t testing.TB, encoded string) []byte {
	t.Helper()
	bits, err := inflate(encoded)
	require.NoError(t, err)
	return bits
}

func inflate(encoded string) ([]byte, error) {
	text, ok := strings.CutPrefix(encoded, "u")
	if !ok {
		return nil, errors.New("no multibase of base64url")
	}
	z, err := gzip.NewReader(base64.NewDecoder(base64.RawURLEncoding, strings.NewReader(text)))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}

func TestListEncodes(t *testing.T) {
	list, err := status.NewList(status.MinEntries, 1)
	require.NoError(t, err)
	indexes := []int{0, 1, 7, 8, 94567, 131071}
	for _, i := range indexes {
		require.NoError(t, list.Set(i, 1))
	}
	require.NoError(t, list.Set(6, 1))
	require.NoError(t, list.Set(6, 0))
	encoded, err := list.Encode()
	require.NoError(t, err)
	require.Equal(t, bitsWith(indexes...), expanded(t, encoded))
	again, err := list.Encode()
	require.NoError(t, err)
	require.Equal(t, encoded, again)

	// The same bits as the list of the generated cases.
	require.Equal(t, expanded(t, generated(t)[0].EncodedList), expanded(t, encoded))
}

func TestListOfWideEntries(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for _, size := range []int{1, 2, 3, 7, 8, 13, 63, 64} {
		list, err := status.NewList(status.MinEntries+1, size)
		require.NoError(t, err)
		require.Equal(t, size, list.EntrySize())
		require.GreaterOrEqual(t, list.Len(), status.MinEntries+1)
		want := map[int]uint64{}
		for range 200 {
			i, v := random.IntN(list.Len()), random.Uint64()>>(64-size)
			want[i] = v
			require.NoError(t, list.Set(i, v))
		}
		for i, v := range want {
			got, err := list.Value(i)
			require.NoError(t, err)
			require.Equal(t, v, got)
		}
	}
}

func TestListRefuses(t *testing.T) {
	for _, c := range [][2]int{{0, 1}, {-1, 1}, {status.MinEntries - 1, 1}, {status.MinEntries, 0}, {status.MinEntries, -1},
		{status.MinEntries, 65}, {16<<23 + 1, 1}, {1 << 62, 64}} {
		_, err := status.NewList(c[0], c[1])
		require.Error(t, err, "%d entries of %d bits", c[0], c[1])
	}
	list, err := status.NewList(status.MinEntries, 2)
	require.NoError(t, err)
	for _, i := range []int{-1, list.Len(), 1 << 62} {
		require.ErrorIs(t, list.Set(i, 1), status.ErrIndex)
		_, err := list.Value(i)
		require.ErrorIs(t, err, status.ErrIndex)
	}
	require.ErrorIs(t, list.Set(0, 4), status.ErrIndex)
	require.NoError(t, list.Set(0, 3))

	var zero status.List
	require.Zero(t, zero.Len())
	require.ErrorIs(t, zero.Set(0, 1), status.ErrIndex)
	_, err = zero.Credential(publication())
	require.ErrorContains(t, err, "the list has 0 entries")

	_, err = status.ParseList("u", 1)
	require.ErrorContains(t, err, "too short to be gzip")
	_, err = status.ParseList(encodedList(t, bitsWith()), 0)
	require.ErrorContains(t, err, "an entry has 1 to 64 bits, not 0")
}

func publication() status.Publication {
	return status.Publication{ID: listURL, Issuer: issuer, Purposes: []string{status.PurposeRevocation},
		ValidFrom: testkit.Now, ValidUntil: testkit.Now.Add(24 * time.Hour), TTL: 10 * time.Minute}
}

func TestCredential(t *testing.T) {
	list, err := status.NewList(status.MinEntries, 1)
	require.NoError(t, err)
	require.NoError(t, list.Set(7, 1))
	p := publication()
	written, err := list.Credential(p)
	require.NoError(t, err)
	encoded, err := list.Encode()
	require.NoError(t, err)
	require.JSONEq(t, `{
		"@context": ["https://www.w3.org/ns/credentials/v2"],
		"id": "https://school.example/status/3",
		"type": ["VerifiableCredential", "BitstringStatusListCredential"],
		"issuer": "https://school.example/issuer",
		"validFrom": "2026-01-01T00:00:00Z",
		"validUntil": "2026-01-02T00:00:00Z",
		"credentialSubject": {
			"id": "https://school.example/status/3#list",
			"type": "BitstringStatusList",
			"statusPurpose": "revocation",
			"encodedList": "`+encoded+`",
			"ttl": 600000
		}
	}`, string(written))

	// And what was published is read again.
	c := config(serving(listURL, string(written)))
	for index, want := range map[int]status.State{6: status.StateClear, 7: status.StateSet, 8: status.StateClear} {
		issued, err := list.Entry(p, status.PurposeRevocation, index)
		require.NoError(t, err)
		b, err := vc.Marshal(issued)
		require.NoError(t, err)
		e := check(t, c, json.RawMessage(b))
		require.Equal(t, want, e.State, describe(e))
		require.Empty(t, e.Warnings)
	}
}

// A list of several bits, its entries and their words are made by a call each, and
// read as they were meant.
func TestListOfMessages(t *testing.T) {
	for size := 1; size <= 4; size++ {
		list, err := status.NewList(status.MinEntries, size)
		require.NoError(t, err)
		p := publication()
		p.Purposes = []string{status.PurposeMessage}
		for i := range 1 << size {
			require.NoError(t, list.Set(i, uint64(i)))
			_, err = list.Credential(p)
			require.ErrorContains(t, err, "Publication.Messages", "%d texts for %d bits", len(p.Messages), size)
			p.Messages = append(p.Messages, fmt.Sprintf("\"%d\" <of> \xff %d", i, size))
		}
		written, err := list.Credential(p)
		require.NoError(t, err)
		c := config(serving(listURL, string(written)))
		for i := range 1 << size {
			issued, err := list.Entry(p, status.PurposeMessage, i)
			require.NoError(t, err)
			require.Empty(t, status.CheckEntry(issued))
			b, err := vc.Marshal(issued)
			require.NoError(t, err)
			e := check(t, c, json.RawMessage(b))
			require.Nil(t, e.Problem)
			require.Empty(t, e.Warnings)
			require.EqualValues(t, i, e.Value)
			require.Equal(t, fmt.Sprintf("\"%d\" <of> \ufffd %d", i, size), e.Message)
		}
	}
	wide, err := status.NewList(status.MinEntries, 64)
	require.NoError(t, err)
	_, err = wide.Credential(publication())
	require.ErrorContains(t, err, "Publication.Messages has 0 texts")
}

// An entry is of the list that is published: one that no list has, or that says another
// size than its list, is not made.
func TestEntryRefuses(t *testing.T) {
	list, err := status.NewList(status.MinEntries, 1)
	require.NoError(t, err)
	wide, err := status.NewList(status.MinEntries, 2)
	require.NoError(t, err)
	for _, index := range []int{-3, -1, status.MinEntries, 1 << 40} {
		_, err := list.Entry(publication(), status.PurposeRevocation, index)
		require.ErrorIs(t, err, status.ErrIndex)
	}
	_, err = list.Entry(publication(), status.PurposeSuspension, 1)
	require.ErrorContains(t, err, `not published for the purpose "suspension"`)
	_, err = wide.Entry(publication(), status.PurposeRevocation, 1)
	require.ErrorContains(t, err, "Publication.Messages has 0 texts")
	_, err = list.Entry(status.Publication{}, status.PurposeRevocation, 1)
	require.ErrorContains(t, err, "Publication.ID")
}

func TestCredentialWithoutOptions(t *testing.T) {
	list, err := status.NewList(status.MinEntries, 1)
	require.NoError(t, err)
	written, err := list.Credential(status.Publication{ID: listURL, Issuer: issuer, Purposes: []string{"level-2", "https://school.example/purpose"}})
	require.NoError(t, err)
	var got object
	require.NoError(t, json.Unmarshal(written, &got))
	require.NotContains(t, got, "validFrom")
	require.NotContains(t, got, "validUntil")
	require.Equal(t, []any{"level-2", "https://school.example/purpose"}, got["credentialSubject"].(object)["statusPurpose"])
	require.NotContains(t, got["credentialSubject"], "ttl")
}

func TestCredentialRefuses(t *testing.T) {
	list, err := status.NewList(status.MinEntries, 1)
	require.NoError(t, err)
	for name, c := range map[string]struct {
		change func(*status.Publication)
		cause  string
	}{
		"no id":            {func(p *status.Publication) { p.ID = "" }, "Publication.ID"},
		"id with fragment": {func(p *status.Publication) { p.ID += "#list" }, "Publication.ID"},
		"id with a quote":  {func(p *status.Publication) { p.ID += `"` }, "Publication.ID"},
		"no issuer":        {func(p *status.Publication) { p.Issuer = "" }, "Publication.Issuer"},
		"issuer a name":    {func(p *status.Publication) { p.Issuer = "The School" }, "Publication.Issuer"},
		"no purpose":       {func(p *status.Publication) { p.Purposes = nil }, "Publication.Purposes"},
		"empty purpose":    {func(p *status.Publication) { p.Purposes = []string{""} }, "a purpose"},
		"purpose injects":  {func(p *status.Publication) { p.Purposes = []string{`revocation","x":"`} }, "a purpose"},
		"never valid":      {func(p *status.Publication) { p.ValidUntil = p.ValidFrom }, "Publication.ValidUntil"},
		"negative ttl":     {func(p *status.Publication) { p.TTL = -1 }, "Publication.TTL"},
		"ttl of 1 ns":      {func(p *status.Publication) { p.TTL = 1 }, "Publication.TTL"},
	} {
		t.Run(name, func(t *testing.T) {
			p := publication()
			c.change(&p)
			_, err := list.Credential(p)
			require.ErrorContains(t, err, c.cause)
		})
	}
}
