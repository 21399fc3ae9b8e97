package obapi

import (
	"net/http"
	"strconv"

	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/internal/credrest"
	"github.com/laurel-edu/laurel/internal/rest"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// upsert answers upsertCredential: what is authentic is kept, and the answer is what came.
func (h *handler) upsert(r *request) error {
	media, err := mediaOf(r)
	if err != nil {
		return err
	}
	body, err := h.readBody(r, h.MaxBody)
	if err != nil {
		return err
	}
	c, err := h.Keeper.credential(r.Context(), r.owner, body, func(c hub.Credential) error { return h.belongs(c, media) })
	if err != nil {
		return err
	}
	_, outcome, err := h.Keeper.store.Upsert(r.Context(), r.owner, c)
	if err != nil {
		return err
	}
	switch outcome {
	case hub.OutcomeOlder:
		return errOlder
	case hub.OutcomeCreated:
		return h.echo(r, http.StatusCreated, media, c.Raw)
	}
	return h.echo(r, http.StatusOK, media, c.Raw)
}

var errOlder = newRefusal(http.StatusConflict, rest.InvalidData,
	"a credential of this issuer and id with a later validFrom is kept already")

// belongs reports whether a credential is one of this service, and what it was sent as.
func (h *handler) belongs(c hub.Credential, media string) error {
	switch {
	case c.Kind != h.service.Kind:
		return words.Problem(verify.CodeKindNotAccepted, "/type", "a "+c.Kind.String())
	case (media == credrest.Token) != (c.Form == vc.FormJWT):
		return invalid("the body was sent as " + media + ", which it is not")
	}
	return nil
}

// echo answers with the bytes that were received: written anew they might say something
// else to whoever checks the proof.
func (h *handler) echo(r *request, status int, media string, body []byte) error {
	head := r.w.Header()
	head.Set("Content-Type", media)
	head.Set("X-Content-Type-Options", "nosniff")
	head.Set("Cache-Control", "no-store")
	head.Set("Content-Length", strconv.Itoa(len(body)))
	r.w.WriteHeader(status)
	_, _ = r.w.Write(body) // nobody is left to tell
	return nil
}
