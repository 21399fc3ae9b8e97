package suites_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/piprate/json-gold/ld"

	"github.com/laurel-edu/laurel/internal/contexts"
	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// hostileSuite are texts that are made to mislead a reader or to exhaust it. Some
// are a map of context documents with the document that names them.
func hostileSuite(t testing.TB) suite {
	dir := folder(testkit.Shared(t, "vc/hostile"))
	var entries []struct{ File, Expect string }
	dir.list(t, "expected.json", &entries)
	s := suite{name: "hostile"}
	for _, e := range entries {
		judge := func(err error) error {
			switch {
			case strings.HasPrefix(e.Expect, "policy"), strings.HasSuffix(e.Expect, "or < 1 s"):
				return nil // that it ends is what counts
			case strings.HasPrefix(e.Expect, "error"):
				return refused(err)
			}
			return err
		}
		s.probes = append(s.probes, probe{e.File,
			func() error { return judge(openHostile(dir.read(e.File))) },
			func() error { return judge(openHostileByPeer(dir.read(e.File))) }})
	}
	return s
}

// openHostile reads a text, and expands it if it is JSON-LD.
func openHostile(text []byte) error {
	doc, err := jsonx.Parse(text, jsonx.Limits{}, nil)
	if err != nil {
		return err
	}
	root, w := doc.Root(), web{}
	if d := root.Get("document"); d.Exists() {
		text = d.Raw()
		for m := root.First(); m.Exists(); m = m.Next() {
			w[m.Name()] = m.Raw()
		}
	} else if !root.Get("@context").Exists() {
		return readsIssuer(root.Get("issuer").Text())
	}
	e := jsonld.New(jsonld.Config{Documents: contexts.Lookup, Load: w.load, Policy: permissive})
	_, err = expand(e, jsonld.Strict, text, "")
	return err
}

func openHostileByPeer(text []byte) error {
	document, err := ld.DocumentFromReader(bytes.NewReader(text))
	if err != nil {
		return err
	}
	members, _ := document.(map[string]any)
	lookup := goldLoader(contexts.Lookup)
	if members["document"] != nil {
		var all map[string]json.RawMessage
		if err := json.Unmarshal(text, &all); err != nil {
			return err
		}
		text, lookup = all["document"], func(url string) ([]byte, bool) { return all[url], all[url] != nil }
	} else if members["@context"] == nil {
		issuer, _ := members["issuer"].(string)
		return readsIssuer(issuer)
	}
	_, err = goldStrict(text, lookup)
	return err
}

// readsIssuer: of two members that look like an issuer, the one that is.
func readsIssuer(issuer string) error {
	if issuer != "" && issuer != "did:example:good" {
		return fmt.Errorf("issuer %q", issuer)
	}
	return nil
}
