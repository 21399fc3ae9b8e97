package did

import (
	"net/url"
	"path"
	"strings"

	"github.com/laurel-edu/laurel/internal/quote"
)

// Absolute resolves a reference that stands in the document of id, which is a
// DID or a URL: "#key-1" becomes id + "#key-1" (DID Core 1.0, 3.2.2; RFC 3986,
// 5.2). An absolute reference is checked and returned as it stands. Errors are
// [*Error] of [CodeInvalidURL] or [CodeInvalidDID].
func Absolute(id, reference string) (string, error) {
	if hasScheme(reference) {
		return checked(reference)
	}
	var absolute string
	switch {
	case reference == "" || reference[0] == '#':
		primary, _ := cutBefore(id, "#")
		absolute = primary + reference
	case strings.HasPrefix(id, "did:"):
		base, err := ParseURL(id)
		if err != nil {
			return "", err
		}
		absolute = base.resolve(reference)
	default:
		base, err := url.Parse(id)
		if err != nil {
			return "", fail(CodeInvalidURL, "%s is no URL", quote.Text(id))
		}
		target, err := base.Parse(reference)
		if err != nil {
			return "", fail(CodeInvalidURL, "%s is no reference", quote.Text(reference))
		}
		absolute = target.String()
	}
	return checked(absolute)
}

func checked(absolute string) (string, error) {
	if err := checkURL(absolute); err != nil {
		return "", err
	}
	return absolute, nil
}

// resolve puts a reference that has a path or a query behind the DID, which
// takes the place of the authority.
func (u URL) resolve(reference string) string {
	rest, fragment := cutBefore(reference, "#")
	target, query := cutBefore(rest, "?")
	switch {
	case target == "":
		target = u.Path
	case target[0] == '/':
		target = cleanPath(target)
	default:
		folder := u.Path[:strings.LastIndexByte(u.Path, '/')+1]
		target = cleanPath("/" + folder + target)
	}
	return URL{DID: u.DID, Path: target, Query: query, Fragment: fragment}.String()
}

// cleanPath removes dot segments and keeps a final slash.
func cleanPath(p string) string {
	clean := path.Clean(p)
	if clean != "/" && (strings.HasSuffix(p, "/") || strings.HasSuffix(p, "/.") || strings.HasSuffix(p, "/..")) {
		clean += "/"
	}
	return clean
}

// hasScheme reports whether a reference begins with the scheme of a URL.
func hasScheme(s string) bool {
	scheme, _, ok := strings.Cut(s, ":")
	return ok && scheme != "" && isLetter(scheme[0]) && all(scheme, isSchemeChar)
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

func isSchemeChar(c byte) bool {
	return isLetter(c) || isDigit(c) || c == '+' || c == '-' || c == '.'
}

// checkURL accepts a DID URL or another absolute URL: with a host where its
// scheme is http or https, with something behind any other scheme.
func checkURL(s string) error {
	if strings.HasPrefix(s, "did:") {
		_, err := ParseURL(s)
		return err
	}
	if len(s) > MaxLength {
		return fail(CodeInvalidURL, "a URL of %d characters, at most %d are read", len(s), MaxLength)
	}
	if !hasScheme(s) || !all(s, isURLChar) {
		return fail(CodeInvalidURL, "%s is no absolute URL", quote.Text(s))
	}
	u, err := url.Parse(s)
	if err != nil {
		return fail(CodeInvalidURL, "%s is no URL", quote.Text(s))
	}
	switch u.Scheme {
	case "http", "https":
		if u.Hostname() == "" {
			return fail(CodeInvalidURL, "%s has no host", quote.Text(s))
		}
	default:
		if u.Opaque == "" && u.Host == "" && u.Path == "" {
			return fail(CodeInvalidURL, "%s has nothing behind its scheme", quote.Text(s))
		}
	}
	return nil
}

// isURLChar is any visible ASCII character but those that RFC 3986 excludes.
func isURLChar(c byte) bool {
	return c > 0x20 && c < 0x7f && strings.IndexByte("\"<>\\^`{|}", c) < 0
}
