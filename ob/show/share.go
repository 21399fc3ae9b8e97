package show

import (
	"net/url"
	"strconv"
	"time"
)

// LinkedIn returns the address at which a person adds the badge to their profile, and
// "" where it has no name, the page no address, or the badge does not count.
func (v *View) LinkedIn() string {
	if v.Name.Value == "" || v.Options.Address == "" || v.State != StateValid || v.Kind != KindBadge {
		return ""
	}
	q := url.Values{
		"startTask":        {"CERTIFICATION_NAME"},
		"name":             {v.Name.Value},
		"organizationName": {v.Issuer.Name.Value},
		"certUrl":          {v.Options.Address},
	}
	if v.ID != "" {
		q.Set("certId", v.ID)
	}
	month(q, "issue", v.Issued())
	month(q, "expiration", v.Dates.Until)
	return "https://www.linkedin.com/profile/add?" + q.Encode()
}

func month(q url.Values, which string, t time.Time) {
	if !t.IsZero() {
		q.Set(which+"Year", strconv.Itoa(t.Year()))
		q.Set(which+"Month", strconv.Itoa(int(t.Month())))
	}
}

// Issued is when the credential was awarded, and when it became valid where it does
// not say that.
func (v *View) Issued() time.Time {
	if !v.Dates.Awarded.IsZero() {
		return v.Dates.Awarded
	}
	return v.Dates.From
}

// Source address of the picture that a page shows, "" for none.
func (v *View) shown() string {
	switch {
	case v.Options.Picture != "":
		return v.Options.Picture
	case v.Image.Inline():
		return v.Image.URL
	}
	return ""
}
