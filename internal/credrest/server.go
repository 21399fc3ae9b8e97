package credrest

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/internal/guard"
	"github.com/laurel-edu/laurel/internal/rest"
)

// Server is the handler of one service at one base. It is safe for concurrent use.
type Server struct {
	Config
	service     *Service
	base        *url.URL // with the path of the standard
	operations  []*Operation
	open, shut  *rest.Origins // of the description, and of all else
	send        *rest.Sender
	sendOpen    *rest.Sender
	room        *rest.Room
	verifying   turns // to verify
	reading     turns // to read a part of a page
	judge       *Judge
	description rest.Answer
}

// NewServer makes the handler of a service.
func NewServer(s *Service, c Config) (*Server, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	base, err := baseOf(c.BaseURL)
	if err != nil {
		return nil, err
	}
	c.setDefaults(s)
	c.Store = hub.Guard(c.Store)
	h := &Server{Config: c, service: s, base: base.JoinPath(s.Base), room: rest.NewRoom(c.MaxMemory),
		verifying: make(turns, c.MaxVerifying), reading: make(turns, max(1, c.MaxMemory/4/(portion+c.MaxBody)))}
	for i := range operations {
		if c.Writes || !operations[i].Writes {
			h.operations = append(h.operations, &operations[i])
		}
	}
	if h.judge, err = NewJudge(s, JudgeConfig{Verify: c.Verify, MaxBody: c.MaxBody, MaxAhead: c.MaxAhead, Now: c.Now}); err != nil {
		return nil, err
	}
	h.send = &rest.Sender{CacheControl: rest.CacheControl(true, 0), Now: c.Now}
	h.sendOpen = &rest.Sender{CacheControl: rest.CacheControl(false, c.DescriptionMaxAge), Now: c.Now}
	return h, h.describe()
}

// describe makes what is the same in every answer.
func (h *Server) describe() (err error) {
	open := methods([]*Operation{&operations[opDiscovery]})
	if h.open, err = rest.NewOrigins(nil, open, "Accept-Encoding"); err != nil {
		return err
	}
	if h.shut, err = rest.NewOrigins([]string{}, open, "Accept", "Accept-Encoding", "Authorization"); err != nil {
		return err
	}
	text, err := describe(h.service, &h.Config, h.operations, h.base.String())
	h.description = rest.Answer{Body: text, Tag: rest.Tag(text)}
	return err
}

// request is one request in the hands of the server.
type request struct {
	*http.Request
	w     *rest.Writer
	op    *Operation // nil before it is known
	owner hub.Owner
	lease *rest.Lease
	in    int64 // bytes of the body that were read
}

// ServeHTTP implements http.Handler. Whatever goes wrong is answered, be it a panic in a
// store; where the status was sent already the connection is broken.
func (h *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
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

// tell hands what became of a request to OnRequest. Its panic is its own.
func (h *Server) tell(r *request, began time.Time) {
	if h.OnRequest == nil {
		return
	}
	done := Request{Method: r.Method, Status: r.w.Status, In: r.in, Out: r.w.Bytes, Duration: h.Now().Sub(began)}
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
func (h *Server) serve(r *request) error {
	if !strings.EqualFold(r.Host, h.base.Host) {
		return refusal(http.StatusMisdirectedRequest, rest.Misdirected, "this host is not served here")
	}
	here := at(strings.TrimPrefix(r.URL.EscapedPath(), h.base.EscapedPath()))
	here = slices.DeleteFunc(here, func(o *Operation) bool { return !slices.Contains(h.operations, o) })
	if len(here) == 0 || !strings.HasPrefix(r.URL.EscapedPath(), h.base.EscapedPath()) {
		return refusal(http.StatusNotFound, rest.UnknownObject, "nothing stands at this path")
	}
	origins := h.shut
	if here[0].Scope == "" {
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
func (h *Server) find(here []*Operation, method string) *Operation {
	if method == http.MethodHead {
		method = http.MethodGet
	}
	if method == http.MethodPost && h.AcceptProfilePOST && here[0].Path == operations[opPutProfile].Path {
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
func (h *Server) otherMethod(r *request, here []*Operation, origins *rest.Origins) error {
	if r.Method == http.MethodOptions {
		origins.Preflight(r.w, r.Request)
		return nil
	}
	r.w.Header().Set("Allow", methods(here))
	return refusal(http.StatusMethodNotAllowed, rest.NotAllowed, "this path does not have the method")
}

// operate lets a request in and does what it asks for.
func (h *Server) operate(r *request) error {
	if r.op == &operations[opDiscovery] {
		h.sendOpen.Send(r.w, r.Request, h.description)
		return nil
	}
	if err := h.authorize(r); err != nil {
		return err
	}
	switch r.op {
	case &operations[opCredentials]:
		return h.list(r)
	case &operations[opUpsert]:
		return h.upsert(r)
	case &operations[opProfile]:
		return h.profile(r)
	case &operations[opPutProfile]:
		return h.putProfile(r)
	}
	return fmt.Errorf("credrest: no code for %s", r.op.ID)
}
