package intake_test

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/clr/intake"
	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/verify"
)

// stuck is a web of which one page is not answered before it is let go.
type stuck struct {
	fetch.Fetcher
	url string
	let chan struct{}
}

func (s stuck) Fetch(ctx context.Context, url string) (*fetch.Response, error) {
	if url == s.url {
		select {
		case <-s.let:
		case <-ctx.Done():
			return nil, &fetch.Error{Code: fetch.CodeTimeout, URL: url, Err: ctx.Err()}
		}
	}
	return s.Fetcher.Fetch(ctx, url)
}

// Entries come as they are decided: who waits for a slow issuer has the others before.
func TestStream(t *testing.T) {
	d := newDesk(t)
	slow := d.issuer("slow", obtest.DIDWeb)
	upload := d.text(d.record(d.wallet, nil, d.signed(slow, d.badge(slow, nil)), d.signed(d.academy, d.badge(d.academy, nil)),
		d.badge(d.registrar, nil)))
	c := d.config()
	let := make(chan struct{})
	c.Verify.Fetcher = stuck{d.world.Web, "https://slow.example/.well-known/did.json", let}
	reader, err := intake.New(c)
	require.NoError(t, err)
	s := reader.Stream(t.Context(), upload, intake.Options{})
	var order []string
	for e := range s.Entries() {
		if len(order) == 0 {
			close(let) // only now, so that the first was there without it
		}
		order = append(order, e.Pointer)
	}
	require.Equal(t, at1, order[0])
	require.Len(t, order, 3)
	r, err := s.Reading()
	require.NoError(t, err)
	require.Equal(t, []string{at0, at1, "/credentialSubject/verifiableCredential/2"},
		[]string{entries(r)[0].Pointer, entries(r)[1].Pointer, entries(r)[2].Pointer})
	for range s.Entries() {
		t.Fatal("entries are yielded once")
	}
	whole, err := reader.Read(t.Context(), upload, intake.Options{})
	require.NoError(t, err)
	require.Equal(t, len(entries(whole)), len(entries(r)))
}

// Whoever stops early ends the reading, which then is of what was known.
func TestStreamStopped(t *testing.T) {
	d := newDesk(t)
	var list []any
	for range 50 {
		list = append(list, d.signed(d.academy, d.badge(d.academy, nil)))
	}
	reader, err := intake.New(d.config())
	require.NoError(t, err)
	s := reader.Stream(t.Context(), d.text(d.record(d.wallet, nil, list...)), intake.Options{})
	for range s.Entries() {
		break
	}
	r, err := s.Reading()
	require.ErrorIs(t, err, context.Canceled)
	require.NotNil(t, r)
}

// Issuers that are slow, that hang, or that answer without end: the reading ends at its
// deadline with what was known until then.
func TestDeadline(t *testing.T) {
	host, err := obtest.NewHost()
	require.NoError(t, err)
	defer host.Close()
	d := newDesk(t)
	d.world = obtest.New(obtest.Config{Seed: "intake", At: testkit.Now, Origin: host.Origin()})
	host.Serve(d.world.Web)
	for _, fault := range []obtest.Fault{obtest.Slow, obtest.Huge, obtest.Down} {
		t.Run(string(fault), func(t *testing.T) {
			far := d.issuer("far-"+string(fault), obtest.HTTPS)
			near := d.issuer("near", obtest.DIDKey)
			d.world.Web.Break(far.ID, fault)
			client, err := host.Client(fetch.Config{Timeout: time.Minute})
			require.NoError(t, err)
			ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
			defer cancel()
			reader, err := intake.New(intake.Config{Verify: verify.Config{Now: testkit.Clock, Fetcher: client,
				InsecureAllowLoopback: true}})
			require.NoError(t, err)
			r, err := reader.Read(ctx, d.text(d.record(near, nil, d.signed(far, d.badge(far, nil)),
				d.signed(near, d.badge(near, nil)))), intake.Options{})
			if fault == obtest.Slow {
				require.ErrorIs(t, err, context.DeadlineExceeded)
			}
			require.Equal(t, 2, r.Len())
			require.Equal(t, intake.StandingNotChecked, entries(r)[0].Standing)
			require.Equal(t, intake.ValidityUnknown, entries(r)[0].Validity)
			require.Equal(t, intake.StandingOwnProof, entries(r)[1].Standing)
		})
	}
}

// An archive of many files that each name issuers of their own makes no more requests than a
// reading may.
func TestFetchesOfBundle(t *testing.T) {
	d := newDesk(t)
	asked := 0
	d.world.Web.Handle("https://many.example/", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		http.NotFound(w, r)
	}))
	var files []packed
	for i := range 20 {
		badge := d.signed(d.wallet, d.badge(d.wallet, nil))
		id := fmt.Sprintf("https://many.example/%d", i)
		badge["issuer"] = object{"id": id, "type": []any{"Profile"}}
		badge["proof"].(object)["verificationMethod"] = id + "#key"
		files = append(files, packed{name: fmt.Sprint(i, ".json"), content: d.text(badge)})
	}
	c := d.config()
	c.Limits.Fetches = 5
	c.Verify.Limits.Parallel = 1
	r, err := d.readBy(c, pack(t, files...))
	require.NoError(t, err)
	require.Equal(t, 5, asked)
	require.Contains(t, entries(r)[19].Codes(), verify.CodeFetchBudget)
	require.Equal(t, intake.StandingNotChecked, entries(r)[19].Standing)
}

// A Reader that was not made by New reads nothing, and says so.
func TestZeroReader(t *testing.T) {
	_, err := new(intake.Reader).Read(t.Context(), nil, intake.Options{})
	require.ErrorContains(t, err, "not made by New")
	r, err := intake.Read(t.Context(), []byte("x"), intake.Config{Verify: verify.Config{Kinds: []string{"*", "A"}}})
	require.Nil(t, r)
	require.ErrorContains(t, err, "AnyKind beside others")
}
