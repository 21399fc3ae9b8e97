package oauthclient

import (
	"context"
	"errors"
	"hash/fnv"
	"net/http"
	"net/url"
	"slices"
	"time"
)

// State is how a connection stands. The zero State is none.
type State uint8

// The states of a connection.
const (
	StateReady       State = iota + 1
	StateWaiting           // the host was not available; try again at Standing.RetryAt
	StateUnavailable       // three times in a row: tell the person
	StateScopeLost         // the host says that the scopes do not suffice: offer to reconnect
	StateBroken            // tokens are taken no more: offer to reconnect
)

// Standing is what an application shows, and by which it plans its next attempt.
type Standing struct {
	State    State
	Scopes   []string // that were granted, which may be fewer than were asked for
	Failures int      // in a row
	RetryAt  time.Time
}

// mostFailures is how often a host may fail in a row before the person is told: once, and
// twice more (rest.md of the implementation guide).
const mostFailures = 3

// Connection is what a person has allowed the application at a host. It is safe for
// concurrent use, and cheap: all that it knows is in the Store.
type Connection struct {
	cl        *Client
	key       string
	discovery string
}

// connected is what is kept of a connection.
type connected struct {
	Host   Host
	Client registration // that the tokens were given to
	tokens
	State    State
	Failures int
	RetryAt  time.Time
}

func (cl *Client) connection(person, discovery string) *Connection {
	return &Connection{cl, key("connection", person, discovery), discovery}
}

// Connection returns the connection of a person to the host of a Discovery URL. The error
// matches ErrNotConnected where there is none.
func (cl *Client) Connection(ctx context.Context, person, discovery string) (*Connection, error) {
	k := cl.connection(person, discovery)
	_, err := k.get(ctx)
	return k, err
}

// get reads what is kept.
func (k *Connection) get(ctx context.Context) (kept[connected], error) {
	was, err := load[connected](ctx, k.cl.store, k.key)
	if err == nil && was.raw == nil {
		err = &Error{Op: "call", URL: k.discovery, Err: ErrNotConnected}
	}
	return was, err
}

// put keeps a connection in the place of whatever is there.
func (k *Connection) put(ctx context.Context, c *connected) error {
	c.State = StateReady
	for range tries {
		was, err := load[connected](ctx, k.cl.store, k.key)
		if err != nil {
			return err
		}
		if done, err := swap(ctx, k.cl.store, k.key, was.raw, c); err != nil || done {
			return err
		}
	}
	return errBusy
}

// tries is how often a step is taken that others may be faster at.
const tries = 8

var errBusy = errors.New("oauthclient: the store changes whenever it is written to")

// Host returns the host.
func (k *Connection) Host(ctx context.Context) (*Host, error) {
	was, err := k.get(ctx)
	return &was.value.Host, err
}

// Standing returns how the connection stands.
func (k *Connection) Standing(ctx context.Context) (Standing, error) {
	was, err := k.get(ctx)
	c := was.value
	return Standing{State: c.State, Scopes: slices.Clone(c.Scopes), Failures: c.Failures, RetryAt: c.RetryAt}, err
}

