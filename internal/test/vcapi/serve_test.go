package vcapi_test

import (
	"net"
	"net/http/httptest"
	"os"
	"os/signal"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/vcapi"
)

// TestServe serves until it is interrupted, at the address in LAUREL_VCAPI, over TLS by
// a certificate that nobody vouches for, as the suites take it. The log goes to
// the file in LAUREL_VCAPI_LOG, or to standard output.
func TestServe(t *testing.T) {
	address := os.Getenv("LAUREL_VCAPI")
	if address == "" {
		t.Skip("skipped: LAUREL_VCAPI names no address to serve the W3C test suites at")
	}
	log := os.Stdout
	if name := os.Getenv("LAUREL_VCAPI_LOG"); name != "" {
		file, err := os.Create(name)
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, file.Close()) })
		log = file
	}
	s, err := vcapi.New(log)
	require.NoError(t, err)
	server := httptest.NewUnstartedServer(s.Handler())
	require.NoError(t, server.Listener.Close())
	server.Listener, err = net.Listen("tcp", address)
	require.NoError(t, err)
	server.StartTLS()
	defer server.Close()
	ctx, stop := signal.NotifyContext(t.Context(), os.Interrupt)
	defer stop()
	<-ctx.Done()
}
