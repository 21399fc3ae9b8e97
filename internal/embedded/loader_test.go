package embedded_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/embedded"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
)

// web answers for contexts and counts who was asked for.
type web struct {
	mu     sync.Mutex
	asked  map[string]int
	answer func(ctx context.Context, url string) ([]byte, error)
}

func (w *web) load(ctx context.Context, url string) ([]byte, error) {
	w.mu.Lock()
	if w.asked == nil {
		w.asked = map[string]int{}
	}
	w.asked[url]++
	w.mu.Unlock()
	return w.answer(ctx, url)
}

const harmless = `{"@context":{"colour":"https://c.example/colour"}}`

// needy is a badge whose contexts are not known: some at the top, one in an
// endorsement, and earlier contents to be tried, under so many bad proofs.
func needy(t testing.TB, own, proofs int) string {
	s := school.Ed(t, 0)
	signed, err := s.Sign(testkit.BadgeOf(s.ID), nil)
	require.NoError(t, err)
	text := string(signed)
	at := strings.Index(text, `,"proof":`)
	one := strings.TrimSuffix(text[at+len(`,"proof":`):], "}")
	var urls strings.Builder
	for i := range own {
		fmt.Fprintf(&urls, `,"https://c.example/%d"`, i)
	}
	body := strings.Replace(text[:at], `context-3.0.3.json"`, `context-3.0.3.json"`+urls.String(), 1)
	body = strings.Replace(body, `"validFrom"`, `"endorsement":[{"@context":["https://www.w3.org/ns/credentials/v2","https://c.example/inner"],"type":["VerifiableCredential"]}],"validFrom"`, 1)
	return body + `,"proof":[` + strings.TrimSuffix(strings.Repeat(one+",", proofs), ",") + `]}`
}

// Whatever LoadContext answers, a URL is asked for once: by all proofs, attempts
// under earlier contents, and documents of a run.
func TestContextsAreAskedForOnce(t *testing.T) {
	for name, answer := range map[string]func(ctx context.Context, url string) ([]byte, error){
		"a context":  func(context.Context, string) ([]byte, error) { return []byte(harmless), nil },
		"nothing":    func(context.Context, string) ([]byte, error) { return nil, nil },
		"an error":   func(context.Context, string) ([]byte, error) { return nil, errors.New("no such host") },
		"a panic":    func(context.Context, string) ([]byte, error) { panic("bad plug-in") },
		"no JSON":    func(context.Context, string) ([]byte, error) { return []byte("<html>"), nil },
		"no context": func(context.Context, string) ([]byte, error) { return []byte("{}"), nil },
		"a long context": func(context.Context, string) ([]byte, error) {
			return []byte(`{"@context":{}` + strings.Repeat(" ", 600<<10) + `}`), nil
		},
		"another one": func(_ context.Context, url string) ([]byte, error) {
			return []byte(`{"@context":["` + url + `x",{}]}`), nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := &web{answer: answer}
			v := embedded.NewVerifier(embedded.Config{LoadContext: w.load})
			for _, proofs := range []int{1, 16} {
				err := proofsOf(t, v, []byte(needy(t, 3, proofs)))
				require.Error(t, err)
				if name == "a context" {
					require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeSignature})
				} else {
					require.NotErrorIs(t, err, &vc.Problem{Code: proof.CodeSignature}, "nothing can be said of a signature")
				}
			}
			require.NotEmpty(t, w.asked)
			for url, n := range w.asked {
				require.Equal(t, 1, n, url)
			}
			if name == "a context" {
				require.Len(t, w.asked, 4)
			}
		})
	}
}

