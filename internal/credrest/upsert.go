package credrest

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/internal/guard"
	"github.com/laurel-edu/laurel/internal/rest"
	"github.com/laurel-edu/laurel/vc"
)

// upsert answers upsertCredential: what is authentic is kept, and the answer is what came.
func (h *Server) upsert(r *request) error {
	media, err := mediaOf(r)
	if err != nil {
		return err
	}
	body, err := h.readBody(r, h.MaxBody)
	if err != nil {
		return err
	}
	c, err := h.judged(r, body, media)
	if err != nil {
		return err
	}
	_, outcome, err := h.Store.Upsert(r.Context(), r.owner, c)
	if err != nil {
		return err
	}
	switch outcome {
	case hub.OutcomeOlder:
		return refusal(http.StatusConflict, rest.InvalidData, "a credential of this issuer and id with a later validFrom is kept already")
	case hub.OutcomeCreated:
		return h.echo(r, http.StatusCreated, media, c.Raw)
	}
	return h.echo(r, http.StatusOK, media, c.Raw)
}

// judged verifies what was posted, some at a time: it takes many times the memory of the
// text.
func (h *Server) judged(r *request, body []byte, media string) (hub.Credential, error) {
	if err := enter(r.Context(), h.verifying); err != nil {
		return hub.Credential{}, err
	}
	defer leave(h.verifying)
	c, doc, err := h.judge.Credential(r.Context(), body)
	if err != nil {
		return c, err
	}
	if (media == mediaToken) != (doc.Form() == vc.FormJWT) {
		return c, invalid("the body is sent as " + media + ", which it is not")
	}
	return c, h.admit(r, doc)
}

// admit asks the product. What it says by a *vc.Problem the client is told.
func (h *Server) admit(r *request, doc *vc.Document) error {
	if h.Admit == nil {
		return nil
	}
	_, err := guard.Call(r.Context(), func() (struct{}, error) {
		return guard.Legible(struct{}{}, h.Admit(context.WithoutCancel(r.Context()), r.owner, doc))
	})
	if p, ok := errors.AsType[*vc.Problem](err); ok {
		return unfit(p)
	}
	return err
}

// echo answers with the bytes that were received: written anew they might say something
// else to whoever checks the proof.
func (h *Server) echo(r *request, status int, media string, body []byte) error {
	if media == mediaToken {
		media += "; charset=utf-8"
	}
	head := r.w.Header()
	head.Set("Content-Type", media)
	head.Set("X-Content-Type-Options", "nosniff")
	head.Set("Cache-Control", "no-store")
	head.Set("Content-Length", strconv.Itoa(len(body)))
	r.w.WriteHeader(status)
	_, _ = r.w.Write(body) // nobody is left to tell
	return nil
}
