// Package storetest holds stores of hub against what hub.Store promises: order and paging,
// replacement, races, isolation of owners and tenants, what is there after a store was
// opened anew, erasure and export.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"github.com/laurel-edu/laurel/hub"
)

// Test holds a store against what [hub.Store] promises, and returns how many cases it
// passed, which is the same number for each store that passes all. open returns a store; each
// call gives another one over the same data, which are empty at first. A store in memory is
// itself each time. The error names all that was found wrong. Call it from a test of yours,
// with the race detector on:
//
//	passed, err := storetest.Test(t.Context(), open)
//	if err != nil {
//		t.Fatal(err)
//	}
//
// It is a function and not a test, like testing/fstest.TestFS, so that a command of yours
// can use it too.
func Test(ctx context.Context, open func(context.Context) (hub.Store, error)) (passed int, err error) {
	s := &suite{ctx: ctx, open: open}
	var faults []error
	for _, c := range cases {
		if err := s.run(c.name, c.f); err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", c.name, err))
			continue
		}
		passed++
	}
	return passed, errors.Join(faults...)
}

// cases are what is tested, each with owners of its own.
var cases = []struct {
	name string
	f    func(*suite)
}{
	{"a credential is kept to the byte", (*suite).keeps},
	{"the newer replaces the older", (*suite).replaces},
	{"what makes two credentials one", (*suite).identity},
	{"badges and records are apart", (*suite).kinds},
	{"instants at the edges", (*suite).instants},
	{"long texts and strange ids", (*suite).texts},
	{"what is handed out is the caller's", (*suite).aliases},
	{"find and delete", (*suite).deletes},
	{"the order is that of insertion", (*suite).order},
	{"pages by offset", (*suite).offsets},
	{"pages by position", (*suite).positions},
	{"pages while entries come and go", (*suite).moving},
	{"pages end where they are long", (*suite).heavy},
	{"since", (*suite).since},
	{"a profile", (*suite).profile},
	{"a profile under a condition", (*suite).condition},
	{"links to credentials", (*suite).links},
	{"links end with what they lead to", (*suite).linksEnd},
	{"owners and tenants are apart", (*suite).isolation},
	{"the owners of a tenant", (*suite).owners},
	{"an owner is erased", (*suite).erases},
	{"a tenant is erased", (*suite).erasesTenant},
	{"an owner is exported and imported", (*suite).exports},
	{"calls that make no sense", (*suite).senseless},
	{"a context that has ended", (*suite).ended},
	{"many upserts of one credential", (*suite).raceOneKey},
	{"one credential from several sides", (*suite).raceSame},
	{"many credentials of one owner", (*suite).raceOwner},
	{"readers while one owner's credentials come", (*suite).raceReaders},
	{"one tag, many profiles", (*suite).raceProfile},
	{"an erasure amid upserts", (*suite).raceErase},
	{"opened anew", (*suite).reopens},
	{"two over the same data", (*suite).shares},
}

// suite is the case that is run.
type suite struct {
	ctx   context.Context
	open  func(context.Context) (hub.Store, error)
	name  string
	store hub.Store

	mu     sync.Mutex
	faults []error
}

// run runs a case in a goroutine of its own, which it may end.
func (s *suite) run(name string, f func(*suite)) error {
	s.name, s.faults = name, nil
	done := make(chan any)
	go func() {
		defer func() { done <- recover() }()
		s.store = s.opened()
		f(s)
	}()
	if v := <-done; v != nil {
		s.fault("it panicked: %v", v)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return errors.Join(s.faults...)
}

// opened opens the store. It is guarded, so that an answer to another question is a fault.
func (s *suite) opened() hub.Store {
	store, err := s.open(s.ctx)
	if err == nil && store == nil {
		err = errors.New("there is none")
	}
	s.must(err, "opening the store")
	return hub.Guard(store)
}

func (s *suite) fault(format string, args ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	const most = 20 // of a case that is wrong everywhere
	if len(s.faults) < most {
		s.faults = append(s.faults, fmt.Errorf(format, args...))
	}
}

// must ends the goroutine where there is an error.
func (s *suite) must(err error, doing string) {
	if err != nil {
		s.fault("%s: %w", doing, err)
		runtime.Goexit()
	}
}

// equal is a fault where two values differ.
func equal[T comparable](s *suite, got, want T, what string) {
	if got != want {
		s.fault("%s: %v, not %v", what, got, want)
	}
}

// is is a fault where an error is not of a kind.
func (s *suite) is(err, want error, what string) {
	if !errors.Is(err, want) {
		s.fault("%s: the error is %v, not %v", what, err, want)
	}
}

// together runs f n times at once.
func (s *suite) together(n int, f func(i int)) {
	var group sync.WaitGroup
	for i := range n {
		group.Go(func() { f(i) })
	}
	group.Wait()
}

// owner is one of the case, in a tenant of its own.
func (s *suite) owner(user string) hub.Owner { return hub.Owner{Tenant: s.name, User: user} }
