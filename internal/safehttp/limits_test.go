package safehttp_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/safehttp"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// tooLittle requires that a nanosecond or a byte was not enough.
func tooLittle(t *testing.T, field string, err error) {
	t.Helper()
	switch field {
	case "Timeout":
		require.ErrorIs(t, err, context.DeadlineExceeded)
	case "MaxHeader":
		require.ErrorContains(t, err, "headers exceeded 1 bytes")
	default:
		require.ErrorContains(t, err, string(safehttp.CodeTooLarge))
	}
}

// An operator's number that means nothing is an error of New, one that means "no
// limit" reads the answer, and none panics.
func TestAnyNumber(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "answer") }))
	t.Cleanup(srv.Close)
	testkit.Numbers(t, safehttp.Policy{InsecureAllowLoopback: true}, func(t *testing.T, field string, value int64, p safehttp.Policy) {
		_, err := safehttp.New(p)
		require.Equal(t, value < 0 && field != "MaxRedirects", err != nil, "%v", err)
		if err != nil {
			return
		}
		body, err := get(t, p, srv.URL)
		if value == 1 && field != "MaxRedirects" {
			tooLittle(t, field, err)
			return
		}
		require.NoError(t, err)
		require.Equal(t, "answer", string(body))
	})
}
