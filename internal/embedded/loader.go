package embedded

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/laurel-edu/laurel/internal/guard"
)

// maxLoaded bounds the URLs that one loader asks for, and with the limit on the
// length of a context what it keeps. One document may list sixteen contexts; a run
// over a record meets a few more.
const maxLoaded = 64

// loader remembers what Config.LoadContext answered for each URL, whatever became of
// it, so that neither many proofs nor nested contexts nor attempts under earlier
// contents ask again. Nobody waits for the question of another: whoever asks may be
// waiting for its turn, and who answers can tell that two want the same. It is safe
// for concurrent use.
type loader struct {
	ask     func(ctx context.Context, url string) ([]byte, error)
	mu      sync.Mutex
	answers map[string]answer
}

// answer is what became of one URL; the zero answer is none yet.
type answer struct {
	document []byte
	err      error
}

func newLoader(ask func(ctx context.Context, url string) ([]byte, error)) *loader {
	return &loader{ask: ask, answers: map[string]answer{}}
}

func (l *loader) load(ctx context.Context, url string) ([]byte, error) {
	a, err := l.known(url)
	if err != nil || a.document != nil || a.err != nil {
		return a.document, errors.Join(err, a.err)
	}
	a.document, a.err = guard.Call(ctx, func() ([]byte, error) { return guard.Legible(l.ask(ctx, url)) })
	if a.err == nil && a.document == nil {
		a.err = errors.New("the answer is empty")
	}
	if a.err == nil || ctx.Err() == nil { // that the caller's time was over says nothing of the URL
		l.mu.Lock()
		l.answers[url] = a
		l.mu.Unlock()
	}
	return a.document, a.err
}

// known returns the answer for a URL, or makes a place for it.
func (l *loader) known(url string) (answer, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	a, known := l.answers[url]
	if !known && len(l.answers) >= maxLoaded {
		return a, fmt.Errorf("more than %d contexts were asked for", maxLoaded)
	}
	l.answers[url] = a
	return a, nil
}
