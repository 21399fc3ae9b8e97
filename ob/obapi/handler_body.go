package obapi

import (
	"errors"
	"io"
	"net/http"
	"strconv"

	"github.com/laurel-edu/laurel/internal/rest"
)

// firstRead is what a body gets before it is known to be longer.
const firstRead = 16 << 10

// readBody reads the body of a request, most bytes at the most. Memory is taken as the
// bytes come, so that whoever announces much and sends little holds little.
func (h *handler) readBody(r *request, most int64) ([]byte, error) {
	if r.ContentLength > most {
		return nil, tooLong(r, most)
	}
	body := make([]byte, 0, firstRead)
	if err := r.lease.Take(firstRead); err != nil {
		return nil, err
	}
	for {
		n, err := r.Body.Read(body[len(body):cap(body)])
		body = body[:len(body)+n]
		r.in += int64(n)
		switch {
		case int64(len(body)) > most:
			return nil, tooLong(r, most)
		case errors.Is(err, io.EOF):
			return body, nil
		case err != nil:
			return nil, cutOff(err)
		case len(body) == cap(body):
			if body, err = grow(r, body); err != nil {
				return nil, err
			}
		}
	}
}

// grow doubles the room of a body.
func grow(r *request, body []byte) ([]byte, error) {
	if err := r.lease.Take(int64(cap(body))); err != nil {
		return nil, err
	}
	return append(make([]byte, 0, 2*cap(body)), body...), nil
}

// tooLong is the refusal of a body that is longer than it may be. What is left of it is read
// and thrown away where that is not much more: a client who is still sending when the
// connection is closed may never see the answer.
func tooLong(r *request, most int64) error {
	if bound := 2*most + 8<<20; r.ContentLength <= bound {
		n, _ := io.CopyN(io.Discard, r.Body, bound) // however it ends, the answer is the same
		r.in += n
	}
	return newRefusal(http.StatusRequestEntityTooLarge, rest.InvalidData, "the body has more than "+strconv.FormatInt(most, 10)+" bytes")
}

// cutOff is the refusal of a body that broke off: the client has gone, or is too slow.
func cutOff(err error) error {
	return invalid("the body ended before its end")
}
