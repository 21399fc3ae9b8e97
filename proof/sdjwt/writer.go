package sdjwt

import (
	"encoding/base64"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/laurel-edu/laurel/internal/disclose"
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

// writer writes a payload and takes apart what is disclosable.
type writer struct {
	random      io.Reader
	decoys      int
	apart       map[string]bool // pointers, true once they were met
	disclosures [][]byte
}

// saltSize is in bytes: 128 bits, as RFC 9901, 9.3 recommends.
const saltSize = 16

func (w *writer) payload(root jsonx.Value, pointers []string, claims []byte) ([]byte, error) {
	w.apart = map[string]bool{}
	for _, p := range pointers {
		if disclose.Protected(p) || !strings.HasPrefix(p, "/") {
			return nil, pathProblem(p, "what everybody must see of a credential")
		}
		w.apart[p] = false
	}
	text, err := w.value(root, "")
	if err != nil {
		return nil, err
	}
	for _, p := range pointers {
		if !w.apart[p] {
			return nil, pathProblem(p, "nothing there")
		}
	}
	return append(append(text[:len(text)-1], claims...), `,"_sd_alg":"sha-256"}`...), nil
}

func pathProblem(pointer, found string) error {
	return words.Problem(proof.CodeDisclosurePath, "", vc.Quote(pointer)+", "+found)
}

func (w *writer) value(v jsonx.Value, at string) ([]byte, error) {
	switch v.Kind() {
	case jsonx.Object:
		return w.object(v, at)
	case jsonx.Array:
		return w.array(v, at)
	}
	return v.Raw(), nil
}

func (w *writer) object(v jsonx.Value, at string) ([]byte, error) {
	if err := w.whole(v, at); err != nil {
		return nil, err
	}
	text := []byte{'{'}
	var digests []string
	for m := v.First(); m.Exists(); m = m.Next() {
		path := at + "/" + jsonx.EscapePointer(m.Name())
		value, err := w.value(m, path)
		switch {
		case err != nil:
			return nil, err
		case disclose.Reserved(m.Name()):
			return nil, words.Problem(proof.CodeJWTClaimMember, m.Pointer(), vc.Quote(m.Name()))
		case w.isApart(path):
			digest, err := w.disclosure(jcs.AppendString(nil, m.Name()), value)
			if err != nil {
				return nil, err
			}
			digests = append(digests, digest)
			continue
		case len(text) > 1:
			text = append(text, ',')
		}
		text = append(append(jcs.AppendString(text, m.Name()), ':'), value...)
	}
	if len(digests) > 0 {
		return w.digests(text, digests)
	}
	return append(text, '}'), nil
}

// digests ends an object with the digests of its members, sorted so that their order says
// nothing (RFC 9901, 4.2.4.1).
func (w *writer) digests(text []byte, digests []string) ([]byte, error) {
	for range w.decoys {
		nothing, err := w.draw(32)
		if err != nil {
			return nil, err
		}
		digests = append(digests, disclose.SHA256.Digest([]byte(nothing)))
	}
	slices.Sort(digests)
	if len(text) > 1 {
		text = append(text, ',')
	}
	return append(text, `"_sd":["`+strings.Join(digests, `","`)+`"]}`...), nil
}

func (w *writer) array(v jsonx.Value, at string) ([]byte, error) {
	text, i := []byte{'['}, 0
	for item := v.First(); item.Exists(); item = item.Next() {
		path := at + "/" + strconv.Itoa(i)
		value, err := w.value(item, path)
		if err != nil {
			return nil, err
		}
		if w.isApart(path) {
			digest, err := w.disclosure(nil, value)
			if err != nil {
				return nil, err
			}
			value = []byte(`{"...":"` + digest + `"}`)
		}
		if i++; i > 1 {
			text = append(text, ',')
		}
		text = append(text, value...)
	}
	return append(text, ']'), nil
}

func (w *writer) isApart(path string) bool {
	_, is := w.apart[path]
	if is {
		w.apart[path] = true
	}
	return is
}

// whole refuses to take apart what would be no longer what it is: the type of any object,
// what everybody must see of an embedded credential, and all of one that has a proof.
func (w *writer) whole(v jsonx.Value, at string) error {
	credential := v.Get("credentialSubject").Exists()
	for path := range w.apart {
		name, inside := strings.CutPrefix(path, at+"/")
		switch {
		case !inside:
		case name == "type" || strings.HasPrefix(name, "type/"):
			return pathProblem(path, "the type of an object")
		case v.Get("proof").Exists() && v.Parent().Exists():
			return pathProblem(path, "part of a credential with a proof of its own")
		case credential && disclose.Protected("/"+name):
			return pathProblem(path, "what everybody must see of a credential")
		}
	}
	return nil
}

// disclosure makes one, and returns its digest.
func (w *writer) disclosure(name, value []byte) (string, error) {
	salt, err := w.draw(saltSize)
	if err != nil {
		return "", err
	}
	text := []byte(`["` + salt + `",`)
	if name != nil {
		text = append(append(text, name...), ',')
	}
	text = append(append(text, value...), ']')
	encoded := base64.RawURLEncoding.AppendEncode(nil, text)
	w.disclosures = append(w.disclosures, encoded)
	return disclose.SHA256.Digest(encoded), nil
}

func (w *writer) draw(n int) (string, error) {
	b := make([]byte, n)
	if _, err := io.ReadFull(w.random, b); err != nil {
		return "", fmt.Errorf("sdjwt: salts: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(b), nil
}

// disclosed are the disclosures of an SD-JWT.
func disclosed(doc *vc.Document) []*disclose.Disclosure { return door.DisclosedIn(doc).Disclosures }
