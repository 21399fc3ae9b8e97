// Package athand gives a verifier the key of a Signer, so that what was just signed is read
// back without asking anybody.
package athand

import (
	"fmt"
	"strings"

	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/internal/multikey"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// Fetcher is where a verifier finds the key of a Signer, to read back what it signed: as the
// operator's statement that it is published under the method, in front of what else there
// is, which may be nil. A did:key and a did:jwk state their key themselves, and nothing may
// stand in for that. An error is that of a key that cannot be published, or of a URL by
// which none is found.
func Fetcher(key *proof.Key, url string, more fetch.Fetcher) (fetch.Fetcher, error) {
	if strings.HasPrefix(url, "did:key:") || strings.HasPrefix(url, "did:jwk:") {
		return more, nil
	}
	public, err := multikey.Encode(key.Public())
	if err != nil {
		return nil, fmt.Errorf("the signing key: %w", err)
	}
	controller, _, _ := strings.Cut(url, "#")
	entry := append(jcs.AppendString([]byte(`{`), url), `:{"type":"Multikey","id":`...)
	entry = append(jcs.AppendString(entry, url), `,"controller":`...)
	entry = append(jcs.AppendString(entry, controller), `,"publicKeyMultibase":"`+public+`"}}`...)
	pack, err := fetch.ParsePack(entry)
	if err != nil {
		return nil, fmt.Errorf("no URL by which a key is found: %w", err)
	}
	if more == nil {
		return pack, nil
	}
	return fetch.Layered(pack, more), nil
}
