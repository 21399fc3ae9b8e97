package fetch_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc/fetch"
)

// want requires an error of the code and returns it.
func want(t *testing.T, err error, code fetch.Code) *fetch.Error {
	t.Helper()
	var e *fetch.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, code, e.Code, e.Error())
	require.ErrorIs(t, err, &fetch.Error{Code: code})
	require.NotEmpty(t, e.Detail)
	return e
}

// answers is a Fetcher that knows what it is given.
type answers map[string]string

func (a answers) Fetch(_ context.Context, url string) (*fetch.Response, error) {
	body, ok := a[url]
	if !ok {
		return nil, &fetch.Error{Code: fetch.CodeNotFound, URL: url, Detail: "none"}
	}
	return &fetch.Response{URL: url, Body: []byte(body), Source: fetch.SourceNetwork}, nil
}

func TestOffline(t *testing.T) {
	_, err := fetch.Offline{}.Fetch(t.Context(), "https://school.example/key")
	e := want(t, err, fetch.CodeOffline)
	require.False(t, e.Temporary())
	require.Contains(t, e.Error(), "https://school.example/key")
}

func TestLayered(t *testing.T) {
	pack := parse(t, `{"https://school.example/a": {"from": "pack"}}`)
	net := answers{"https://school.example/a": "net", "https://school.example/b": "net"}

	both := fetch.Layered(pack, net)
	r, err := both.Fetch(t.Context(), "https://school.example/a")
	require.NoError(t, err)
	require.Equal(t, fetch.SourcePack, r.Source)
	r, err = both.Fetch(t.Context(), "https://school.example/b")
	require.NoError(t, err)
	require.Equal(t, "net", string(r.Body))
	_, err = both.Fetch(t.Context(), "https://school.example/c")
	want(t, err, fetch.CodeNotFound)

	_, err = fetch.Layered(pack, nil).Fetch(t.Context(), "https://school.example/b")
	want(t, err, fetch.CodeNotInPack)
	_, err = fetch.Layered(nil, nil).Fetch(t.Context(), "https://school.example/a")
	want(t, err, fetch.CodeOffline)
	r, err = fetch.Layered(nil, net).Fetch(t.Context(), "https://school.example/a")
	require.NoError(t, err)
	require.Equal(t, "net", string(r.Body))
}

func TestTemporary(t *testing.T) {
	for e, temporary := range map[*fetch.Error]bool{
		{Code: fetch.CodeTimeout}:             true,
		{Code: fetch.CodeStatus, Status: 503}: true,
		{Code: fetch.CodeStatus, Status: 429}: true,
		{Code: fetch.CodeStatus, Status: 403}: false,
		{Code: fetch.CodeGone, Status: 410}:   false,
		{Code: fetch.CodeRefusedAddress}:      false,
		{Code: fetch.CodeNetwork}:             true,
		{Code: fetch.CodeCancelled}:           true,
		{Code: fetch.CodeTLS}:                 false,
	} {
		require.Equal(t, temporary, e.Temporary(), e.Code)
	}
}
