package present_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc/present"
)

// flat are the values of a presentation or a credential, each with where it stands, read by a
// general decoder and none of ours. Tokens are taken apart where the standards have them.
func flat(t testing.TB, text []byte) []string {
	t.Helper()
	f := flattener{t: t}
	f.document("", strings.TrimSpace(string(text)))
	slices.Sort(f.lines)
	return f.lines
}

type flattener struct {
	t     testing.TB
	lines []string
}

func (f *flattener) add(at, value string) { f.lines = append(f.lines, at+" = "+value) }

func (f *flattener) document(at, text string) {
	if strings.HasPrefix(text, "{") {
		f.json(at, decode(f.t, text), "")
		return
	}
	parts := strings.Split(text, "~")
	if len(parts) == 1 {
		f.jws(at, text)
		return
	}
	f.sdJWT(at, parts)
}

func decode(t testing.TB, text string) (v any) {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	require.NoError(t, d.Decode(&v), text)
	return v
}

func unbase64(t testing.TB, text string) string {
	b, err := base64.RawURLEncoding.DecodeString(text)
	require.NoError(t, err)
	return string(b)
}

func (f *flattener) jws(at, text string) {
	parts := strings.Split(text, ".")
	require.Len(f.t, parts, 3)
	f.json(at+" header", decode(f.t, unbase64(f.t, parts[0])), "")
	f.json(at, decode(f.t, unbase64(f.t, parts[1])), "")
	f.add(at+" signature", parts[2])
}

// sdJWT puts the disclosures in their places, as RFC 9901, 7.1 says.
func (f *flattener) sdJWT(at string, parts []string) {
	jws := strings.Split(parts[0], ".")
	payload := decode(f.t, unbase64(f.t, jws[1])).(map[string]any)
	f.add(at+"/_sd_alg", payload["_sd_alg"].(string))
	delete(payload, "_sd_alg")
	byDigest := map[string][]any{}
	for _, d := range parts[1 : len(parts)-1] {
		sum := sha256.Sum256([]byte(d))
		one := decode(f.t, unbase64(f.t, d)).([]any)
		byDigest[base64.RawURLEncoding.EncodeToString(sum[:])] = one
		f.add(at+" salt", one[0].(string))
	}
	f.json(at+" header", decode(f.t, unbase64(f.t, jws[0])), "")
	f.json(at, f.disclosed(at, payload, byDigest), "")
	f.add(at+" signature", jws[2])
	require.Empty(f.t, parts[len(parts)-1], "there is no key binding in these tests")
}

func (f *flattener) disclosed(at string, v any, byDigest map[string][]any) any {
	switch v := v.(type) {
	case map[string]any:
		digests, _ := v["_sd"].([]any)
		delete(v, "_sd")
		for _, digest := range digests {
			f.add(at+" digest", digest.(string))
			if d := byDigest[digest.(string)]; d != nil {
				v[d[1].(string)] = d[2]
			}
		}
		for name := range v {
			v[name] = f.disclosed(at, v[name], byDigest)
		}
	case []any:
		out := []any{}
		for _, item := range v {
			if m, ok := item.(map[string]any); ok && m["..."] != nil {
				f.add(at+" digest", m["..."].(string))
				if d := byDigest[m["..."].(string)]; d != nil {
					out = append(out, f.disclosed(at, d[1], byDigest))
				}
				continue
			}
			out = append(out, f.disclosed(at, item, byDigest))
		}
		return out
	}
	return v
}

func (f *flattener) json(at string, v any, parent string) {
	switch v := v.(type) {
	case map[string]any:
		if len(v) == 0 {
			f.add(at, "{}")
		}
		for name, value := range v {
			f.json(at+"/"+strings.NewReplacer("~", "~0", "/", "~1").Replace(name), value, name)
		}
	case []any:
		if len(v) == 0 {
			f.add(at, "[]")
		}
		for i, item := range v {
			f.json(fmt.Sprintf("%s/%d", at, i), item, parent)
		}
	case string:
		f.text(at, v, parent)
	default:
		b, err := json.Marshal(v)
		require.NoError(f.t, err)
		f.add(at, string(b))
	}
}

func (f *flattener) text(at, text, parent string) {
	before, inner := "", ""
	if i := strings.IndexByte(text, ','); parent == "id" && strings.HasPrefix(text, "data:application/") && i > 0 {
		before, inner = text[:i+1], text[i+1:]
	} else if parent == "endorsementJwt" {
		inner = text
	}
	if inner != "" {
		f.document(at+"!", inner)
		text = before
	}
	f.add(at, text)
}

// told are the same lines by what Look or a preview says.
func told(s *present.Seen) []string {
	var all []string
	tell(s, "", &all)
	slices.Sort(all)
	return all
}

func tell(s *present.Seen, at string, all *[]string) {
	for _, l := range s.Learned {
		where := at + l.Pointer
		switch l.Place {
		case present.PlaceHeader:
			where = at + " header" + l.Pointer
		case present.PlaceSalt, present.PlaceDigest, present.PlaceSignature:
			where = at + " " + string(l.Place)
		}
		*all = append(*all, where+" = "+l.Value)
	}
	for _, w := range s.Within {
		inner := at + w.At
		if w.Form.String() != "JSON" {
			inner += "!"
		}
		tell(w, inner, all)
	}
}

// holds reports whether a text stands in bytes, those of tokens in them too.
func holds(t testing.TB, sent []byte, text string) bool {
	return slices.ContainsFunc(flat(t, sent), func(line string) bool { return strings.Contains(line, text) }) ||
		bytes.Contains(sent, []byte(text))
}
