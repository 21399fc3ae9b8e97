package publish_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/did/publish"
)

// Whatever document is taken stays what it is: it is written and read back as it came, as
// a document and as a state. A key that is added is found by a verifier, beside all that
// were found before, and one that is revoked is found no more, and nothing else changes.
func FuzzImport(f *testing.F) {
	for _, text := range byHand {
		f.Add(written(f, text))
	}
	f.Add(school(f, web).Document())
	f.Add([]byte(`{"id":"did:web:a.example","assertionMethod":["#a",{"id":"#b"}]}`))
	f.Add(bytes.Replace(written(f, byHand["plain JSON, a key by value"]), []byte(`"id":"did:web:school.example#a"`), []byte(`"id":"did:web:other.example#a"`), 1))
	f.Fuzz(func(t *testing.T, text []byte) {
		i, err := publish.Import(text)
		if err != nil {
			return
		}
		require.Equal(t, bytes.TrimSpace(text), i.Document())
		require.Equal(t, i.Keys(), must(t)(publish.Parse(i.Bytes())).Keys())
		i.KeySet(start)
		next, err := i.Add("a-new-key", public(77))
		if err != nil {
			return
		}
		_, err = retrieve(t, next, i.ID()+"#a-new-key")
		require.Equal(t, isDeactivated(t, i), err != nil, "%v", err)
		for _, k := range i.Keys() {
			_, was := retrieve(t, i, k.URL)
			_, is := retrieve(t, next, k.URL)
			require.Equal(t, was == nil, is == nil, "%s: %v, then %v", k.URL, was, is)
			require.Equal(t, k.Verifies(start) && !isDeactivated(t, i), was == nil && k.Public != nil, k.URL)
			revoked, err := i.Revoke(k.URL, start)
			if err != nil {
				continue
			}
			_, is = retrieve(t, revoked, k.URL)
			require.Error(t, is)
			require.Len(t, revoked.Keys(), len(i.Keys()))
			for _, other := range i.Keys() {
				_, was := retrieve(t, i, other.URL)
				_, is := retrieve(t, revoked, other.URL)
				require.True(t, other.URL == k.URL || (was == nil) == (is == nil), other.URL)
			}
		}
	})
}

func isDeactivated(t *testing.T, i *publish.Issuer) bool {
	d, err := did.ParseDocument(i.Document())
	if err != nil {
		return bytes.Contains(i.Document(), []byte("deactivated")) // one in the looser shape of https
	}
	return d.Deactivated()
}

// What is read as a state is written as it was read, and says the same.
func FuzzParse(f *testing.F) {
	f.Add(must(f)(school(f, web).RollOver("key-2", public(2), start)).Bytes())
	f.Add([]byte(`{"document":{"id":"https://a.example/"},"retired":{}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		i, err := publish.Parse(text)
		if err != nil {
			return
		}
		again := must(t)(publish.Parse(i.Bytes()))
		require.Equal(t, i.Keys(), again.Keys())
		require.Equal(t, i.Document(), again.Document())
		require.Equal(t, string(i.Bytes()), string(again.Bytes()))
	})
}
