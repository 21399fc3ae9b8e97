package fetch

import (
	"context"
	"strings"
)

// Limit puts a [Budget] around what f costs, for one verification: a trust pack,
// alone or in front of another Fetcher, answers freely, since nothing leaves the
// machine. Everything else is asked for a URL once, however many goroutines want
// it; the answer or the failure is remembered for as long as the result is used,
// and each such request counts one, whatever redirects it takes.
//
// A nil f is [Offline], a nil b a new Budget. Where f is a Limit already and b is
// within its Budget, the result shares what f remembers and spends b: so a part of
// a verification can be held to less. What f plugs in is guarded, see [Guard].
func Limit(f Fetcher, b *Budget) Fetcher {
	if b == nil {
		b = NewBudget(0)
	}
	switch f := Guard(f).(type) {
	case Offline, *Pack:
		return f
	case *layered:
		return &layered{pack: f.pack, next: Limit(f.next, b)}
	case *limited:
		if b.within(f.budget) {
			return &limited{next: f.next, budget: b, asked: f.asked}
		}
		return newLimited(f, b)
	default:
		return newLimited(f, b)
	}
}

// limited spends a budget on a Fetcher and remembers its answers.
type limited struct {
	next   Fetcher
	budget *Budget
	asked  *flights
}

func newLimited(next Fetcher, b *Budget) *limited {
	return &limited{next: next, budget: b, asked: &flights{keep: true}}
}

// Fetch implements [Fetcher].
func (l *limited) Fetch(ctx context.Context, url string) (*Response, error) {
	target := url
	if _, server := l.next.(*Client); server {
		target, _, _ = strings.Cut(url, "#") // a server never sees it; a pack within a Fetcher may look it up
	}
	if r, err, ok := l.asked.answered(target); ok {
		return r, err
	}
	if err := l.budget.pass(ctx, url); err != nil {
		return nil, err
	}
	r, err := l.asked.do(ctx, target,
		func() error { return l.budget.Spend(url) },
		func(ctx context.Context) (*Response, error) { return l.next.Fetch(ctx, target) })
	if err != nil {
		return nil, explain(url, err)
	}
	return r, nil
}

// Method returns what the trust packs of f say about a verification method that
// they hold under its full URL: its operator's statement that the method's
// controller lists it. Nothing is fetched.
func Method(f Fetcher, url string) (method []byte, ok bool) {
	switch f := f.(type) {
	case *Pack:
		return f.Method(url)
	case *layered:
		if method, ok := f.pack.Method(url); ok {
			return method, true
		}
		return Method(f.next, url)
	case *limited:
		return Method(f.next, url)
	}
	return nil, false
}
