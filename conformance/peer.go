package conformance

import (
	"crypto/x509"
	"fmt"
	"net/http"
	"sync/atomic"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/conformance/refhost"
)

// peer is a reference host that is served.
type peer struct {
	*refhost.Host
	roots *x509.CertPool
	stop  func()
}

// serve serves a reference host with a fault, "" for none. Each purpose has keys of its own.
func (n *session) serve(fault, purpose string) (*peer, error) {
	h := &peer{}
	var err error
	h.roots, h.stop, err = n.listen(func(origin string) (_ http.Handler, err error) {
		h.Host, err = refhost.New(refhost.Config{Origin: origin, Fault: fault, Seed: n.suite.Seed + " " + purpose, Now: n.suite.now})
		return h.Host, err
	})
	if err != nil {
		return nil, err
	}
	return h, nil
}

// listen serves what is made for the origin that it stands at.
func (n *session) listen(made func(origin string) (http.Handler, error)) (roots *x509.CertPool, stop func(), err error) {
	listen := n.suite.Listen
	if listen == nil {
		listen = onLoopback
	}
	var behind atomic.Pointer[http.Handler]
	origin, roots, stop, err := listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if h := behind.Load(); h != nil {
			(*h).ServeHTTP(w, r)
			return
		}
		http.NotFound(w, r)
	}))
	if err != nil {
		return nil, nil, fmt.Errorf("the reference host cannot be served: %w", err)
	}
	h, err := made(origin)
	if err != nil {
		stop()
		return nil, nil, err
	}
	behind.Store(&h)
	return roots, stop, nil
}

func onLoopback(h http.Handler) (string, *x509.CertPool, func(), error) {
	web, err := obtest.NewHost()
	if err != nil {
		return "", nil, nil, err
	}
	web.Handle(h)
	return web.Origin(), web.Roots(), web.Close, nil
}

// end ends what the run has begun.
func (n *session) end() {
	if n.gallery != nil {
		n.gallery.stop()
	}
}
