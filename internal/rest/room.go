package rest

import (
	"errors"
	"sync"
)

// ErrNoRoom is the error of a [Lease]: the answers that are being made and sent take all
// the memory that they may. Who asks again later may find room.
var ErrNoRoom = errors.New("rest: no room for another answer")

// Room bounds the memory that the answers of a service take together until they are sent:
// a reader who does not read keeps his answer in memory, however soon it was made. Make it
// with [NewRoom]. It is safe for concurrent use.
type Room struct {
	mu     sync.Mutex
	most   int64
	used   int64
	shared map[any]int // how many leases hold what several share
}

// NewRoom makes a room of so many bytes.
func NewRoom(most int64) *Room { return &Room{most: most, shared: map[any]int{}} }

// Lease returns what one answer takes of the room, nothing yet.
func (r *Room) Lease() *Lease { return &Lease{room: r} }

// Used is how many bytes are taken.
func (r *Room) Used() int64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.used
}

// Lease is the part of a [Room] that one answer takes. It is for one goroutine.
type Lease struct {
	room   *Room
	own    int64
	shared map[any]int64 // what is held together with others, by what it is
}

// Take takes so many bytes more, or returns [ErrNoRoom]. An answer that is alone in the
// room may be larger than the room, for it could never be sent otherwise.
func (l *Lease) Take(n int64) error {
	l.room.mu.Lock()
	defer l.room.mu.Unlock()
	if err := l.enter(n); err != nil {
		return err
	}
	l.own += n
	return nil
}

// Share takes so many bytes for something that is counted once however many hold it.
func (l *Lease) Share(what any, n int64) error {
	l.room.mu.Lock()
	defer l.room.mu.Unlock()
	if _, held := l.shared[what]; held {
		return nil
	}
	if l.room.shared[what] == 0 {
		if err := l.enter(n); err != nil {
			return err
		}
	}
	if l.shared == nil {
		l.shared = map[any]int64{}
	}
	l.shared[what] = n
	l.room.shared[what]++
	return nil
}

// enter counts bytes where they fit, or where nobody else has any.
func (l *Lease) enter(n int64) error {
	if r := l.room; r.used > r.most-n && r.used > l.alone() {
		return ErrNoRoom
	}
	l.room.used += n
	return nil
}

// alone is what would be taken if there were this lease alone.
func (l *Lease) alone() int64 {
	n := l.own
	for _, shared := range l.shared {
		n += shared
	}
	return n
}

// Release gives everything back. The lease may be used again.
func (l *Lease) Release() {
	l.room.mu.Lock()
	defer l.room.mu.Unlock()
	l.room.used -= l.own
	for what, n := range l.shared {
		if l.room.shared[what]--; l.room.shared[what] == 0 {
			delete(l.room.shared, what)
			l.room.used -= n
		}
	}
	l.own, l.shared = 0, nil
}
