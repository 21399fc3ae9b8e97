package obapi

import (
	"bytes"
	"context"
	"net/http"

	"github.com/laurel-edu/laurel/internal/credrest"
)

// Accepted is what a host made of a credential or a profile that was sent to it.
type Accepted uint8

// The answers of a host. The zero value is none of them.
const (
	_                 Accepted = iota
	AcceptedCreated            // it had nothing of the kind
	AcceptedReplaced           // it replaced what it had, or has it already: hosts do not say
	AcceptedUnchanged          // it has it already
	AcceptedQueued             // it will look at it, and may yet refuse it
)

var accepted = map[int]Accepted{http.StatusOK: AcceptedReplaced, http.StatusCreated: AcceptedCreated,
	http.StatusNotModified: AcceptedUnchanged, http.StatusAccepted: AcceptedQueued, http.StatusNoContent: AcceptedReplaced}

// writing are the statuses of a write that went well. 304 is none of HTTP's for a write, and
// the standard has it.
var writing = []int{http.StatusOK, http.StatusCreated, http.StatusAccepted, http.StatusNoContent, http.StatusNotModified}

// Upsert sends a credential, JSON or a compact JWS, as it is: a host adds it, or replaces
// the one of the same issuer and id. To send one again does no harm. The error matches
// [ErrOlder] where the host has a newer one.
func (cl *Client) Upsert(ctx context.Context, credential []byte) (Accepted, error) {
	media, text := credrest.JSON, trimmed(credential)
	if !bytes.HasPrefix(text, []byte("{")) {
		media = credrest.Token
	}
	a, err := cl.send(ctx, &call{op: credrest.Upsert, url: cl.endpoint(credrest.Upsert), method: http.MethodPost, body: text,
		header: http.Header{"Content-Type": {media}, "Accept": {media + ", application/json;q=0.9, */*;q=0.1"}}, good: writing})
	if err != nil {
		return 0, err
	}
	return accepted[a.status], nil
}

// Profile is the profile of a person at a host: what they, or the host, say of themselves.
// Nobody has checked it.
type Profile struct {
	Raw []byte // JSON
	Tag string // its ETag, for PutOptions.Was; "" where the host gives none
}

// Profile reads the profile of a person. The error matches [ErrNotFound] where there is
// none yet.
func (cl *Client) Profile(ctx context.Context) (Profile, error) {
	c := &call{op: credrest.GetProfile, url: cl.endpoint(credrest.GetProfile), method: http.MethodGet, good: []int{http.StatusOK},
		header: http.Header{"Accept": {"application/json, application/*;q=0.5"}}}
	a, err := cl.send(ctx, c)
	if err != nil {
		return Profile{}, err
	}
	text := trimmed(a.body)
	if !bytes.HasPrefix(text, []byte("{")) {
		e := cl.failed(c, "the answer is no profile", ErrNotService)
		e.Status = a.status
		return Profile{}, e
	}
	return Profile{text, a.header.Get("ETag")}, nil
}

// PutOptions steers [Client.PutProfile].
type PutOptions struct {
	// Was is the Tag of the profile that is to be replaced: where the host has another the
	// error matches [ErrChanged]. "" replaces whatever is there.
	Was string
	// POST sends the profile by POST where the host does not have PUT, as hosts of Open
	// Badges 2.1 do.
	POST bool
}

// PutProfile replaces the profile of a person as a whole. A host may keep it and show it
// later, or not at all, and may refuse what it cannot check.
func (cl *Client) PutProfile(ctx context.Context, profile []byte, o PutOptions) (Accepted, error) {
	c := &call{op: credrest.PutProfile, url: cl.endpoint(credrest.PutProfile), method: http.MethodPut,
		body: trimmed(profile), good: writing,
		header: http.Header{"Content-Type": {credrest.JSON}, "Accept": {"application/json, */*;q=0.1"}}}
	if o.Was != "" {
		c.header.Set("If-Match", o.Was)
	}
	a, err := cl.send(ctx, c)
	if e, ok := err.(*Error); ok && e.Status == http.StatusMethodNotAllowed && o.POST {
		c.method = http.MethodPost
		a, err = cl.send(ctx, c)
	}
	if err != nil {
		return 0, err
	}
	return accepted[a.status], nil
}
