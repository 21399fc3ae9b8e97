package main

import (
	"embed"
	"html/template"
	"net/http"
	"net/url"
	"strings"
)

//go:embed pages
var pageFiles embed.FS

var pages = template.Must(template.ParseFS(pageFiles, "pages/*.html"))

// page is what a page shows.
type page struct {
	Title, Tenant, Name string
	User                string // who is signed in, "" for nobody
	Return              string // where the browser goes once somebody is
	Wrong               bool   // the name or the password was
	Base                string // of the services
}

// show sends a page. Its style is the one thing that it loads.
func show(w http.ResponseWriter, r *http.Request, status int, name string, p page) {
	head := w.Header()
	head.Set("Content-Type", "text/html; charset=utf-8")
	// Not form-action: Chromium holds the redirects that answer a form against it too, and
	// that of a sign-in may lead to the application that asked for it.
	head.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'")
	head.Set("X-Frame-Options", "DENY")
	head.Set("X-Content-Type-Options", "nosniff")
	head.Set("Referrer-Policy", "no-referrer")
	head.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_ = pages.ExecuteTemplate(w, name, p) // nobody is left to tell
	}
}

// longestForm is longer than the one form that is read here.
const longestForm = 16 << 10

// servePage serves what a tenant has for people besides the pages of package oauthsrv.
// It reports whether there is a page at the path.
func (s *site) servePage(w http.ResponseWriter, r *http.Request, tenant, path string) bool {
	user, _ := s.sessions.of(r)
	p := page{Tenant: tenant, Name: s.name, User: user, Base: s.base + "/" + tenant}
	switch path {
	case "/":
		s.read(w, r, "home.html", p)
	case "/terms":
		s.read(w, r, "terms.html", p)
	case "/privacy":
		s.read(w, r, "privacy.html", p)
	case "/style.css":
		w.Header().Set("Cache-Control", "max-age=3600")
		http.ServeFileFS(w, r, pageFiles, "pages/style.css")
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
		return false
	}
	return true
}

// read shows a page that is only read.
func (s *site) read(w http.ResponseWriter, r *http.Request, name string, p page) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		otherMethod(w, "GET, HEAD")
		return
	}
	show(w, r, http.StatusOK, name, p)
}

// posted reports whether a form was sent, and from a page of this host.
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
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		show(w, r, http.StatusOK, "login.html", p)
		return
	}
	if !s.posted(w, r) {
		return
	}
	if !s.accounts.check(r.PostFormValue("username"), r.PostFormValue("password")) {
		p.Wrong = true
		show(w, r, http.StatusForbidden, "login.html", p)
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