// A run asks for so many contexts and no more, however many a document names.
func TestLoadedContextsAreBounded(t *testing.T) {
	w := &web{}
	w.answer = func(_ context.Context, url string) ([]byte, error) { return nil, errors.New("no such host") }
	v := embedded.NewVerifier(embedded.Config{LoadContext: w.load})
	for i := range 200 {
		text := strings.ReplaceAll(needy(t, 1, 1), "c.example/", fmt.Sprintf("c%d.example/", i))
		require.Error(t, proofsOf(t, v, []byte(text)))
	}
	require.Len(t, w.asked, 64)

	// Another run has its own memory, and the contexts of the first stay its own.
	other := &web{answer: func(context.Context, string) ([]byte, error) { return []byte(harmless), nil }}
	require.ErrorIs(t, proofsOf(t, v.Loading(other.load), []byte(needy(t, 3, 2))), &vc.Problem{Code: proof.CodeSignature})
	require.Len(t, other.asked, 4)
	require.ErrorIs(t, proofsOf(t, v.Loading(nil), []byte(needy(t, 3, 2))), &vc.Problem{Code: "context-unknown"})
}

// The documents of a run may be checked at the same time.
func TestLoadingAtTheSameTime(t *testing.T) {
	w := &web{answer: func(context.Context, string) ([]byte, error) { return []byte(harmless), nil }}
	v := embedded.NewVerifier(embedded.Config{LoadContext: w.load})
	text := []byte(needy(t, 3, 2))
	doc, err := vc.Parse(text)
	require.NoError(t, err)
	p, problems := embedded.Read(door.Proofs(doc)[0], embedded.ReadOptions{At: testkit.Now})
	require.Empty(t, problems)
	key := keyOf(t, p)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			_, err := v.Open(doc, embedded.OpenOptions{}).Verify(context.Background(), p, key)
			if !errors.Is(err, &vc.Problem{Code: proof.CodeSignature}) {
				t.Error(err)
			}
		})
	}
	all.Wait()
	require.Len(t, w.asked, 4)
}

// A loader that does not look at its context is left behind, and that the time was
// over is not remembered of the URL.
func TestDeadlineOfLoadContext(t *testing.T) {
	release := make(chan struct{})
	defer close(release)
	slow := true
	w := &web{}
	w.answer = func(context.Context, string) ([]byte, error) {
		w.mu.Lock()
		wait := slow
		w.mu.Unlock()
		if wait {
			<-release
		}
		return []byte(harmless), nil
	}
	v := embedded.NewVerifier(embedded.Config{LoadContext: w.load})
	doc, err := vc.Parse([]byte(needy(t, 1, 1)))
	require.NoError(t, err)
	p, problems := embedded.Read(door.Proofs(doc)[0], embedded.ReadOptions{At: testkit.Now})
	require.Empty(t, problems)
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	s := v.Open(doc, embedded.OpenOptions{})
	_, err = s.Verify(ctx, p, keyOf(t, p))
	require.ErrorIs(t, err, context.DeadlineExceeded)
	w.mu.Lock()
	slow = false
	w.mu.Unlock()
	_, err = s.Verify(context.Background(), p, keyOf(t, p))
	require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeSignature})
}

// What the caller does with its Config afterwards changes nothing.
func TestContextsAreCloned(t *testing.T) {
	const url = "https://c.example/own"
	own := map[string][]byte{url: []byte(harmless)}
	v := embedded.NewVerifier(embedded.Config{Contexts: own})
	compiled := dataintegrity.NewContexts(own)
	copy(own[url], strings.Repeat(" ", len(own[url])))
	delete(own, url)
	own["https://c.example/later"] = []byte(harmless)
	require.True(t, v.Knows(url))
	require.False(t, v.Knows("https://c.example/later"))
	s := school.Ed(t, 0)
	text := strings.Replace(string(testkit.BadgeOf(s.ID)), `context-3.0.3.json"`, `context-3.0.3.json","`+url+`"`, 1)
	text = strings.Replace(text, `"validFrom"`, `"colour":"red","validFrom"`, 1)
	signed, err := s.Sign([]byte(text), func(o *dataintegrity.SignOptions) { o.Contexts = compiled })
	require.NoError(t, err)
	require.NoError(t, proofsOf(t, v, signed))
}
