package conformance

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/vc/verify"
)

// testAddress is whom the guides have test badges issued to.
const testAddress = "conformance@imsglobal.org"

// session is what the checks of one run share.
type session struct {
	suite  *Suite
	now    time.Time // when the run began
	client *http.Client
	redact redactor
	world  *obtest.World // of the seed: issuers of what the suite writes
	verify *verify.Verifier

	services map[string]*service
	evidence evidence
	connects map[string]bool // by standard, whether the product gets a token
	gallery  *peer           // the host whose credentials are displayed
	count    int             // of credentials that were made
	forged   map[string]bool // ids of those that were sent with a bad proof
}

// newSession begins a run.
func newSession(s *Suite, seed string) (*session, error) {
	n := &session{suite: s, now: s.now(), services: map[string]*service{}, forged: map[string]bool{}, connects: map[string]bool{}}
	n.world = obtest.New(obtest.Config{Seed: "conformance " + seed, At: n.now.UTC().Truncate(time.Second)})
	var err error
	if n.verify, err = verify.New(verify.Config{Fetcher: s.Fetcher, Now: s.now}); err != nil {
		return nil, fmt.Errorf("conformance: %w", err)
	}
	n.client = &http.Client{}
	if s.Provider != nil && s.Provider.Client != nil {
		*n.client = *s.Provider.Client
	}
	n.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	n.client.Jar = nil // an application has no session of a person
	return n, nil
}

// source is a source of random numbers for one purpose, the same for the same seed.
func source(seed, purpose string) *rand.Rand {
	return rand.New(rand.NewChaCha8(sha256.Sum256([]byte(seed + "\x00" + purpose)))) //nolint:gosec // for tests
}

// draw is a text that nobody guesses who does not know the seed: for states and verifiers.
func (n *session) draw(purpose string) string {
	n.count++
	sum := sha256.Sum256(binary.BigEndian.AppendUint64([]byte(n.suite.Seed+"\x00"+purpose+"\x00"), uint64(n.count)))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}
