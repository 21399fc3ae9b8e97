package oauthsrv

import (
	"net/url"
	"slices"
	"strings"
	"unicode"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

// What a registration may hold. Each text is shown to people, or compared at each request.
const (
	mostRedirectURIs = 10
	mostContacts     = 10
	longestURL       = 2000 // browsers and proxies differ above
	longestName      = 200  // of a client, its software and its contacts, in bytes
)

// The values that a client may register.
const (
	authBasic    = "client_secret_basic"
	grantCode    = "authorization_code"
	grantRefresh = "refresh_token"
	responseCode = "code"
)

// reader reads a registration (RFC 7591, 2, within the profile of Open Badges 3.0 and
// CLR 2.0, which demands most members). It keeps the first refusal.
type reader struct {
	doc  jsonx.Value
	err  *refusal
	host string // of the first URL, "" before it
}

// readMetadata reads and judges a registration. What the tenant does not have is not granted.
func readMetadata(body []byte, t Tenant) (*Metadata, error) {
	doc, err := jsonx.Parse(body, jsonx.Limits{Bytes: longestRegistration}, nil)
	if err != nil {
		return nil, refuse(invalidClientMetadata, "The body is not JSON, or says something twice.")
	}
	r := &reader{doc: doc.Root()}
	if r.doc.Kind() != jsonx.Object {
		return nil, refuse(invalidClientMetadata, "The body is no JSON object.")
	}
	m := &Metadata{
		Name: r.text("client_name"), SoftwareID: r.text("software_id"), SoftwareVersion: r.text("software_version"),
		URL: r.link("client_uri"), Logo: r.link("logo_uri"), Terms: r.link("tos_uri"), Policy: r.link("policy_uri"),
		RedirectURIs: r.redirects(), Contacts: r.contacts(), AuthMethod: authBasic,
		GrantTypes:    r.choice("grant_types", grantCode, grantRefresh),
		ResponseTypes: r.choice("response_types", responseCode),
		Scope:         r.scope(t),
	}
	if method := r.optional("token_endpoint_auth_method"); method != "" && method != authBasic {
		r.fail("token_endpoint_auth_method", "is client_secret_basic here")
	}
	if r.err != nil {
		return nil, r.err
	}
	return m, nil
}

func (r *reader) fail(member, why string) {
	code := invalidClientMetadata
	if member == "redirect_uris" {
		code = invalidRedirectURI
	}
	if r.err == nil {
		r.err = refuse(code, member+" "+why+".")
	}
}

// optional reads a text that may be absent. null is as absent.
func (r *reader) optional(member string) string {
	switch v := r.doc.Get(member); v.Kind() {
	case jsonx.Missing, jsonx.Null:
		return ""
	case jsonx.String:
		return v.Text()
	}
	r.fail(member, "is no text")
	return ""
}

// text reads a text for people.
func (r *reader) text(member string) string {
	text := strings.TrimSpace(r.optional(member))
	switch {
	case text == "":
		r.fail(member, "is missing")
	case len(text) > longestName:
		r.fail(member, "is too long")
	case strings.ContainsFunc(text, unseen):
		r.fail(member, "has control characters")
	}
	return text
}

// unseen reports whether a character changes how others look: whoever names a client so
// wants to look like another.
func unseen(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Bidi_Control, unicode.Zl, unicode.Zp, unicode.Co)
}

// link reads an https URL of the client's own host.
func (r *reader) link(member string) string {
	text := r.optional(member)
	if text == "" {
		r.fail(member, "is missing")
		return ""
	}
	r.own(member, text)
	return text
}

// own wants an https URL of the host that the URLs before it had.
func (r *reader) own(member, text string) {
	host := hostname(text)
	switch {
	case host == "":
		r.fail(member, "is no https URL of at most 2000 characters, without user and fragment")
	case r.host == "":
		r.host = host
	case r.host != host:
		r.fail(member, "is of another host than the URLs before it")
	}
}

// hostname returns the host of a URL that a client may register, in lower case and without
// its port, and "" for any other: all characters of such a URL are visible ASCII, so that
// it is what it looks like.
func hostname(text string) string {
	u, err := url.Parse(text)
	if err != nil || len(text) > longestURL || u.Scheme != "https" || u.Opaque != "" || u.User != nil || strings.Contains(text, "#") {
		return ""
	}
	if strings.ContainsFunc(text, func(c rune) bool { return c <= ' ' || c > '~' || strings.ContainsRune(`\"<>^{|}`+"`", c) }) {
		return ""
	}
	if port := u.Port(); strings.HasSuffix(u.Host, ":") || len(port) > 5 {
		return ""
	}
	return strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
}

// texts reads a list of texts that may be absent.
func (r *reader) texts(member string, most int) (all []string) {
	list := r.doc.Get(member)
	if list.Kind() == jsonx.Missing || list.Kind() == jsonx.Null {
		return nil
	}
	if list.Kind() != jsonx.Array || list.Len() > most {
		r.fail(member, "is no list, or too long")
		return nil
	}
	for v := range list.All() {
		if v.Kind() != jsonx.String || v.Text() == "" {
			r.fail(member, "holds something else than texts")
			return nil
		}
		all = append(all, v.Text())
	}
	return all
}

func (r *reader) redirects() []string {
	all := r.texts("redirect_uris", mostRedirectURIs)
	if len(all) == 0 {
		r.fail("redirect_uris", "is missing or empty")
	}
	for _, text := range all {
		r.own("redirect_uris", text)
	}
	return all
}

func (r *reader) contacts() []string {
	all := r.texts("contacts", mostContacts)
	for _, text := range all {
		if len(text) > longestName || strings.ContainsFunc(text, unseen) {
			r.fail("contacts", "holds a text that is too long, or has control characters")
		}
	}
	return all
}

// choice reads a list of which what is known here is granted: the first, which every
// client needs and which an absent list stands for, and the others.
func (r *reader) choice(member string, known ...string) []string {
	const most = 16
	asked := r.texts(member, most)
	if asked == nil {
		return known[:1]
	}
	if !slices.Contains(asked, known[0]) {
		r.fail(member, "lacks "+known[0])
	}
	granted := slices.Clone(known)
	return slices.DeleteFunc(granted, func(one string) bool { return !slices.Contains(asked, one) })
}

// scope reads what the client may ask for one day, narrowed to what the tenant has.
func (r *reader) scope(t Tenant) string {
	granted := narrow(r.optional("scope"), func(scope string) bool { _, ok := t.words(scope); return ok })
	if !useful(granted) {
		r.fail("scope", "has no scope of this server")
	}
	return strings.Join(granted, " ")
}
