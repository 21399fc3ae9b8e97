package obapi

import (
	"context"
	"time"
)

// Synced is how far a synchronisation with a host has come: what the next one begins with.
// Keep it with the connection. The zero Synced begins with everything.
type Synced struct {
	Last time.Time `json:"last"` // when the last one began
	Full time.Time `json:"full"` // when the last one of everything began
}

// SyncOptions steers [Client.Sync].
type SyncOptions struct {
	// Overlap is how much earlier than the last synchronisation this one begins, 24 hours by
	// default: clocks differ, and a credential may take a while to be shown.
	Overlap time.Duration
	// FullEvery is after how long everything is listed, 7 days by default. By the standard
	// since is about when a credential was issued, so that a diploma of ten years ago which a
	// host got today comes only then.
	FullEvery time.Duration
}

// Sync hands out the credentials of a person that are new since was, and some that are not:
// each is called once for every credential that the host lists, and keeps it, such as by
// [Keeper.Keep], which knows those that it has. It returns what the next call begins with;
// after an error that is was, so that nothing is missed. An error of each ends it; what is
// refused for what it is should not be one. Nothing is ever concluded to be gone.
func (cl *Client) Sync(ctx context.Context, was Synced, o SyncOptions, each func(context.Context, Credential) error) (Synced, error) {
	if o.Overlap <= 0 {
		o.Overlap = 24 * time.Hour
	}
	if o.FullEvery <= 0 {
		o.FullEvery = 7 * 24 * time.Hour
	}
	began := cl.c.Now()
	now, l := Synced{began, was.Full}, List{}
	if full := was.Last.IsZero() || began.Sub(was.Full) >= o.FullEvery; full {
		now.Full = began
	} else {
		l.Since = was.Last.Add(-o.Overlap)
	}
	for c, err := range cl.Credentials(ctx, l) {
		if err == nil {
			err = each(ctx, c)
		}
		if err != nil {
			return was, err
		}
	}
	return now, nil
}
