package obapi

import (
	"errors"
	"net/http"
	"strings"

	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/internal/credrest"
	"github.com/laurel-edu/laurel/internal/rest"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// profile answers getProfile.
func (h *handler) profile(r *request) error {
	if err := acceptable(r.Header, credrest.JSON); err != nil {
		return err
	}
	p, err := h.Keeper.store.Profile(r.Context(), r.owner)
	switch {
	case errors.Is(err, hub.ErrNotFound):
		return newRefusal(http.StatusNotFound, rest.UnknownObject, "there is no profile yet")
	case err != nil:
		return err
	}
	if err := r.lease.Take(2 * int64(len(p.Raw))); err != nil {
		return err
	}
	h.send.Send(r.w, r.Request, rest.Answer{Body: p.Raw, Tag: p.Tag.String()})
	return nil
}

// putProfile answers putProfile: the whole profile, in place of what is there.
func (h *handler) putProfile(r *request) error {
	media, err := mediaOf(r)
	if err != nil {
		return err
	}
	body, err := h.readBody(r, h.MaxProfile)
	if err != nil {
		return err
	}
	body = trimmed(body)
	if err := checkProfile(body); err != nil {
		return err
	}
	was, err := h.expected(r)
	if err != nil {
		return err
	}
	p, err := h.Keeper.store.PutProfile(r.Context(), r.owner, body, was)
	switch {
	case errors.Is(err, hub.ErrChanged):
		return errChangedProfile
	case err != nil:
		return err
	}
	r.w.Header().Set("ETag", `"`+p.Tag.String()+`"`)
	return h.echo(r, http.StatusOK, media, p.Raw)
}

var errChangedProfile = newRefusal(http.StatusPreconditionFailed, rest.InvalidData, "the profile is not the one that was to be replaced")

// checkProfile holds a profile against the rules of its class.
func checkProfile(body []byte) error {
	doc, err := vc.Parse(body)
	if err != nil {
		return err
	}
	if doc.Form() != vc.FormJSON || !doc.HasType(string(rules.Profile)) || doc.ID() == "" {
		return invalid("the body is no Profile with an id")
	}
	if wrong := vc.Errors(rules.Profile.Check(doc, rules.Options{})); len(wrong) > 0 {
		return wrong[0]
	}
	return nil
}

// expected reads what a client wants to replace (RFC 9110, 13.1): nil for whatever is
// there, the zero Tag for nothing.
func (h *handler) expected(r *request) (*hub.Tag, error) {
	match, none := r.Header.Values("If-Match"), r.Header.Values("If-None-Match")
	if len(match) == 0 && len(none) == 0 {
		return nil, nil
	}
	p, err := h.Keeper.store.Profile(r.Context(), r.owner)
	if err != nil && !errors.Is(err, hub.ErrNotFound) {
		return nil, err
	}
	there := err == nil
	if len(match) > 0 && !(there && lists(match, p.Tag, false)) || len(none) > 0 && there && lists(none, p.Tag, true) {
		return nil, errChangedProfile
	}
	return &p.Tag, nil
}

// lists reports whether a list of entity tags has one, or has "*". A weak tag, and that of
// the compressed form, is of the same text and only good enough for If-None-Match.
func lists(values []string, t hub.Tag, weak bool) bool {
	for text := range strings.SplitSeq(strings.Join(values, ","), ",") {
		text = strings.TrimSpace(text)
		if weak {
			text = strings.TrimPrefix(text, "W/")
		}
		text = strings.Replace(text, `-gzip"`, `"`, 1)
		if text == "*" || text == `"`+t.String()+`"` {
			return true
		}
	}
	return false
}
