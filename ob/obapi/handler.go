package obapi

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/internal/credrest"
	"github.com/laurel-edu/laurel/internal/guard"
	"github.com/laurel-edu/laurel/internal/rest"
)

// handler serves one service at one base. It is safe for concurrent use.
type handler struct {
	Config
	service     *credrest.Service
	base        *url.URL // with the path of the standard
	operations  []*credrest.Operation
	open, shut  *rest.Origins // of the description, and of all else
	send        *rest.Sender
	sendOpen    *rest.Sender
	room        *rest.Room
	reading     turns // to read a part of a page
	description rest.Answer
}

// NewHandler returns a handler for the operations of the service, which expects requests
// with their whole path. The error says what of the Config cannot be.
func NewHandler(c Config) (http.Handler, error) {
	c.setDefaults()
	base, err := baseOf(c.BaseURL)
	if err = cmp.Or(err, c.check()); err != nil {
		return nil, err
	}
	if base.Path == "" {
		base.Path = "/" // or JoinPath would make it a path without a slash before it
	}
	s := credrest.Of(c.Kind)
	h := &handler{Config: c, service: s, base: base.JoinPath(s.Base), operations: credrest.Operations(c.Writes),
		room: rest.NewRoom(c.MaxMemory), reading: make(turns, max(1, c.MaxMemory/4/(portion+c.MaxBody)))}
	h.send = &rest.Sender{CacheControl: rest.CacheControl(true, 0), Now: c.Now}
	h.sendOpen = &rest.Sender{CacheControl: rest.CacheControl(false, c.DescriptionMaxAge), Now: c.Now}
	if err := h.setOrigins(); err != nil {
		return nil, err
	}
	return h, h.describe()
}

// setOrigins lets pages of every origin read the description, and those of none the rest.
func (h *handler) setOrigins() (err error) {
	open := credrest.Methods([]*credrest.Operation{credrest.Describe})
	if h.open, err = rest.NewOrigins(nil, open, "Accept-Encoding"); err == nil {
		h.shut, err = rest.NewOrigins([]string{}, "", "Accept", "Accept-Encoding", "Authorization")
	}
	return err
}

func (h *handler) describe() error {
	t := &h.Tenant
	text, err := h.service.Description(credrest.Host{Server: h.base.String(), Title: t.Name,
		TermsOfService: t.Terms, PrivacyPolicy: t.Policy, Image: h.Image, Endpoints: h.Endpoints}, h.operations)
	h.description = rest.Answer{Body: text, Tag: rest.Tag(text)}
	return err
}

// request is one request in the hands of the handler.
type request struct {
	*http.Request
	w     *rest.Writer
	op    *credrest.Operation // nil before it is known
	owner hub.Owner
	lease *rest.Lease
	in    int64 // bytes of the body that were read
}

// ServeHTTP implements http.Handler. Whatever goes wrong is answered, be it a panic in a
// store; where the status was sent already the connection is broken.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	began := h.Now()
	req := &request{Request: r, w: &rest.Writer{ResponseWriter: w}, lease: h.room.Lease()}
	defer req.lease.Release()
	_, err := guard.Call(context.Background(), func() (struct{}, error) { return struct{}{}, h.serve(req) })
	broken := err != nil && req.w.Sent()
	switch {
	case broken:
		h.report(req, err)
	case err != nil:
		h.refuse(req, err)
	}
	h.tell(req, began)
	if broken {
		panic(http.ErrAbortHandler) // the answer is not whole, which this alone tells the client
	}
}

// tell hands what became of a request to OnRequest, whose panic is its own.
func (h *handler) tell(r *request, began time.Time) {
	if h.OnRequest == nil {
		return
	}
	done := Request{Service: h.service.Name, Method: r.Method, Status: r.w.Status, In: r.in, Out: r.w.Bytes, Duration: h.Now().Sub(began)}
	if r.op != nil {
		done.Operation = r.op.ID
	}
	if !slices.Contains(knownMethods, done.Method) {
		done.Method = "other"
	}
	_, _ = guard.Call(context.Background(), func() (struct{}, error) { h.OnRequest(done); return struct{}{}, nil })
}

var knownMethods = []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions,
	http.MethodPatch}

// serve answers a request. What is wrong is found in this order: the host, the path and
// the method, the token, its scope, what the client takes, what it sends.
func (h *handler) serve(r *request) error {
	if !strings.EqualFold(r.Host, h.base.Host) {
		return errForeignHost
	}
	path, ok := strings.CutPrefix(r.URL.EscapedPath(), h.base.EscapedPath())
	here := credrest.At(h.operations, path)
	if !ok || len(here) == 0 {
		return errNoSuchPath
	}
	origins := h.shut
	if here[0] == credrest.Describe {
		origins = h.open
	}
	origins.Allow(r.w, r.Request)
	if r.op = h.find(here, r.Method); r.op == nil {
		return h.otherMethod(r, here, origins)
	}
	if err := queryLimits.Check(r.URL.RawQuery); err != nil {
		return err
	}
	return h.operate(r)
}

// find returns the operation of a method. HEAD is GET without a body.
func (h *handler) find(here []*credrest.Operation, method string) *credrest.Operation {
	if method == http.MethodHead {
		method = http.MethodGet
	}
	if method == http.MethodPost && h.AcceptProfilePOST && here[0].Path == credrest.PutProfile.Path {
		method = http.MethodPut
	}
	for _, o := range here {
		if o.Method == method {
			return o
		}
	}
	return nil
}

// otherMethod answers what is no operation: OPTIONS, which says what is one, and the rest.
func (h *handler) otherMethod(r *request, here []*credrest.Operation, origins *rest.Origins) error {
	if r.Method == http.MethodOptions && origins == h.open {
		origins.Preflight(r.w, r.Request)
		return nil
	}
	r.w.Header().Set("Allow", credrest.Methods(here))
	if r.Method == http.MethodOptions {
		r.w.WriteHeader(http.StatusNoContent)
		return nil
	}
	return errNoSuchMethod
}

// operate lets a request in and does what it asks for.
func (h *handler) operate(r *request) error {
	if r.op == credrest.Describe {
		h.sendOpen.Send(r.w, r.Request, h.description)
		return nil
	}
	if err := h.authorize(r); err != nil {
		return err
	}
	switch r.op {
	case credrest.List:
		return h.list(r)
	case credrest.Upsert:
		return h.upsert(r)
	case credrest.GetProfile:
		return h.profile(r)
	case credrest.PutProfile:
		return h.putProfile(r)
	}
	return fmt.Errorf("obapi: no code for %s", r.op.ID)
}
