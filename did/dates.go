package did

import (
	"time"

	"github.com/laurel-edu/laurel/internal/datetime"
	"github.com/laurel-edu/laurel/internal/jsonx"
)

// readDates reads from when to when a method may be used: its own expires and
// revoked (Controlled Identifiers 1.0, 2.2), and what its JWK says, where key sets
// say it: in the same members, as exp and nbf in seconds, and as revoked with
// revoked_at (OpenID Federation 1.0, historical keys). What is there and cannot be read is
// an error, since it may be the end of the key.
func (m *VerificationMethod) readDates(v jsonx.Value) error {
	jwk := v.Get("publicKeyJwk")
	for _, date := range [...]struct {
		value jsonx.Value
		read  func(jsonx.Value) (time.Time, error)
		into  *time.Time
	}{
		{v.Get("expires"), dateTime, &m.Expires},
		{v.Get("revoked"), dateTime, &m.Revoked},
		{jwk.Get("expires"), dateTime, &m.Expires},
		{jwk.Get("revoked"), revocation, &m.Revoked},
		{jwk.Get("exp"), seconds, &m.Expires},
		{jwk.Get("nbf"), seconds, &m.NotBefore},
	} {
		if !date.value.Exists() {
			continue
		}
		t, err := date.read(date.value)
		if err != nil {
			return err
		}
		*date.into = earlier(*date.into, t)
	}
	return nil
}

// earlier returns the earlier of two instants, of which the zero time is none.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// Until returns the first instant at which the method may no longer be used, the
// zero time where it has no end.
func (m *VerificationMethod) Until() time.Time { return earlier(m.Expires, m.Revoked) }

// Limit narrows when the method may be used to when other may be used too: another
// statement of the same key, of which both must hold.
func (m *VerificationMethod) Limit(other *VerificationMethod) {
	m.Expires, m.Revoked = earlier(m.Expires, other.Expires), earlier(m.Revoked, other.Revoked)
	if other.NotBefore.After(m.NotBefore) {
		m.NotBefore = other.NotBefore
	}
}

// dateTime reads an XML Schema dateTime. The zero time is refused, which stands
// for none.
func dateTime(v jsonx.Value) (time.Time, error) {
	t, err := datetime.Parse(v.Text())
	if v.Kind() != jsonx.String || err != nil || t.IsZero() {
		return time.Time{}, at(v, fail(CodeInvalidMethod, "%q is no date and time", v.Name()))
	}
	return t, nil
}

// seconds reads a NumericDate.
func seconds(v jsonx.Value) (time.Time, error) {
	t, err := datetime.Numeric(v.Text())
	if v.Kind() != jsonx.Number || err != nil || t.IsZero() {
		return time.Time{}, at(v, fail(CodeInvalidMethod, "%q is no number of seconds since 1970", v.Name()))
	}
	return t, nil
}

// revocation reads when a JWK was revoked.
func revocation(v jsonx.Value) (time.Time, error) {
	if v.Kind() == jsonx.Object && v.Get("revoked_at").Exists() {
		return seconds(v.Get("revoked_at"))
	}
	return dateTime(v)
}
