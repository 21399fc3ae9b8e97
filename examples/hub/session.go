package main

import (
	"crypto/rand"
	"crypto/sha256"
	"net/http"
	"sync"
	"time"
)

// sessions are who is signed in at which browser. They end with the process.
type sessions struct {
	now func() time.Time
	mu  sync.Mutex
	all map[[sha256.Size]byte]session
}

type session struct {
	user string
	ends time.Time
}

const (
	sessionLife  = 12 * time.Hour
	mostSessions = 10_000
	// The prefix has browsers take the cookie from this host alone, and over https.
	cookieName = "__Host-session"
)

// begin signs a user in with a value that nobody has had before.
func (s *sessions) begin(w http.ResponseWriter, user string) {
	value := rand.Text() + rand.Text()
	s.mu.Lock()
	s.tidy()
	s.all[sha256.Sum256([]byte(value))] = session{user, s.now().Add(sessionLife)}
	s.mu.Unlock()
	http.SetCookie(w, &http.Cookie{Name: cookieName, Value: value, Path: "/", Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

// tidy forgets what has ended, and anything where there are too many.
func (s *sessions) tidy() {
	if s.all == nil {
		s.all = map[[sha256.Size]byte]session{}
	}
	for key, one := range s.all {
		if len(s.all) >= mostSessions || !s.now().Before(one.ends) {
			delete(s.all, key)
		}
	}
}

// of returns who is signed in at a browser and a name of that login, "" for nobody.
func (s *sessions) of(r *http.Request) (user, login string) {
	c, err := r.Cookie(cookieName)
	if err != nil {
		return "", ""
	}
	key := sha256.Sum256([]byte(c.Value))
	s.mu.Lock()
	defer s.mu.Unlock()
	one, ok := s.all[key]
	if !ok || !s.now().Before(one.ends) {
		return "", ""
	}
	return one.user, string(key[:])
}

// end signs a browser out.
func (s *sessions) end(w http.ResponseWriter, r *http.Request) {
	if c, err := r.Cookie(cookieName); err == nil {
		s.mu.Lock()
		delete(s.all, sha256.Sum256([]byte(c.Value)))
		s.mu.Unlock()
	}
	http.SetCookie(w, &http.Cookie{Name: cookieName, Path: "/", Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode, MaxAge: -1})
}
