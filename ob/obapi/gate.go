package obapi

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/internal/guard"
	"github.com/laurel-edu/laurel/internal/rest"
)

// GateConfig says what a gate lets pass.
type GateConfig struct {
	// BaseURL is where the host is reached, https. A request for another host is answered
	// with 421, whatever forwarding headers say: links and redirects are made of BaseURL,
	// and whoever can choose the host of a page could otherwise choose them.
	BaseURL string
	// Limit is asked before a request is looked at. A positive duration refuses it with 429,
	// and is when the client may come again. Nil lets everybody pass; one that panics nobody.
	Limit func(*http.Request) time.Duration
}

// NewGate returns a handler that stands before everything that a host serves, its
// authorization server too, and refuses in the words of the standard's services what is
// for another host, and who comes too often.
func NewGate(c GateConfig, next http.Handler) (http.Handler, error) {
	base, err := baseOf(c.BaseURL)
	if err != nil {
		return nil, err
	}
	if next == nil {
		return nil, errors.New("obapi: there is nothing behind the gate")
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if told := c.judge(r, base.Host); told != nil {
			sendRefusal(w, r, told)
			return
		}
		next.ServeHTTP(w, r)
	}), nil
}

func (c *GateConfig) judge(r *http.Request, host string) *refusal {
	if !strings.EqualFold(r.Host, host) {
		return errForeignHost
	}
	if c.Limit == nil {
		return nil
	}
	wait, err := guard.Call(context.Background(), func() (time.Duration, error) { return c.Limit(r), nil })
	if err != nil {
		wait = nobodyAtHome
	}
	if wait <= 0 {
		return nil
	}
	return &refusal{status: http.StatusTooManyRequests, minor: rest.ServerBusy, text: "this client comes too often", after: wait}
}

// NotFound answers that nothing stands at a path, in the words of the standard's services:
// for what a host serves besides.
func NotFound(w http.ResponseWriter, r *http.Request) { sendRefusal(w, r, errNoSuchPath) }
