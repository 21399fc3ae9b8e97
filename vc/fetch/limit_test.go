package fetch_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc/fetch"
)

// What a pack answers costs nothing, whichever way it is combined.
func TestLimitCountsTheNetworkAlone(t *testing.T) {
	pack := parse(t, `{"https://school.example/a": {}}`)
	net := answers{"https://school.example/b": "net"}
	f := fetch.Limit(fetch.Layered(pack, net), 1)
	for range 3 {
		_, err := f.Fetch(t.Context(), "https://school.example/a")
		require.NoError(t, err)
	}
	_, err := f.Fetch(t.Context(), "https://school.example/b")
	require.NoError(t, err)
	_, err = f.Fetch(t.Context(), "https://school.example/b")
	want(t, err, fetch.CodeBudget)
	_, err = fetch.Layered(pack, net).Fetch(t.Context(), "https://school.example/b")
	require.NoError(t, err, "the Fetcher that was limited stays as it is")

	require.Same(t, pack, fetch.Limit(pack, 1))
	_, err = fetch.Limit(nil, 1).Fetch(t.Context(), "https://school.example/a")
	want(t, err, fetch.CodeOffline)
	bare := fetch.Limit(net, 1)
	_, err = bare.Fetch(t.Context(), "https://school.example/b")
	require.NoError(t, err)
	_, err = bare.Fetch(t.Context(), "https://school.example/b")
	want(t, err, fetch.CodeBudget)
}

func TestMethodOfAFetcher(t *testing.T) {
	pack := parse(t, `{"https://school.example/issuer#k1": {"type": "Multikey"}}`)
	net := answers{"https://school.example/issuer#k2": "net"}
	other := parse(t, `{"https://school.example/other": {}}`)
	for _, f := range []fetch.Fetcher{
		pack, fetch.Layered(pack, net), fetch.Limit(fetch.Layered(pack, net), 1), fetch.NewBudget(fetch.Layered(pack, net), 1),
		fetch.Layered(other, fetch.Layered(pack, net)), fetch.Limit(fetch.Layered(other, fetch.Layered(pack, net)), 1),
	} {
		method, ok := fetch.Method(f, "https://school.example/issuer#k1")
		require.True(t, ok)
		require.Equal(t, `{"type": "Multikey"}`, string(method))
		_, ok = fetch.Method(f, "https://school.example/issuer#k2")
		require.False(t, ok)
	}
	for _, f := range []fetch.Fetcher{nil, net, fetch.Offline{}, fetch.Layered(nil, net)} {
		_, ok := fetch.Method(f, "https://school.example/issuer#k2")
		require.False(t, ok)
	}
}
