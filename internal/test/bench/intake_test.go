package bench_test

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/clr/intake"
	"github.com/laurel-edu/laurel/internal/test/peer"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc/verify"
)

// TestIntakeRatio prints what the reading of a record of 1,000 signed badges costs beside 1,001
// bare signatures, on one core, and what it gains from a second one beside what two
// independent signatures gain, and what the JavaScript peer takes for the same proofs where it
// is at hand. It asserts nothing.
func TestIntakeRatio(t *testing.T) {
	if os.Getenv("LAUREL_RATIOS") == "" {
		t.Skip("skipped: set LAUREL_RATIOS=1 to measure")
	}
	k := newKey(t)
	message := make([]byte, 64)
	signature := ed25519.Sign(k.private, message)
	public := k.private.Public().(ed25519.PublicKey)
	bare := func() {
		for range 1001 {
			ed25519.Verify(public, message, signature)
		}
	}
	reader, err := intake.New(intake.Config{Verify: verify.Config{Now: testkit.Clock}})
	require.NoError(t, err)
	for _, s := range []struct {
		name string
		make func(key, int) string
	}{{"1.2 KB", small}, {"2.1 KB", nested}} {
		upload := recordOf(t, k, 1000, s.make)
		read := func() {
			r, err := reader.Read(context.Background(), upload, intake.Options{})
			if err != nil || r.Envelope.State != intake.EnvelopeVerified || r.Len() != 1000 {
				t.Error(err, r.Envelope.State, r.Len())
			}
		}
		read()
		one, both := alternated(bare, read)
		fmt.Printf("record of 1,000 badges of %s: %.1f ms on one core, %.2f times 1,001 bare signatures (medians %.2f)\n",
			s.name, ms(one[1][0]), ratio(one[1][0], one[0][0]), ratio(median(one[1]), median(one[0])))
		fmt.Printf("on two cores %.2f times as fast, where two bare verifiers gain %.2f: %.2f of it (medians %.2f)\n",
			ratio(one[1][0], both[1][0]), ratio(one[0][0], both[0][0])*2, ratio(one[1][0], both[1][0])/(ratio(one[0][0], both[0][0])*2),
			ratio(median(one[1]), median(both[1]))/(ratio(median(one[0]), median(both[0]))*2))
		if os.Getenv("LAUREL_PEERS") != "" {
			fmt.Printf("the peer took %.0f ms for the proofs of the record and of its entries\n", ms(byPeer(t, upload)))
		}
	}
}

// alternated runs bare signatures and readings in turn, on one core and on two. On two cores
// the signatures are those of two verifiers beside one another, each with all of them.
func alternated(bare, read func()) (one, both [2][]time.Duration) {
	cores := runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(cores)
	for range 12 {
		runtime.GOMAXPROCS(1)
		one[0] = append(one[0], timed(bare, 1))
		one[1] = append(one[1], timed(read, 1))
		runtime.GOMAXPROCS(2)
		both[0] = append(both[0], timed(func() {
			var wait sync.WaitGroup
			wait.Go(bare)
			wait.Go(bare)
			wait.Wait()
		}, 1))
		both[1] = append(both[1], timed(read, 1))
	}
	for _, all := range [...]*[2][]time.Duration{&one, &both} {
		slices.Sort(all[0])
		slices.Sort(all[1])
	}
	return one, both
}

// byPeer is how long the JavaScript peer takes to verify the proof of a record and of each
// entry, after a first one, in a process that has the contexts.
func byPeer(t *testing.T, record []byte) time.Duration {
	var r struct {
		CredentialSubject struct{ VerifiableCredential []json.RawMessage }
	}
	require.NoError(t, json.Unmarshal(record, &r))
	entries := r.CredentialSubject.VerifiableCredential
	peer.Verify(t, entries[0])
	return timed(func() {
		peer.Verify(t, record)
		for _, entry := range entries {
			peer.Verify(t, entry)
		}
	}, 1)
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func ratio(a, b time.Duration) float64 { return float64(a) / float64(b) }

func median(all []time.Duration) time.Duration { return all[len(all)/2] }
