package issue

import (
	"bytes"
	"slices"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
)

// The contexts that define the proofs. That of data model 2.0 defines those of Data
// Integrity itself.
const (
	contextDataIntegrity = "https://w3id.org/security/data-integrity/v2"
	contextEd25519       = "https://w3id.org/security/suites/ed25519-2020/v1"
)

// definesDataIntegrity are the contexts that do.
var definesDataIntegrity = []string{vc.ContextV2, contextDataIntegrity, "https://w3id.org/security/data-integrity/v1"}

// withContexts returns the text of a credential with the context that its proof needs
// listed last, and every other byte as it was.
func withContexts(doc *vc.Document, as Form) []byte {
	urls, _ := doc.Contexts()
	needed := ""
	switch {
	case as.token():
	case as == dataintegrity.Ed25519Signature2020:
		if !slices.Contains(urls, contextEd25519) {
			needed = contextEd25519
		}
	case !slices.ContainsFunc(urls, func(url string) bool { return slices.Contains(definesDataIntegrity, url) }):
		needed = contextDataIntegrity
	}
	list := door.Root(doc).Get("@context")
	if needed == "" || !list.Exists() {
		return doc.Bytes()
	}
	return replaced(doc.Bytes(), list, listed(list, needed))
}

// listed is the text of a @context with one more.
func listed(list jsonx.Value, url string) []byte {
	one := jcs.AppendString(nil, url)
	if list.Kind() != jsonx.Array {
		return slices.Concat([]byte("["), list.Raw(), []byte(","), one, []byte("]"))
	}
	if list.Len() == 0 {
		return slices.Concat([]byte("["), one, []byte("]"))
	}
	items := bytes.TrimRight(list.Raw()[:len(list.Raw())-1], " \t\r\n")
	return slices.Concat(items, []byte(","), one, []byte("]"))
}

func replaced(text []byte, v jsonx.Value, by []byte) []byte {
	return slices.Concat(text[:v.Offset()], by, text[v.Offset()+len(v.Raw()):])
}
