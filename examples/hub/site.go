package main

import (
	"context"
	"html/template"
	"log/slog"
	"net/http"
	"runtime"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/clr/clrapi"
	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/oauthsrv"
	"github.com/laurel-edu/laurel/ob/obapi"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/verify"
)

// site is everything that the hub serves, through its gate.
type site struct {
	gate     http.Handler
	name     string
	base     string // "https://127.0.0.1:8443"
	tenants  map[string]tenant
	oauth    *oauthsrv.Server
	pages    *template.Template
	style    string // of the pages, for a policy
	store    hub.Store
	keeper   *obapi.Keeper
	verifier *verify.Verifier // for what is looked at
	looks    chan struct{}    // as many as are verified at a time
	uploads  chan struct{}    // as many as are taken at a time
	accounts accounts
	sessions *sessions
	origins  *http.CrossOriginProtection
	limiter  *limiter
	log      *slog.Logger
	now      func() time.Time
}

// tenant is one backpack host of those that the hub is.
type tenant struct {
	oauthsrv.Tenant
	badges, records http.Handler
}

// newSite puts the parts together: one Keeper by which credentials come into the store, one
// authorization server for all tenants, and for each the two services.
func newSite(o *options, s *stores, base string, log *slog.Logger) (*site, error) {
	keeper, err := newKeeper(o, s, log)
	if err != nil {
		return nil, err
	}
	at := &site{name: "Laurel hub", base: base, tenants: map[string]tenant{}, accounts: newAccounts(o.users),
		pages: newPages(), store: s.hub, keeper: keeper,
		looks: make(chan struct{}, 2*runtime.GOMAXPROCS(0)), uploads: make(chan struct{}, mostUploads),
		sessions: &sessions{now: o.now}, origins: http.NewCrossOriginProtection(), limiter: newLimiter(o.limit, o.now),
		log: log, now: o.now}
	if at.style, err = styleSource(at.pages); err != nil {
		return nil, err
	}
	v, err := verification(o)
	if err != nil {
		return nil, err
	}
	v.Limits.Parse.MaxTokenBytes = longestFile
	if at.verifier, err = verify.New(v); err != nil {
		return nil, err
	}
	if at.oauth, err = oauthsrv.New(oauthsrv.Config{Store: s.oauth, Tenant: at.tenantOf, Login: at.person, LoginURL: loginURL,
		Pages: at.pages, Log: log, Now: o.now}); err != nil {
		return nil, err
	}
	for _, name := range o.tenants {
		if err := at.addTenant(name, keeper); err != nil {
			return nil, err
		}
	}
	gate := obapi.GateConfig{BaseURL: base}
	if at.limiter != nil {
		gate.Limit = at.limiter.wait
	}
	at.gate, err = obapi.NewGate(gate, at)
	return at, err
}

// sweep forgets every hour what has ended, until ctx does.
func (s *site) sweep(ctx context.Context) {
	hours := time.NewTicker(time.Hour)
	defer hours.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-hours.C:
			if err := s.oauth.Sweep(ctx); err != nil && ctx.Err() == nil {
				s.log.Error("sweeping failed", slog.Any("error", err))
			}
		}
	}
}

// verification is how credentials are verified, when they come and when somebody looks at
// them. Keys that are published on the web are fetched where that was asked for, from
// public addresses alone.
func verification(o *options) (verify.Config, error) {
	c := verify.Config{Now: o.now}
	if !o.online {
		return c, nil
	}
	client, err := fetch.NewClient(fetch.Config{Cache: fetch.NewMemoryCache(0)})
	c.Fetcher = client
	return c, err
}

// newKeeper makes the door of the store.
func newKeeper(o *options, s *stores, log *slog.Logger) (*obapi.Keeper, error) {
	v, err := verification(o)
	if err != nil {
		return nil, err
	}
	c := obapi.KeeperConfig{Store: s.hub, Now: o.now, Verify: v}
	if o.online {
		c.OnFetch = func(f obapi.Fetch) {
			log.Info("fetched", slog.String("host", f.Host), slog.String("code", f.Code), slog.Duration("took", f.Duration))
		}
	}
	return obapi.NewKeeper(c)
}

// addTenant makes the two services of a tenant.
func (s *site) addTenant(name string, k *obapi.Keeper) (err error) {
	t := oauthsrv.Tenant{ID: name, Issuer: s.base + "/" + name, Name: s.name, Terms: s.base + "/" + name + "/terms",
		Policy: s.base + "/" + name + "/privacy", Scopes: append(obapi.Scopes(true), clrapi.Scopes(true)...)}
	c := obapi.Config{Keeper: k, Tenant: t, Authorizer: s.oauth, Writes: true, OnRequest: s.onRequest, Logger: s.log, Now: s.now}
	one := tenant{Tenant: t}
	if one.badges, err = obapi.NewHandler(c); err != nil {
		return err
	}
	if one.records, err = clrapi.NewHandler(c); err != nil {
		return err
	}
	s.tenants[name] = one
	return nil
}

// onRequest is where the figures of a product begin.
func (s *site) onRequest(r obapi.Request) {
	s.log.Info("request", slog.String("service", r.Service), slog.String("operation", r.Operation), slog.Int("status", r.Status),
		slog.Int64("in", r.In), slog.Int64("out", r.Out), slog.Duration("took", r.Duration))
}

// ServeHTTP implements http.Handler. Paths are taken as they are written: an http.ServeMux
// would redirect those that are not clean before anybody looked at them.
func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, "/.well-known/") {
		s.oauth.ServeHTTP(w, r)
		return
	}
	name, path, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	path = "/" + path
	t, ok := s.tenants[name]
	switch {
	case !ok:
		obapi.NotFound(w, r)
	case strings.HasPrefix(path, obapi.BasePath):
		t.badges.ServeHTTP(w, r)
	case strings.HasPrefix(path, clrapi.BasePath):
		t.records.ServeHTTP(w, r)
	case s.servePage(w, r, name, path):
	default:
		s.oauth.ServeHTTP(w, r)
	}
}

// tenantOf tells the authorization server which tenant a request is made of.
func (s *site) tenantOf(r *http.Request) (oauthsrv.Tenant, error) {
	name, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if t, ok := s.tenants[name]; ok {
		return t.Tenant, nil
	}
	return oauthsrv.Tenant{}, oauthsrv.ErrNotFound
}

// person tells it who is signed in. Every user may be at every tenant.
func (s *site) person(r *http.Request, _ string) (oauthsrv.Person, error) {
	user, login := s.sessions.of(r)
	return oauthsrv.Person{Subject: user, Name: user, Session: login}, nil
}
