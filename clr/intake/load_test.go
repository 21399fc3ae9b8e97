package intake_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/clr/intake"
	"github.com/laurel-edu/laurel/vc/fetch"
)

const loadVariable = "LAUREL_INTAKE_LOAD"

// Five thousand uploads on two cores, one in ten of them made to cost: none takes longer than
// its deadline, and the process has no more than 200 MB.
func TestManyUploads(t *testing.T) {
	if os.Getenv("LAUREL_LONG") == "" {
		t.Skip("skipped: set LAUREL_LONG=1")
	}
	child := exec.Command(os.Args[0], "-test.run", "^TestUploadsUnderLoad$", "-test.v")
	child.Env = append(os.Environ(), loadVariable+"=5000", "GOMAXPROCS=2")
	out, err := child.CombinedOutput()
	require.NoError(t, err, "%s", out)
	took := regexp.MustCompile(`had (\d+) MB`).FindSubmatch(out)
	require.NotNil(t, took, "%s", out)
	t.Logf("%s", out)
	mb, _ := strconv.Atoi(string(took[1]))
	require.LessOrEqual(t, mb, 200)
}

// silent is a web that does not answer before nobody waits.
type silent struct{}

func (silent) Fetch(ctx context.Context, url string) (*fetch.Response, error) {
	<-ctx.Done()
	return nil, &fetch.Error{Code: fetch.CodeTimeout, URL: url, Err: ctx.Err()}
}

// hostile are uploads that are made to cost time or memory.
func hostile(d *desk) [][]byte {
	spaces := bytes.Repeat([]byte(" "), 16<<20)
	junk := func(n int, text string) []byte { return []byte(strings.Repeat(text, n)) }
	record := func(entry string) []byte {
		return []byte(`{"type":["ClrCredential"],"credentialSubject":{"verifiableCredential":[` +
			strings.TrimSuffix(strings.Repeat(entry+",", 20_000), ",") + `]}}`)
	}
	var files []packed
	for i := range 2000 {
		files = append(files, packed{name: fmt.Sprint(i), content: []byte("{}")})
	}
	return [][]byte{
		pack(d.t, packed{name: "bomb", content: spaces}, packed{name: "bomb2", content: spaces}),
		pack(d.t, files...),
		junk(100_000, `{"a":[`),
		record(`{}`),
		record(`{"type":"VerifiableCredential","issuer":"a","credentialSubject":{}}`),
		d.text(d.record(d.wallet, nil, d.signed(d.academy, d.badge(d.academy, nil)))), // whose issuer does not answer
	}
}

// TestUploadsUnderLoad is the process of TestManyUploads. Without that it reads a few, so that
// it is known to work.
func TestUploadsUnderLoad(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv(loadVariable))
	if err != nil {
		n = 40
	}
	d := newDesk(t)
	own := func() object { return d.signed(d.wallet, d.badge(d.wallet, nil)) }
	kind := [][]byte{d.text(own()), d.text(d.signed(d.wallet, d.record(d.wallet, nil, own(), own(), own()))),
		pack(t, packed{name: "a.json", content: d.text(own())}, packed{name: "b.json", content: d.text(own())})}
	bad := hostile(d)
	c := d.config()
	c.Verify.Fetcher = silent{}
	reader, err := intake.New(c)
	require.NoError(t, err)
	var next atomic.Int64
	var longest time.Duration
	var mu sync.Mutex
	var wait sync.WaitGroup
	for range 2 {
		wait.Go(func() {
			for i := next.Add(1); i <= int64(n); i = next.Add(1) {
				upload := kind[i%int64(len(kind))]
				if i%10 == 0 {
					upload = bad[i/10%int64(len(bad))]
				}
				ctx, cancel := context.WithTimeout(context.Background(), 500*time.Millisecond)
				start := time.Now()
				r, _ := reader.Read(ctx, upload, intake.Options{})
				cancel()
				mu.Lock()
				longest = max(longest, time.Since(start))
				if r == nil || i%10 != 0 && r.Len() == 0 {
					t.Errorf("upload %d: no reading", i)
				}
				mu.Unlock()
			}
		})
	}
	wait.Wait()
	t.Logf("had %d MB, the longest took %v", peak(t), longest)
}
