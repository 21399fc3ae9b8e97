package oauthsrv

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"time"

	"github.com/laurel-edu/laurel/internal/guard"
	"github.com/laurel-edu/laurel/internal/pagestyle"
)

//go:embed pages/*.html
var pageFiles embed.FS

//go:embed pages/style.css
var ownStyle string

// pages are the templates in use.
type pages struct{ *template.Template }

// Pages returns the templates of this package, to build one's own from:
//
//	pages := oauthsrv.Pages()
//	template.Must(pages.Parse(`{{define "brand"}}<img src="/logo.svg" alt="Example">{{end}}`))
//	server, err := oauthsrv.New(oauthsrv.Config{Pages: pages, …})
//
// "consent" is executed with a [ConsentPage], "connections" with a [ConnectionsPage] and
// "error" with an [ErrorPage]. They share "head" (with "style" and "more-style", which is
// empty), "brand", which is the name of the tenant, and "foot". Those that ask nothing begin
// with "top", which is the brand, and the place for what leads to other pages. A page has no scripts and loads nothing but images of the
// tenant's own host: its Content-Security-Policy admits no more, and no style but that of an
// element with the Nonce. Pages of a product that are executed with a [Page] can use "head",
// "top" and "foot" too, and look alike.
func Pages() *template.Template {
	funcs := template.FuncMap{"day": day, "duration": duration}
	all := template.Must(template.New("").Funcs(funcs).ParseFS(pageFiles, "pages/*.html"))
	template.Must(all.New("style").Parse(pagestyle.CSS + ownStyle))
	return all
}

func newPages(own *template.Template) (*pages, error) {
	if own == nil {
		own = Pages()
	}
	for _, name := range []string{"consent", "connections", "error"} {
		if own.Lookup(name) == nil {
			return nil, fmt.Errorf("oauthsrv: Config.Pages has no template %q", name)
		}
	}
	copied, err := own.Clone() // one that is changed later is not changed here
	if err != nil {
		return nil, fmt.Errorf("oauthsrv: Config.Pages: %w", err)
	}
	return &pages{copied}, nil
}

// Page is what every page has.
type Page struct {
	Tenant Tenant
	Person Person // without a Subject where nobody is signed in
	Nonce  string // of its style element
}

// ConsentPage asks a person whether a client may do what it asks for. Its form is sent to
// Action by POST with Request, Token, and decision, which is "allow" or "deny". Nobody has
// checked what the Client says of itself, but Host, where the answer goes.
type ConsentPage struct {
	Page
	Client      Metadata
	Host        string
	Scopes      []Scope
	Lasting     time.Duration // until the client has to ask again, at most
	Action      string
	Request     string
	Token       string
	Connections string // the URL of the page of connected applications
}

// ConnectionsPage lists the clients that a person has allowed something. Each has a form,
// sent to Action by POST with Token, client, which is its ID, and revoke, which is not
// empty.
type ConnectionsPage struct {
	Page
	Connections []Connection
	Revoked     bool // access was taken from one just now
	Action      string
	Token       string
}

// Connection is a client that a person has allowed something, however often.
type Connection struct {
	ID     string
	Client Metadata // empty where the client is no longer registered
	Host   string   // of its redirect URIs
	Scopes []Scope
	Since  time.Time
	Used   time.Time
}

// ErrorPage says what went wrong.
type ErrorPage struct {
	Page
	Title, Text string
}

func (p *Page) common() *Page { return p }

// formPolicy says where the forms of a page may lead. That of the consent page is not
// bounded: Chromium holds the redirects that answer a form against it too, the one to the
// client and then the client's own.
var formPolicy = map[string]string{"consent": "", "connections": "; form-action 'self'", "error": "; form-action 'none'"}

// show sends a page.
func (s *Server) show(w http.ResponseWriter, r *http.Request, status int, name string, page interface{ common() *Page }) {
	nonce := newID()
	page.common().Nonce = nonce
	var b bytes.Buffer
	_, err := guard.Call(context.WithoutCancel(r.Context()), func() (struct{}, error) {
		return struct{}{}, s.pages.ExecuteTemplate(&b, name, page)
	})
	if err != nil { // of one's own templates
		s.fault(r, err)
		http.Error(w, "The server failed.", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; img-src 'self' data:; style-src 'nonce-"+
		nonce+"'"+formPolicy[name])
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // nobody is left to tell
}

// notice is an error that a person is told of.
type notice struct {
	status      int
	title, text string
}

func (n notice) Error() string { return n.title }

// sendNotice shows a person what went wrong. What is no notice is a fault of ours, and not
// told.
func (s *Server) sendNotice(w http.ResponseWriter, r *http.Request, at *site, err error) {
	said, ok := errors.AsType[notice](err)
	if !ok {
		s.fault(r, err)
		said = notice{http.StatusInternalServerError, "Something went wrong", "The server failed. Try again later."}
	}
	s.show(w, r, said.status, "error", &ErrorPage{Page{Tenant: at.Tenant}, said.title, said.text})
}

// day writes a date for people.
func day(t time.Time) string { return t.Format("2 January 2006") }

// duration writes how long something lasts, in the largest unit that says it.
func duration(d time.Duration) string {
	const day = 24 * time.Hour
	for _, unit := range []struct {
		of   time.Duration
		name string
	}{{365 * day, "year"}, {day, "day"}, {time.Hour, "hour"}, {time.Minute, "minute"}} {
		switch n := int64((d + unit.of/2) / unit.of); {
		case d < unit.of:
		case n == 1:
			return "one " + unit.name
		default:
			return fmt.Sprintf("%d %ss", n, unit.name)
		}
	}
	return "a moment"
}
