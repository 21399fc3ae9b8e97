package dataintegrity

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

// loader asks Config.LoadContext for each URL once, whatever became of it, so that
// neither many proofs nor nested contexts nor attempts under earlier contents make
// requests. It is safe for concurrent use.
type loader struct {
	ask     func(ctx context.Context, url string) ([]byte, error)
	mu      sync.Mutex
	answers map[string]*answer
}

// answer is what became of one URL, once done is closed.
type answer struct {
	done     chan struct{}
	document []byte
	err      error
}

func newLoader(ask func(ctx context.Context, url string) ([]byte, error)) *loader {
	return &loader{ask: ask, answers: map[string]*answer{}}
}

func (l *loader) load(ctx context.Context, url string) ([]byte, error) {
	a, first, err := l.answer(url)
	if err != nil {
		return nil, err
	}
	if first {
		l.fetch(ctx, url, a)
	}
	select {
	case <-a.done:
		return a.document, a.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// answer finds the answer for a URL, or makes the place for it.
func (l *loader) answer(url string) (a *answer, first bool, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if a := l.answers[url]; a != nil {
		return a, false, nil
	}
	if len(l.answers) >= maxLoaded {
		return nil, false, fmt.Errorf("more than %d contexts were asked for", maxLoaded)
	}
	a = &answer{done: make(chan struct{}), err: guard.ErrEnded}
	l.answers[url] = a
	return a, true, nil
}

// fetch asks for a document. That the caller's time was over says nothing of the
// URL and is not remembered.
func (l *loader) fetch(ctx context.Context, url string, a *answer) {
	defer close(a.done)
	a.document, a.err = guard.Call(ctx, func() ([]byte, error) { return l.ask(ctx, url) })
	if a.err == nil && a.document == nil {
		a.err = errors.New("the answer is empty")
	}
	if a.err != nil && ctx.Err() != nil {
		l.mu.Lock()
		delete(l.answers, url)
		l.mu.Unlock()
	}
}
