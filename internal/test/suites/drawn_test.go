package suites_test

import (
	"encoding/binary"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/jsonld"
)

// drawer compares what authors draw.
type drawer struct {
	w            web
	engine       *jsonld.Engine
	vocabularies []*vocabulary
}

func newDrawer(t testing.TB) *drawer {
	w := inside()
	return &drawer{w, jsonld.New(jsonld.Config{Documents: w.lookup, Policy: permissive}), vocabularies(t, w)}
}

// check draws a document and compares it; it returns the deviations that explain
// a difference, and whether there is a form to compare.
func (d *drawer) check(t testing.TB, draw func(int) int) (names []string, compared bool) {
	a := &author{draw: draw, vocab: d.vocabularies[draw(len(d.vocabularies))]}
	text := a.document()
	c := compare(d.engine, text, d.w)
	if c.equal() {
		return nil, c.ourError == nil
	}
	ours, peer := c.ourForm, c.peerForm
	names = c.explain()
	require.NotNil(t, names, "%s\nours: %v\n%s\njson-gold: %v\n%s", text, c.ourError, ours, c.peerError, peer)
	return names, true
}

// TestDrawnCredentials compares a fixed run of draws.
func TestDrawnCredentials(t *testing.T) {
	d, random := newDrawer(t), rand.New(rand.NewPCG(3, 141))
	compared, explained := 0, map[string]int{}
	for range 800 {
		names, ok := d.check(t, random.IntN)
		if ok {
			compared++
		}
		for _, n := range names {
			explained[n]++
		}
	}
	t.Logf("%d compared, explained: %v", compared, explained)
	require.Greater(t, compared, 700)
}

// FuzzCredentials draws by the fuzzer's bytes: whatever json-gold treats as the
// standards do has one canonical form on both sides.
func FuzzCredentials(f *testing.F) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 32 {
		var seed []byte
		for range 16 {
			seed = binary.LittleEndian.AppendUint64(seed, random.Uint64())
		}
		f.Add(seed)
	}
	d := newDrawer(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		d.check(t, func(n int) int {
			if len(data) == 0 {
				return 0
			}
			b := int(data[0])
			data = data[1:]
			if n > 256 && len(data) > 0 {
				b |= int(data[0]) << 8
				data = data[1:]
			}
			return b % n
		})
	})
}
