package oauthsrv

import (
	"errors"
	"log/slog"
	"net/http"
	"slices"
)

// mostGrants is how many grants of a person are looked at for the page of connected
// applications. A grant that nobody uses ends by itself.
const mostGrants = 1000

// connections shows a person whom they have allowed what.
func (s *Server) connections(w http.ResponseWriter, r *http.Request, at *site) {
	person, err := s.person(r, at)
	switch {
	case err != nil:
		s.sendNotice(w, r, at, err)
		return
	case person.Subject == "":
		s.sendToLogin(w, r, at)
		return
	}
	all, err := s.connected(r, at, person)
	if err != nil {
		s.sendNotice(w, r, at, err)
		return
	}
	s.show(w, r, http.StatusOK, "connections", &ConnectionsPage{
		Page: Page{Tenant: at.Tenant, Person: person}, Connections: all, Revoked: r.URL.RawQuery == "revoked",
		Action: at.Connections, Token: s.formToken(w, r, at, person),
	})
}

// connected gathers the grants of a person by client, the newest first.
func (s *Server) connected(r *http.Request, at *site, p Person) (all []Connection, err error) {
	grants, err := s.store.Grants(r.Context(), at.ID, p.Subject, mostGrants)
	if err != nil {
		return nil, err
	}
	for _, g := range grants {
		if !s.now().Before(g.Expires) {
			continue
		}
		i := slices.IndexFunc(all, func(c Connection) bool { return c.ID == g.Client })
		if i < 0 {
			one, err := s.connection(r, at, g)
			if err != nil {
				return nil, err
			}
			all = append(all, one)
			continue
		}
		all[i].join(g, at.Tenant)
	}
	return all, nil
}

func (s *Server) connection(r *http.Request, at *site, g Grant) (Connection, error) {
	one := Connection{ID: g.Client, Since: g.Created, Used: g.Used, Scopes: describe(g.Scopes, at.Tenant)}
	c, err := s.store.Client(r.Context(), at.ID, g.Client)
	if errors.Is(err, ErrNotFound) {
		return one, nil
	}
	if one.Client = c.Metadata; len(c.RedirectURIs) > 0 {
		one.Host = hostname(c.RedirectURIs[0]) // that of them all
	}
	return one, err
}

// join adds a grant that is older.
func (c *Connection) join(g Grant, t Tenant) {
	c.Since = g.Created
	if g.Used.After(c.Used) {
		c.Used = g.Used
	}
	for _, scope := range describe(g.Scopes, t) {
		if !slices.Contains(c.Scopes, scope) {
			c.Scopes = append(c.Scopes, scope)
		}
	}
}

// disconnect ends what a person has allowed a client.
func (s *Server) disconnect(w http.ResponseWriter, r *http.Request, at *site) {
	person, form, err := s.readForm(r, at)
	if err == nil && (form.get("revoke") == "" || !isSecret(form.get("client"), idLength)) {
		err = errForm
	}
	if err == nil {
		err = s.store.EndGrants(r.Context(), at.ID, person.Subject, form.get("client"))
	}
	if err != nil {
		s.sendNotice(w, r, at, err)
		return
	}
	s.log(r, slog.LevelInfo, "access withdrawn", slog.String("tenant", at.ID), slog.String("client", form.get("client")))
	redirect(w, at.Connections+"?revoked")
}
