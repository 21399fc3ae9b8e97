package oauthsrv

import (
	"errors"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"time"
)

// longestRegistration bounds the body of a registration: room for ten redirect URIs of
// usual length, twenty times over.
const longestRegistration = 8 << 10

// registered is the answer of RFC 7591, 3.2.1.
type registered struct {
	ID              string `json:"client_id"`
	Secret          string `json:"client_secret"`
	IssuedAt        int64  `json:"client_id_issued_at"`
	SecretExpiresAt int64  `json:"client_secret_expires_at"`
	Metadata
	// The service description document of the standard has no place for this URL.
	Revocation string `json:"revocation_endpoint"`
}

// register takes anybody as a client (RFC 7591, 3), as the standard demands. Nothing that
// the client names is fetched.
func (s *Server) register(w http.ResponseWriter, r *http.Request, at *site) {
	answer, err := s.registration(r, at)
	if err != nil {
		s.sendError(w, r, err)
		return
	}
	sendJSON(w, http.StatusCreated, answer)
}

func (s *Server) registration(r *http.Request, at *site) (*registered, error) {
	if media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || media != "application/json" {
		return nil, refuse(invalidClientMetadata, "The media type of a registration is application/json.")
	}
	body, err := readBody(r, longestRegistration)
	if err != nil {
		return nil, tooLong(err, invalidClientMetadata)
	}
	meta, err := readMetadata(body, at.Tenant)
	if err != nil {
		return nil, err
	}
	c := Client{Tenant: at.ID, ID: newID(), Created: s.now(), Metadata: *meta}
	secret := newSecret()
	c.Secret = HashOf(secret)
	answer := &registered{ID: c.ID, Secret: secret, IssuedAt: c.Created.Unix(), Metadata: c.Metadata, Revocation: at.Revocation}
	if s.c.SecretLifetime > 0 {
		c.Expires = c.Created.Add(s.c.SecretLifetime).Truncate(time.Second)
		answer.SecretExpiresAt = c.Expires.Unix()
	}
	if err := s.store.AddClient(r.Context(), c); err != nil {
		return nil, err
	}
	s.log(r, slog.LevelInfo, "client registered", slog.String("tenant", at.ID), slog.String("client", c.ID),
		slog.String("host", hostname(c.RedirectURIs[0])))
	return answer, nil
}

// errTooLong is the error of a body that is longer than it may be.
var errTooLong = errors.New("oauthsrv: the body is too long")

// readBody reads a body of at most so many bytes.
func readBody(r *http.Request, most int64) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r.Body, most+1))
	if err == nil && int64(len(body)) > most {
		err = errTooLong
	}
	return body, err
}

// tooLong is the refusal of a body that could not be read.
func tooLong(err error, code string) error {
	if errors.Is(err, errTooLong) {
		return &refusal{http.StatusRequestEntityTooLarge, code, "The body is too long."}
	}
	return refuse(code, "The body could not be read.")
}
