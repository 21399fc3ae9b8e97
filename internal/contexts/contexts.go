// Package contexts holds the JSON-LD contexts that Laurel knows, so that a
// known context is never fetched and cannot be exchanged by a network.
//
// [Lookup] gives the document of a URL as it stands today; a JSON-LD engine
// takes it as its source of documents. [Archived] gives the older contents of
// a URL whose content changed under the same name, for a signature that was
// made before the change: try today's document first, then each state.
//
// The files in documents/ are our own writing of the terms that the
// specifications define, laid out for reading: one term a line; keywords
// first, then the aliases of keywords, the prefixes and the terms, each in
// alphabetical order. An IRI is shortened only by a prefix of the same context
// object. A prefix of an outer object stays as the specification wrote it: a
// scoped context is processed where it is used, so the prefix may mean something
// else by then. Oddities of the published contexts (https in the XML Schema
// namespace, prefixes that nothing defines, two names for one IRI) decide what
// a signature covers and are kept. docs/contexts.md lists the documents and how
// they are proven to mean the same as the published ones.
//
// Nothing is read or parsed before it is asked for. All functions are safe for
// concurrent use.
package contexts

import (
	"embed"
	"slices"
	"strings"
)

//go:embed documents/*.json
var documents embed.FS

// known names the document of each URL, in the order of the URLs.
var known = [...]struct{ url, name string }{
	{"https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json", "clr-2.0.1"},
	{"https://purl.imsglobal.org/spec/clr/v2p0/context.json", "clr-2.0"},
	{"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json", "ob-3.0.1"},
	{"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json", "ob-3.0.2"},
	{"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", "ob-3.0.3"},
	{"https://purl.imsglobal.org/spec/ob/v3p0/context.json", "ob-3.0"},
	{"https://purl.imsglobal.org/spec/ob/v3p0/context/ob_v3p0.jsonld", "ob-3.0"},
	{"https://purl.imsglobal.org/spec/ob/v3p0/extensions.json", "ob-3.0-extensions"},
	{"https://w3c-ccg.github.io/vc-ed/plugfest-1-2022/jff-vc-edu-plugfest-1-context.json", "jff-plugfest-1"},
	{"https://w3c-ccg.github.io/vc-ed/plugfest-2-2022/jff-vc-edu-plugfest-2-context.json", "ob-3.0"},
	{"https://w3id.org/dcc/v1", "dcc-v1"},
	{"https://w3id.org/openbadges/legacy-v1", "ob-legacy-v1"},
	{"https://w3id.org/openbadges/v1", "ob-1.1"},
	{"https://w3id.org/openbadges/v2", "ob-2.0"},
	{"https://w3id.org/security/data-integrity/v1", "data-integrity-v1"},
	{"https://w3id.org/security/data-integrity/v2", "data-integrity-v2"},
	{"https://w3id.org/security/jwk/v1", "jwk-v1"},
	{"https://w3id.org/security/multikey/v1", "multikey-v1"},
	{"https://w3id.org/security/suites/ed25519-2018/v1", "ed25519-2018-v1"},
	{"https://w3id.org/security/suites/ed25519-2020/v1", "ed25519-2020-v1"},
	{"https://w3id.org/security/suites/jws-2020/v1", "jws-2020-v1"},
	{"https://w3id.org/security/v1", "security-v1"},
	{"https://w3id.org/security/v2", "security-v2"},
	{"https://w3id.org/vc/status-list/2021/v1", "status-list-2021-v1"},
	{"https://www.w3.org/2018/credentials/examples/v1", "credentials-examples-v1"},
	{"https://www.w3.org/2018/credentials/v1", "credentials-v1"},
	{"https://www.w3.org/ns/cid/v1", "cid-v1"},
	{"https://www.w3.org/ns/credentials/examples/v2", "credentials-examples-v2"},
	{"https://www.w3.org/ns/credentials/status/v1", "credentials-status-v1"},
	{"https://www.w3.org/ns/credentials/undefined-terms/v2", "credentials-undefined-terms-v2"},
	{"https://www.w3.org/ns/credentials/v2", "credentials-v2"},
	{"https://www.w3.org/ns/did/v1", "did-v1"},
	{"https://www.w3.org/ns/odrl.jsonld", "odrl"},
}

// Lookup returns the JSON-LD document that a known context URL stands for.
// The URL is compared as text: contexts are identifiers, and one that is
// spelled otherwise is another one. The bytes are the caller's own; ok is false
// for a URL that Laurel does not know.
//
// That a context is known says nothing of whether it may be used: the contexts
// that give a meaning to every undefined term are among them, and the policy on
// them is the verifier's.
func Lookup(url string) (doc []byte, ok bool) {
	name, ok := nameOf(url)
	if !ok {
		return nil, false
	}
	return document(name)
}

// Known reports whether [Lookup] has a document for the URL, without reading it.
func Known(url string) bool {
	_, ok := nameOf(url)
	return ok
}

// URLs returns the URLs that [Lookup] knows, sorted.
func URLs() []string {
	urls := make([]string, len(known))
	for i, k := range known {
		urls[i] = k.url
	}
	return urls
}

// nameOf finds the name of the document that a URL stands for.
func nameOf(url string) (name string, ok bool) {
	i, ok := slices.BinarySearchFunc(known[:], url, func(k struct{ url, name string }, url string) int {
		return strings.Compare(k.url, url)
	})
	if !ok {
		return "", false
	}
	return known[i].name, true
}

// document reads the embedded document of a name.
func document(name string) (doc []byte, ok bool) {
	doc, err := documents.ReadFile("documents/" + name + ".json")
	return doc, err == nil
}