// turn lets one goroutine of this process at a time renew a connection.
func (k *Connection) turn(ctx context.Context) (done func(), err error) {
	h := fnv.New32a()
	_, _ = h.Write([]byte(k.key))
	turn := k.cl.turns[h.Sum32()%uint32(len(k.cl.turns))]
	select {
	case turn <- struct{}{}:
		return func() { <-turn }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Token returns an access token that is good now, and renews it where it is not. The error
// matches ErrReconnect where the person has to allow it anew, and ErrUnavailable.
func (k *Connection) Token(ctx context.Context) (string, error) {
	done, err := k.turn(ctx)
	if err != nil {
		return "", err
	}
	defer done()
	for range tries {
		was, err := k.get(ctx)
		if err != nil {
			return "", err
		}
		c := was.value
		if c.Access != "" && (c.Expires.IsZero() || k.cl.c.Now().Before(c.Expires)) {
			return c.Access, nil
		}
		switch saved, err := k.renew(ctx, was.raw, &c); {
		case err != nil:
			return "", err
		case saved:
			return c.Access, nil
		}
		// Another process was faster, and its tokens are the ones that are kept.
	}
	return "", errBusy
}

// renew gets new tokens and keeps them, or what came of it.
func (k *Connection) renew(ctx context.Context, was []byte, c *connected) (saved bool, err error) {
	if c.Refresh == "" {
		return false, k.broken(ctx, was, c, &Error{Op: "refresh", URL: c.Host.Token, Err: ErrReconnect, Detail: "the access has ended"})
	}
	got, err := k.cl.refresh(ctx, c)
	switch {
	case errors.Is(err, ErrReconnect):
		return false, k.broken(ctx, was, c, err)
	case err != nil:
		k.failed(ctx, was, c, err)
		return false, err
	}
	c.tokens, c.State, c.Failures, c.RetryAt = got, StateReady, 0, time.Time{}
	return swap(ctx, k.cl.store, k.key, was, c)
}

// broken notes that the tokens are taken no more. The note is lost where somebody else
// changes the connection meanwhile, who then knows better.
func (k *Connection) broken(ctx context.Context, was []byte, c *connected, why error) error {
	c.Access, c.Refresh, c.State = "", "", StateBroken
	if _, err := swap(ctx, k.cl.store, k.key, was, c); err != nil {
		return errors.Join(why, err)
	}
	return why
}

// failed notes that the host was not available.
func (k *Connection) failed(ctx context.Context, was []byte, c *connected, why error) {
	e, ok := errors.AsType[*Error](why)
	if !ok || !errors.Is(e, ErrUnavailable) {
		return
	}
	c.Failures++
	c.State, c.RetryAt = StateWaiting, k.cl.c.Now().Add(e.RetryAfter).UTC()
	if c.Failures >= mostFailures {
		c.State = StateUnavailable
	}
	_, _ = swap(ctx, k.cl.store, k.key, was, c) // as in broken
}

// Reject says that the service refused a token, so that Token gets another.
func (k *Connection) Reject(token string) {
	ctx := context.Background()
	was, err := k.get(ctx)
	if c := was.value; err == nil && c.Access == token {
		c.Access = ""
		_, _ = swap(ctx, k.cl.store, k.key, was.raw, &c) // whoever was faster knows better
	}
}

// Revoke ends the connection: it revokes the tokens at the host and forgets them. The error
// matches ErrNoRevocation where the host offers no way to, and the tokens are forgotten all
// the same; after any other error the connection stands as before.
func (k *Connection) Revoke(ctx context.Context) error {
	was, err := k.get(ctx)
	if err != nil {
		return err
	}
	c := was.value
	err = k.revoke(ctx, &c)
	if err != nil && !errors.Is(err, ErrNoRevocation) {
		return err
	}
	if _, gone := swap[connected](ctx, k.cl.store, k.key, was.raw, nil); gone != nil {
		return gone
	}
	return err
}

// revoke revokes the refresh token, with which the access tokens end (RFC 7009, 2.1).
func (k *Connection) revoke(ctx context.Context, c *connected) error {
	token, hint := c.Refresh, "refresh_token"
	if token == "" {
		token, hint = c.Access, "access_token"
	}
	switch {
	case token == "":
		return nil
	case c.Host.Revocation == "":
		return &Error{Op: "revocation", URL: c.Host.Discovery, Err: ErrNoRevocation}
	}
	req, err := post(ctx, c.Host.Revocation, c.Client, url.Values{"token": {token}, "token_type_hint": {hint}})
	if err != nil {
		return err
	}
	got, err := k.cl.send("revocation", req)
	switch {
	case err != nil:
		return err
	case got.status != http.StatusOK && got.text("error") != "invalid_client": // a host that does not know us knows no token of ours
		return &Error{Op: "revocation", URL: c.Host.Revocation, Status: got.status, Code: said(got.text("error")), Err: ErrHost}
	}
	return nil
}
