package oauthsrv

import (
	"slices"
	"strings"
)

// isScope reports whether a text is a scope-token of RFC 6749, 3.3.
func isScope(text string) bool {
	return text != "" && !strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' || r == '"' || r == '\\' })
}

// narrow returns those scopes of a text that are taken, each once.
func narrow(text string, taken func(string) bool) (scopes []string) {
	for scope := range strings.SplitSeq(text, " ") {
		if isScope(scope) && taken(scope) && !slices.Contains(scopes, scope) {
			scopes = append(scopes, scope)
		}
	}
	return scopes
}

// useful reports whether scopes permit anything.
func useful(scopes []string) bool {
	return slices.ContainsFunc(scopes, func(scope string) bool { return scope != ScopeOffline })
}

// within reads the scope parameter of a token request: all that is allowed where it is
// absent, a part of it, or an error where it asks for more (RFC 6749, 6).
func within(text string, allowed []string) ([]string, error) {
	if text == "" {
		return allowed, nil
	}
	asked := narrow(text, func(string) bool { return true })
	for _, scope := range asked {
		if !slices.Contains(allowed, scope) {
			return nil, refuse(invalidScope, "The scope is wider than what was granted.")
		}
	}
	if !useful(asked) {
		return nil, refuse(invalidScope, "The scope permits nothing.")
	}
	return asked, nil
}

// listed reports whether a text with commas names a word.
func listed(list, word string) bool { return slices.Contains(strings.Split(list, ", "), word) }

// listedIn reports whether a scope is in a text of scopes.
func listedIn(text, scope string) bool { return slices.Contains(strings.Fields(text), scope) }

// describe says what scopes permit. One that the tenant no longer has is named by itself.
func describe(scopes []string, t Tenant) (all []Scope) {
	for _, scope := range scopes {
		words, ok := t.words(scope)
		if !ok {
			words = scope
		}
		all = append(all, Scope{scope, words})
	}
	return all
}
