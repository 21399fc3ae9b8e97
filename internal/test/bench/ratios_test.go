package bench_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/embedded"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/multikey"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/internal/token"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/vcjwt"
	"github.com/laurel-edu/laurel/vc/verify"
)

// subject is one thing that is measured against the bare operation base.
type subject struct {
	name string
	base func()
	run  func()
	reps int
}

// rounds is how often the subject and its base alternate: seconds in all.
func (s subject) rounds() int {
	if strings.HasPrefix(s.name, "record of 1000 ") {
		return 12
	}
	return 150
}

// TestRatios prints the table of docs/benchmarks.md. It measures and asserts
// nothing: rounds of the subject and of the bare signature alternate, so that what
// else the machine does falls on both, and the least and the median round of each
// are compared.
func TestRatios(t *testing.T) {
	which := os.Getenv("LAUREL_RATIOS")
	if which == "" {
		t.Skip("skipped: set LAUREL_RATIOS=1 to measure, or to a part of the names of the rows to measure")
	}
	fmt.Printf("%s, %s/%s, %d cores\n\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	fmt.Println("| what | least | ratio of least | ratio of medians |\n|---|---|---|---|")
	for _, s := range subjects(t) {
		if which != "1" && !strings.Contains(s.name, which) {
			continue
		}
		s.run() // warm
		var base, run []time.Duration
		for range s.rounds() {
			base = append(base, timed(s.base, s.reps))
			run = append(run, timed(s.run, s.reps))
		}
		slices.Sort(base)
		slices.Sort(run)
		fmt.Printf(
			"| %s | %.1f us | %.2f | %.2f |\n",
			s.name,
			float64(run[0].Nanoseconds())/1000,
			float64(run[0])/float64(base[0]),
			float64(run[len(run)/2])/float64(base[len(base)/2]),
		)
	}
}

// TestTwoCores prints how many times as much two goroutines do as one, beside what
// the bare signature gains on the same machine in the same run. It asserts nothing.
func TestTwoCores(t *testing.T) {
	if os.Getenv("LAUREL_RATIOS") != "1" {
		t.Skip("skipped: set LAUREL_RATIOS=1 to measure")
	}
	fmt.Println("| what | one core, least | two cores, least | times | times, medians |\n|---|---|---|---|---|")
	for _, s := range subjects(t) {
		if !strings.HasPrefix(s.name, "whole pipeline") {
			continue
		}
		for _, c := range []struct {
			name string
			run  func()
		}{{"bare signature", s.base}, {s.name, s.run}} {
			const reps, rounds = 200, 60
			var one, two []time.Duration
			for range rounds {
				one = append(one, timed(c.run, reps))
				start := time.Now()
				var both sync.WaitGroup
				for range 2 {
					both.Go(func() { timed(c.run, reps) })
				}
				both.Wait()
				two = append(two, time.Since(start)/(2*reps))
			}
			slices.Sort(one)
			slices.Sort(two)
			us := func(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1000 }
			fmt.Printf(
				"| %s | %.1f us | %.1f us | %.2f | %.2f |\n",
				c.name,
				us(one[0]),
				us(two[0]),
				us(one[0])/us(two[0]),
				us(one[rounds/2])/us(two[rounds/2]),
			)
		}
	}
}

func timed(f func(), reps int) time.Duration {
	start := time.Now()
	for range reps {
		f()
	}
	return time.Since(start) / time.Duration(reps)
}

func subjects(t *testing.T) []subject {
	k := newKey(t)
	message := make([]byte, 64)
	signature := ed25519.Sign(k.private, message)
	public := k.private.Public().(ed25519.PublicKey)
	bareVerify := func() { ed25519.Verify(public, message, signature) }
	bareSign := func() { ed25519.Sign(k.private, message) }
	p := newProver(t, k)
	pipeline, err := verify.New(verify.Config{Now: testkit.Clock, Nested: verify.NestedConfig{Policy: verify.NestedRequireAll}})
	require.NoError(t, err)
	whole := func(text []byte) func() {
		return func() {
			if _, err := pipeline.Verify(context.Background(), text); err != nil {
				t.Fatal(err)
			}
		}
	}
	var all []subject
	for _, s := range sizes {
		signed := k.sign(t, s.make(k, 1))
		unsigned := []byte(s.make(k, 1))
		all = append(all,
			subject{fmt.Sprintf("verify the proof of a badge, %d bytes", len(signed)), bareVerify, func() { p.verify(t, signed) }, 20},
			subject{fmt.Sprintf("whole pipeline, %d bytes", len(signed)), bareVerify, whole(signed), 20},
			subject{fmt.Sprintf("sign, %d bytes", len(unsigned)), bareSign, func() {
				if _, err := k.Sign(unsigned, nil); err != nil {
					t.Fatal(err)
				}
			}, 20})
	}
	for _, s := range sizes {
		signed := k.sign(t, s.make(k, 1))
		all = append(
			all,
			subject{
				fmt.Sprintf("json-gold on %d bytes, against our proof", len(signed)),
				func() { p.verify(t, signed) },
				goldVerify(t, k, signed),
				1,
			},
		)
	}
	for _, name := range []string{"ob3-official/simple.json", "ob3-official/complete.json", "clr2-official/simple.json"} {
		all = append(all, published(t, p, name, bareVerify)...)
	}
	clr := transcript(t, k)
	all = append(all,
		subject{fmt.Sprintf("transcript of 6 badges, outer proof, %d bytes", len(clr)), bareVerify, func() { p.verify(t, clr) }, 20},
		subject{"transcript of 6 badges, every proof, whole pipeline", bareVerify, whole(clr), 20})
	for _, n := range []int{10, 100, 1000} {
		signed := record(t, k, n)
		all = append(
			all,
			subject{
				fmt.Sprintf("record of %d badges, outer proof, %d bytes", n, len(signed)),
				bareVerify,
				func() { p.verify(t, signed) },
				1,
			},
			subject{fmt.Sprintf("record of %d badges, every proof, whole pipeline", n), bareVerify, whole(signed), 1},
		)
	}
	compact, err := vcjwt.Sign(context.Background(), []byte(small(k, 1)), vcjwt.SignOptions{Signer: k.Signer, KeyID: k.VerificationMethod})
	require.NoError(t, err)
	read := parsed(t, compact).Token()
	key, err := proof.NewKey(public)
	require.NoError(t, err)
	all = append(all, subject{"EdDSA token of a small badge, against its bare signature", func() {
		if key.Verify(proof.EdDSA, read.SigningInput, read.Signature) != nil {
			t.Fatal()
		}
	}, func() {
		r, problems := token.Read(parsed(t, compact))
		if problems != nil || r.Verify(key) != nil {
			t.Fatal(problems)
		}
	}, 20})
	all = append(all, disclosed(t, bareVerify)...)
	own := map[string][]byte{"https://unused.example/": []byte(`{"@context":{}}`)}
	signed := k.sign(t, small(k, 1))
	return append(all, subject{"contexts of a badge compiled and its proof verified, in a warm process", bareVerify, func() {
		proverOf(embedded.Config{Contexts: own}, key).verify(t, signed)
	}, 1})
}

// published measures a signed sample of the specifications, where the shared data
// is at hand.
func published(t *testing.T, p prover, name string, base func()) []subject {
	text, err := os.ReadFile("../../../../shared/data/ob/samples/valid/" + name)
	if err != nil {
		return nil
	}
	var compact bytes.Buffer
	require.NoError(t, json.Compact(&compact, text))
	signed := compact.Bytes()
	pr := door.Root(parsed(t, signed)).Get("proof")
	if pr.Kind() == jsonx.Array {
		pr = pr.First()
	}
	_, fragment, _ := strings.Cut(pr.Get("verificationMethod").Text(), "#")
	public, err := multikey.Decode(fragment)
	require.NoError(t, err)
	key, err := proof.NewKey(public)
	require.NoError(t, err)
	p.key = key
	return []subject{
		{fmt.Sprintf("verify the proof of the published %s, %d bytes", name, len(signed)), base, func() { p.verify(t, signed) }, 20},
	}
}
