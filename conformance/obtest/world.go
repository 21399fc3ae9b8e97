package obtest

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"sync"
	"time"
)

// Config says which World is made. The zero Config is a good one.
type Config struct {
	// Seed chooses the keys, identifiers and names: one Seed, one World.
	Seed string
	// At is the instant at which everything happens, noon of 1 January 2026 (UTC) by
	// default. Credentials are issued before it and valid beyond it.
	At time.Time
	// Origin puts all issuers on one host, such as that of a [Host]: an issuer named
	// harbour is then Origin + "/harbour". Without it each has a host of its own,
	// https://harbour.example.
	Origin string
}

// World is a small world of issuers, what they have issued, and the web they publish on.
// It is safe for concurrent use.
type World struct {
	config Config
	// Web is where the issuers publish.
	Web *Web

	mu      sync.Mutex
	issuers map[string]*Issuer
}

// New makes a World in which nothing has been issued yet.
func New(c Config) *World {
	if c.At.IsZero() {
		c.At = time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	}
	return &World{config: c, Web: NewWeb(), issuers: map[string]*Issuer{}}
}

// Now is the World's clock, which stands still. It is for the Now of every Config.
func (w *World) Now() time.Time { return w.config.At }

// draw is 32 bytes that the Seed and a name determine.
func (w *World) draw(names ...any) [32]byte {
	h := sha256.New()
	fmt.Fprintf(h, "%d:%s", len(w.config.Seed), w.config.Seed)
	for _, name := range names {
		text := fmt.Sprint(name)
		fmt.Fprintf(h, "%d:%s", len(text), text)
	}
	return [32]byte(h.Sum(nil))
}

// ID is the UUID of a thing, the same one for the same names.
func (w *World) ID(names ...any) string {
	b := w.draw(append([]any{"id"}, names...)...)
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:16])
}

// source is a stream of bytes that the Seed and a name determine, for what draws.
type source struct {
	world *World
	name  string

	mu    sync.Mutex
	count uint64
	rest  []byte
}

// Read implements io.Reader.
func (s *source) Read(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for n := 0; n < len(b); {
		if len(s.rest) == 0 {
			next := s.world.draw("stream", s.name, binary.BigEndian.AppendUint64(nil, s.count))
			s.rest = next[:]
			s.count++
		}
		k := copy(b[n:], s.rest)
		s.rest, n = s.rest[k:], n+k
	}
	return len(b), nil
}
