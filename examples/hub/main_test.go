package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// running is a hub in this process.
type running struct {
	base      string // "https://127.0.0.1:PORT"
	authority []byte
	stop      func() int // ends it and returns its exit status
	log       *buffer
}

// buffer is for several goroutines.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// start runs a hub with more options than it needs.
func start(t testing.TB, more ...string) *running {
	t.Helper()
	ca := filepath.Join(t.TempDir(), "ca.pem")
	ctx, cancel := context.WithCancel(context.Background())
	lines, stdout := io.Pipe()
	r := &running{log: &buffer{}}
	ended := make(chan int, 1)
	args := append([]string{"-addr", "127.0.0.1:0", "-ca", ca, "-user", "ada:pass:wörd", "-user", "bob:secret"}, more...)
	go func() {
		ended <- run(ctx, args, io.MultiWriter(stdout, r.log), r.log)
		stdout.Close()
	}()
	r.stop = sync.OnceValue(func() int {
		cancel()
		select {
		case code := <-ended:
			return code
		case <-time.After(20 * time.Second):
			return -1
		}
	})
	t.Cleanup(func() { r.stop() })
	line := make([]byte, 200)
	n, err := lines.Read(line)
	require.NoError(t, err, r.log)
	go func() { _, _ = io.Copy(io.Discard, lines) }()
	r.base = strings.TrimSpace(strings.TrimPrefix(string(line[:n]), "listening on "))
	require.True(t, strings.HasPrefix(r.base, "https://127.0.0.1:"), "%s", line[:n])
	r.authority, err = os.ReadFile(ca)
	require.NoError(t, err)
	return r
}

const adasPassword = "pass:wörd"

// connected is a stranger with a token of ada for everything of a service.
func (r *running) connected(t testing.TB, service string) *stranger {
	t.Helper()
	s := newStranger(t, r.authority)
	s.discover(r.base + service)
	s.join()
	s.connect("ada", adasPassword, append(s.scopes, "offline_access")...)
	return s
}

const (
	badgesAt  = "/demo/ims/ob/v3p0"
	recordsAt = "/demo/ims/clr/v2p0"
)

func TestStranger(t *testing.T) {
	r := start(t, "-store", "sqlite:"+filepath.Join(t.TempDir(), "h u?b.db"))
	s := r.connected(t, badgesAt)
	i := newIssuer("sailing")
	badge := i.sign(i.badge(numbered(1), "2025-06-01T00:00:00Z", nil))
	got := s.post1(badge)
	require.Equal(t, 201, got.status, string(got.body))
	require.Equal(t, badge, string(got.body))
	token := i.token(i.badge(numbered(2), "2025-06-01T00:00:00Z", nil))
	got = s.post1(token)
	require.Equal(t, 201, got.status, string(got.body))
	require.ElementsMatch(t, []string{badge, token}, s.all(""))
	require.Equal(t, 0, r.stop())
}
