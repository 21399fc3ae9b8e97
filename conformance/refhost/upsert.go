package refhost

import (
	"bytes"
	"encoding/json"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/vc"
)

// upsert is upsertCredential.
func (h *Host) upsert(w http.ResponseWriter, r *http.Request, s service, body []byte) {
	if !h.permits(w, r, s.scopes+upsert, "write-scope-unchecked") {
		return
	}
	media, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if !slices.Contains([]string{"application/json", "application/vc+ld+json", "text/plain"}, media) {
		refuse(w, http.StatusUnsupportedMediaType, "invalid_data", "not that media type")
		return
	}
	e := h.read(r, s, body, media == "text/plain")
	switch {
	case e == nil && h.has("bad-body-500"):
		refuse(w, http.StatusInternalServerError, "internal_server_error", "it broke")
		return
	case e == nil && h.has("anything-taken") && json.Valid(body):
		e = &entry{text: []byte(`{}`), key: h.draw("thing")}
		sendText(w, http.StatusCreated, media, body)
		return
	case e == nil:
		refuse(w, http.StatusBadRequest, "invalid_data", "that is no credential, or not its issuer's word")
		return
	}
	status := h.keep(s, e)
	h.sendKept(w, status, media, body)
}

// read verifies a credential: nil for what is none.
func (h *Host) read(r *http.Request, s service, body []byte, token bool) *entry {
	doc, err := vc.Parse(body)
	if err != nil || (doc.Token() != nil) != token || doc.HasType("ClrCredential") != (s.base == recordsAt) || doc.ID() == "" {
		return nil
	}
	report, err := h.verify.Inspect(r.Context(), body)
	if err != nil || !report.Authentic() && !h.has("forged-taken") {
		return nil
	}
	from, err := time.Parse(time.RFC3339, door.Root(doc).Get("validFrom").Text())
	if err != nil {
		return nil
	}
	key := normal(doc.IssuerID()) + " " + normal(doc.ID())
	switch {
	case h.has("id-alone"):
		key = normal(doc.ID())
	case h.has("id-literal"):
		key = doc.IssuerID() + " " + doc.ID()
	}
	return &entry{key: key, text: bytes.Clone(body), token: token, from: from}
}

// normal is an id as it is compared: decoded, then without blanks around it (OB 3.0,
// Credential equality).
func normal(id string) string {
	if plain, err := url.PathUnescape(id); err == nil {
		id = plain
	}
	return strings.TrimSpace(id)
}

// keep puts a credential into its place, by the newer validFrom.
func (h *Host) keep(s service, e *entry) (status int) {
	all := h.kept[s.base]
	k := slices.IndexFunc(all, func(old *entry) bool { return old.key == e.key })
	if k < 0 || h.has("upsert-doubles") {
		h.kept[s.base] = append(all, e)
		if k < 0 && !h.has("upsert-200") {
			return http.StatusCreated
		}
		return http.StatusOK
	}
	newer := !e.from.Before(all[k].from)
	if h.has("never-replaces") && !e.from.Equal(all[k].from) {
		newer = false
	}
	if newer || h.has("older-replaces") {
		all[k] = e
	}
	switch {
	case h.has("upsert-201"):
		return http.StatusCreated
	case h.has("upsert-304"):
		return http.StatusNotModified
	}
	return http.StatusOK
}

// sendKept answers with the credential, in the media type in which it came.
func (h *Host) sendKept(w http.ResponseWriter, status int, media string, body []byte) {
	switch {
	case status == http.StatusNotModified:
		w.WriteHeader(status)
		return
	case h.has("upsert-type"):
		media = "application/json"
	case h.has("upsert-quoted") && media == "text/plain":
		body = quoted(body)
	case h.has("upsert-cut") && media != "text/plain":
		var m map[string]json.RawMessage
		_ = json.Unmarshal(body, &m) // it was verified
		delete(m, "credentialSubject")
		body, _ = json.Marshal(m)
	}
	sendText(w, status, media, body)
}

// getProfile is getProfile.
func (h *Host) getProfile(w http.ResponseWriter, r *http.Request, s service) {
	if !(h.has("profile-open") && r.Header.Get("Authorization") == "") && !h.permits(w, r, s.scopes+profileReadonly,
		"profile-scope-unchecked") {
		return
	}
	switch {
	case h.profile == nil:
		refuse(w, http.StatusNotFound, "not_found", "there is no profile yet")
	case h.has("profile-untyped"):
		sendText(w, http.StatusOK, "application/json", bytes.Replace(h.profile, []byte(`"type":["Profile"]`),
			[]byte(`"kind":["Profile"]`), 1))
	default:
		sendText(w, http.StatusOK, "application/json", h.profile)
	}
}

// putProfile is putProfile.
func (h *Host) putProfile(w http.ResponseWriter, r *http.Request, s service, body []byte) {
	if h.has("put-405") {
		w.Header().Set("Allow", "GET")
		refuse(w, http.StatusMethodNotAllowed, "not_allowed", "profiles are read here")
		return
	}
	if !h.permits(w, r, s.scopes+profileUpdate, "") {
		return
	}
	var m map[string]any
	if json.Unmarshal(body, &m) != nil || m["id"] == nil || m["type"] == nil {
		refuse(w, http.StatusBadRequest, "invalid_data", "that is no profile")
		return
	}
	h.profile = bytes.Clone(body)
	sendText(w, http.StatusOK, "application/json", h.profile)
}
