package main

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"log/slog"
	"net/http"
	"net/url"
	"strings"

	"github.com/laurel-edu/laurel/oauthsrv"
)

//go:embed pages/*.html
var pageFiles embed.FS

//go:embed pages/style.css
var pageStyle string

// newPages are the authorization server's own with those of the hub: they share a style,
// and what stands at the top of each. The hub's are executed with a value that has a page.
func newPages() *template.Template {
	all := template.Must(oauthsrv.Pages().ParseFS(pageFiles, "pages/*.html"))
	template.Must(all.New("hub-style").Parse(pageStyle))
	return all
}

// styleSource is how a policy names the one style of the hub's pages. A nonce would do so
// too, and make two answers differ that must look alike.
func styleSource(all *template.Template) (string, error) {
	all, err := all.Clone() // what was executed cannot be built on
	if err != nil {
		return "", err
	}
	template.Must(all.New("styled").Parse(`<style>{{template "style"}}{{template "more-style"}}</style>`))
	var b bytes.Buffer
	if err := all.ExecuteTemplate(&b, "styled", nil); err != nil {
		return "", err
	}
	digest := sha256.Sum256(b.Bytes()[len("<style>") : b.Len()-len("</style>")])
	return "'sha256-" + base64.StdEncoding.EncodeToString(digest[:]) + "'", nil
}

// page is what every page shows.
type page struct {
	oauthsrv.Page
	Title, Text string // of a notice
	Return      string // where the browser goes once somebody is signed in
	Wrong       bool   // the name or the password was
}

// guardHeaders are those of everything that a browser shows.
func guardHeaders(w http.ResponseWriter, policy string) {
	head := w.Header()
	head.Set("Content-Security-Policy", policy)
	head.Set("X-Frame-Options", "DENY")
	head.Set("X-Content-Type-Options", "nosniff")
	head.Set("Referrer-Policy", "no-referrer") // the address may be a link that somebody made
	head.Set("Cache-Control", "no-store")
}

// show sends a page, which loads nothing and has no script.
func (s *site) show(w http.ResponseWriter, r *http.Request, status int, name string, p any) {
	policy := "default-src 'none'; img-src data:; style-src " + s.style + "; base-uri 'none'; frame-ancestors 'none'"
	if name != "login" {
		// Chromium holds the redirects that answer a form against it too, and that of a
		// sign-in may lead to the application that asked for it.
		policy += "; form-action 'self'"
	}
	var b bytes.Buffer
	if err := s.pages.ExecuteTemplate(&b, name, p); err != nil {
		s.log.Error("a page failed", slog.Any("error", err))
		http.Error(w, "The server failed.", http.StatusInternalServerError)
		return
	}
	guardHeaders(w, policy)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(b.Bytes()) // nobody is left to tell
	}
}

// notice tells a person what went wrong.
func (s *site) notice(w http.ResponseWriter, r *http.Request, p page, status int, title, text string) {
	p.Title, p.Text = title, text
	s.show(w, r, status, "notice", &p)
}

// longestForm is longer than the forms that are read here, but for that of an upload.
const longestForm = 16 << 10

// servePage serves what a tenant has for people besides the pages of package oauthsrv.
// It reports whether there is a page at the path.
func (s *site) servePage(w http.ResponseWriter, r *http.Request, tenant, path string) bool {
	user, login := s.sessions.of(r)
	p := page{Page: oauthsrv.Page{Tenant: s.tenants[tenant].Tenant, Person: oauthsrv.Person{Subject: user, Name: user, Session: login}}}
	switch path {
	case "/":
		s.read(w, r, "home", p)
	case "/terms", "/privacy":
		s.read(w, r, path[1:], p)
	case "/login":
		r.Body = http.MaxBytesReader(w, r.Body, longestForm)
		p.Return = returnTo(r.FormValue("return"), tenant)
		s.login(w, r, p)
	case "/logout":
		if s.posted(w, r) {
			s.sessions.end(w, r)
			http.Redirect(w, r, "/"+tenant+"/", http.StatusSeeOther)
		}
	default:
		rest, ours := strings.CutPrefix(path, "/wallet")
		link, public := strings.CutPrefix(path, "/b/")
		switch {
		case public:
			s.servePublic(w, r, p, link)
		case ours && (rest == "" || rest[0] == '/'):
			s.serveWallet(w, r, p, rest)
		default:
			return false
		}
	}
	return true
}

// read shows a page that is only read.
func (s *site) read(w http.ResponseWriter, r *http.Request, name string, p page) {
	if onlyRead(w, r) {
		s.show(w, r, http.StatusOK, name, &p)
	}
}

// onlyRead reports whether a request reads.
func onlyRead(w http.ResponseWriter, r *http.Request) bool {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return true
	}
	otherMethod(w, "GET, HEAD")
	return false
}

// posted reports whether a form was sent, and from a page of this host: browsers say so,
// and send the cookie of a session with no form of another site.
func (s *site) posted(w http.ResponseWriter, r *http.Request) bool {
	if r.Method != http.MethodPost {
		otherMethod(w, "POST")
		return false
	}
	if err := s.origins.Check(r); err != nil {
		http.Error(w, "The form was not sent from a page of this host.", http.StatusForbidden)
		return false
	}
	return true
}

func otherMethod(w http.ResponseWriter, allow string) {
	w.Header().Set("Allow", allow)
	http.Error(w, "This page does not have the method.", http.StatusMethodNotAllowed)
}

// login signs somebody in. A name that there is not and a wrong password look the same.
func (s *site) login(w http.ResponseWriter, r *http.Request, p page) {
	p.Person = oauthsrv.Person{}
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		s.show(w, r, http.StatusOK, "login", &p)
		return
	}
	if !s.posted(w, r) {
		return
	}
	if !s.accounts.check(r.PostFormValue("username"), r.PostFormValue("password")) {
		p.Wrong = true
		s.show(w, r, http.StatusForbidden, "login", &p)
		return
	}
	s.sessions.end(w, r)
	w.Header().Del("Set-Cookie")
	s.sessions.begin(w, r.PostFormValue("username"))
	http.Redirect(w, r, p.Return, http.StatusSeeOther)
}

// returnTo is where to go after a sign-in: a path of the tenant, and nothing that a browser
// could take for another host.
func returnTo(text, tenant string) string {
	home := "/" + tenant + "/"
	u, err := url.Parse(text)
	if err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(text, home) || strings.ContainsAny(text, "\\\t\r\n") {
		return home
	}
	return text
}
