package disclose_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/disclose"
	"github.com/laurel-edu/laurel/internal/jsonx"
)

func enc(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }

// process puts disclosures, given as JSON, into a payload, in which @0, @1, … are their digests.
func process(t testing.TB, payload string, disclosures ...string) (*disclose.Processed, error) {
	t.Helper()
	var texts [][]byte
	for i, d := range disclosures {
		if strings.HasPrefix(d, "[") || strings.HasPrefix(d, "{") {
			for j, digest := range digests(disclosures[:i]) {
				d = strings.ReplaceAll(d, "@"+string(rune('0'+j)), digest)
			}
			disclosures[i] = d
			d = enc(d)
		}
		texts = append(texts, []byte(d))
	}
	for j, digest := range digests(disclosures) {
		payload = strings.ReplaceAll(payload, "@"+string(rune('0'+j)), digest)
	}
	doc, err := jsonx.Parse([]byte(payload), jsonx.Limits{}, nil)
	require.NoError(t, err)
	return disclose.Process(doc.Root(), texts, jsonx.Limits{})
}

func digests(disclosures []string) (all []string) {
	for _, d := range disclosures {
		if strings.HasPrefix(d, "[") || strings.HasPrefix(d, "{") {
			d = enc(d)
		}
		all = append(all, disclose.SHA256.Digest([]byte(d)))
	}
	return all
}

// The examples of RFC 9901, 4.2.3.
func TestPublishedDigests(t *testing.T) {
	for text, digest := range map[string]string{
		"WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0": "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0",
		"WyJsa2x4RjVqTVlsR1RQVW92TU5JdkNBIiwgIkZSIl0":                             "w0I8EKcdCtUPkGCNUrfwVp2xEgNjtoIDlOxc9-PlOhs",
	} {
		require.Equal(t, digest, disclose.SHA256.Digest([]byte(text)))
	}
	require.Empty(t, disclose.Hash("md5").Digest([]byte("x")))
}

func TestProcess(t *testing.T) {
	p, err := process(t, `{"_sd_alg":"sha-256","a":1,"_sd":["@0","nothing"],"l":[{"...":"@1"},2,{"...":"withheld"}],"o":{"_sd":["@3"]}}`,
		`["s","b",{"c":"\n"}]`, `["s",[1]]`, `["s","inner",true]`, `["s","outer",{"_sd":["@2"]}]`)
	require.NoError(t, err)
	require.Equal(t, `{"a":1,"l":[[1],2],"o":{"outer":{"inner":true}},"b":{"c":"\n"}}`, string(p.Text))
	require.Equal(t, map[int]int{0: 1, strings.Index(string(p.Text), "[[1]"): 1}, p.Withheld)
	var paths []string
	for _, d := range p.Disclosures {
		paths = append(paths, d.Path())
	}
	require.Equal(t, []string{"/b", "/l/0", "/o/outer/inner", "/o/outer"}, paths)
	for _, h := range disclose.Hashes() {
		d := enc(`["s","b",2]`)
		doc, err := jsonx.Parse([]byte(`{"_sd_alg":"`+string(h)+`","_sd":["`+h.Digest([]byte(d))+`"]}`), jsonx.Limits{}, nil)
		require.NoError(t, err)
		p, err := disclose.Process(doc.Root(), [][]byte{[]byte(d)}, jsonx.Limits{})
		require.NoError(t, err)
		require.Equal(t, `{"b":2}`, string(p.Text))
	}
}

// What RFC 9901, 7.1, steps 3 to 5, wants refused, and what changes the meaning of a payload
// besides. Steps 1 and 2 are TestSplit and vc/verify.TestIssuersOfSDJWT, 6 and all of 7.3 there
// and in TestKeyBinding.
func TestRefusals(t *testing.T) {
	const good = `["s","b",1]`
	for name, c := range map[string]struct {
		code        disclose.Fault
		payload     string
		disclosures []string
	}{
		"an unknown hash":              {disclose.FaultHash, `{"_sd_alg":"sha-1"}`, nil},
		"no hash":                      {disclose.FaultHash, `{"_sd_alg":7}`, nil},
		"a hash below":                 {disclose.FaultAlgElsewhere, `{"a":{"_sd_alg":"sha-256"}}`, nil},
		"a hash in a disclosure":       {disclose.FaultAlgElsewhere, `{"_sd":["@0"]}`, []string{`["s","b",{"_sd_alg":"sha-256"}]`}},
		"unused":                       {disclose.FaultUnused, `{"_sd":["@0"]}`, []string{good, `["s","c",1]`}},
		"of another token":             {disclose.FaultUnused, `{"_sd":["x"]}`, []string{good}},
		"within one that is withheld":  {disclose.FaultUnused, `{"_sd":["x"]}`, []string{good, `["s","c",{"_sd":["@0"]}]`}},
		"twice":                        {disclose.FaultRepeated, `{"_sd":["@0"]}`, []string{good, good}},
		"a digest twice":               {disclose.FaultRepeated, `{"_sd":["@0","@0"]}`, []string{good}},
		"a digest at two places":       {disclose.FaultRepeated, `{"_sd":["@0"],"o":{"_sd":["@0"]}}`, []string{good}},
		"a decoy twice":                {disclose.FaultRepeated, `{"_sd":["x"],"l":[{"...":"x"}]}`, nil},
		"a digest in a disclosure":     {disclose.FaultRepeated, `{"_sd":["@0","@1"]}`, []string{good, `["s","c",{"_sd":["@0"]}]`}},
		"no array":                     {disclose.FaultDigest, `{"_sd":"@0"}`, []string{good}},
		"a number among digests":       {disclose.FaultDigest, `{"_sd":["@0",7]}`, []string{good}},
		"... in an object":             {disclose.FaultDigest, `{"...":"@0"}`, []string{good}},
		"... and more":                 {disclose.FaultDigest, `{"l":[{"...":"@0","a":1}]}`, []string{`["s",1]`}},
		"... of a number":              {disclose.FaultDigest, `{"l":[{"...":7}]}`, nil},
		"an element for a member":      {disclose.FaultDisclosure, `{"_sd":["@0"]}`, []string{`["s",1]`}},
		"a member for an element":      {disclose.FaultDisclosure, `{"l":[{"...":"@0"}]}`, []string{good}},
		"one part":                     {disclose.FaultDisclosure, `{"_sd":["@0"]}`, []string{`["s"]`}},
		"four parts":                   {disclose.FaultDisclosure, `{"_sd":["@0"]}`, []string{`["s","b",1,2]`}},
		"an object":                    {disclose.FaultDisclosure, `{"_sd":["@0"]}`, []string{`{"s":1}`}},
		"a salt that is a number":      {disclose.FaultDisclosure, `{"_sd":["@0"]}`, []string{`[1,"b",1]`}},
		"a name that is a number":      {disclose.FaultDisclosure, `{"_sd":["@0"]}`, []string{`["s",2,1]`}},
		"no JSON":                      {disclose.FaultDisclosure, `{"_sd":["@0"]}`, []string{`[`}},
		"a name twice in it":           {disclose.FaultDisclosure, `{"_sd":["@0"]}`, []string{`["s","b",{"a":1,"a":2}]`}},
		"padding":                      {disclose.FaultDisclosure, `{"_sd":["@0"]}`, []string{"WyJzIiwxXQ=="}},
		"a line end":                   {disclose.FaultDisclosure, `{"_sd":["@0"]}`, []string{"WyJzIiwx\nXQ"}},
		"the name _sd":                 {disclose.FaultName, `{"_sd":["@0"]}`, []string{`["s","_sd",["x"]]`}},
		"the name ...":                 {disclose.FaultName, `{"_sd":["@0"]}`, []string{`["s","...","x"]`}},
		"the name _sd_alg":             {disclose.FaultName, `{"_sd":["@0"]}`, []string{`["s","_sd_alg","sha-256"]`}},
		"over a member":                {disclose.FaultOverwrite, `{"b":2,"_sd":["@0"]}`, []string{good}},
		"over another":                 {disclose.FaultOverwrite, `{"_sd":["@0","@1"]}`, []string{good, `["t","b",1]`}},
		"the issuer":                   {disclose.FaultProtected, `{"_sd":["@0"]}`, []string{`["s","issuer","did:example:eve"]`}},
		"the issuer's id":              {disclose.FaultProtected, `{"issuer":{"_sd":["@0"]}}`, []string{`["s","id","did:example:eve"]`}},
		"a status":                     {disclose.FaultProtected, `{"_sd":["@0"]}`, []string{`["s","credentialStatus",[]]`}},
		"part of a status, withheld":   {disclose.FaultProtected, `{"credentialStatus":{"_sd":["x"]}}`, nil},
		"one of the statuses withheld": {disclose.FaultProtected, `{"credentialStatus":[{"...":"x"}]}`, nil},
		"the holder's key":             {disclose.FaultProtected, `{"_sd":["@0"]}`, []string{`["s","cnf",{}]`}},
		"the claim vc":                 {disclose.FaultProtected, `{"_sd":["@0"]}`, []string{`["s","vc",{}]`}},
		"the claim vp":                 {disclose.FaultProtected, `{"_sd":["@0"]}`, []string{`["s","vp",{}]`}},
		"a type":                       {disclose.FaultProtected, `{"type":[{"...":"@0"}]}`, []string{`["s","X"]`}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := process(t, c.payload, c.disclosures...)
			var e *disclose.Error
			require.ErrorAs(t, err, &e)
			require.Equal(t, c.code, e.Fault, "%v", e)
		})
	}
	_, err := process(t, `{"issuer":{"id":"x","_sd":["@0"]}}`, `["s","name","School"]`)
	require.NoError(t, err, "what else is told of an issuer may be hidden")
}

// Disclosures within one another are followed no deeper than a document may be nested, and
// many of them cost no more than their text.
func TestDepthAndWork(t *testing.T) {
	last, texts := `["s","a",1]`, [][]byte{}
	for range 100 {
		texts = append(texts, []byte(enc(last)))
		last = `["s","a",{"_sd":["` + disclose.SHA256.Digest(texts[len(texts)-1]) + `"]}]`
	}
	doc, err := jsonx.Parse([]byte(`{"_sd":["`+disclose.SHA256.Digest(texts[99])+`"]}`), jsonx.Limits{}, nil)
	require.NoError(t, err)
	_, err = disclose.Process(doc.Root(), texts, jsonx.Limits{})
	var e *disclose.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, disclose.FaultTooDeep, e.Fault)
	require.LessOrEqual(t, len(e.Pointer), jsonx.MaxPointer)

	wide := `{"` + strings.Repeat("n", 1<<18) + `":{` + strings.Repeat(`"a":1,`, 1) + `"b":[` + strings.Repeat(`{},`, 1<<16) + `1]}}`
	p, err := process(t, wide)
	require.NoError(t, err)
	require.Equal(t, wide, string(p.Text))
}

func TestSplit(t *testing.T) {
	p, err := disclose.Split([]byte("a.b.c~d~e~f.g.h"), 2)
	require.NoError(t, err)
	require.Equal(t, []string{"a.b.c", "d", "e", "a.b.c~d~e~", "f.g.h"},
		[]string{string(p.JWT), string(p.Disclosures[0]), string(p.Disclosures[1]), string(p.Bound), string(p.KeyBinding)})
	for text, code := range map[string]disclose.Fault{"a.b.c": disclose.FaultParts, "a~~": disclose.FaultParts,
		"a~d~e~f~": disclose.FaultTooMany, strings.Repeat("~", 1<<20): disclose.FaultTooMany} {
		_, err := disclose.Split([]byte(text), 2)
		var e *disclose.Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, code, e.Fault)
	}
	p, err = disclose.Split([]byte("a.b.c~"), 0)
	require.NoError(t, err)
	require.Empty(t, p.Disclosures)
	require.Empty(t, p.KeyBinding)
}

// Whatever comes, nothing of the mechanism is left, no more is written than came, and each
// disclosure that was taken stands in the text.
func FuzzProcess(f *testing.F) {
	f.Add(`{"_sd":["x"],"l":[{"...":"y"}]}`, `["s","b",1]`)
	f.Add(`{"a":{"_sd":["9TEvT2ZAyXVjGlLqXvwCC9YyfhLWEaJOyb2YdZ7LFtU"]}}`, `["s",{"_sd":[]}]`)
	f.Fuzz(func(t *testing.T, payload, disclosure string) {
		digest := disclose.SHA256.Digest([]byte(enc(disclosure)))
		payload = strings.ReplaceAll(payload, "@", digest)
		doc, err := jsonx.Parse([]byte(payload), jsonx.Limits{}, nil)
		if err != nil || doc.Root().Kind() != jsonx.Object {
			return
		}
		p, err := disclose.Process(doc.Root(), [][]byte{[]byte(enc(disclosure))}, jsonx.Limits{})
		if err != nil {
			return
		}
		out, err := jsonx.Parse(p.Text, jsonx.Limits{}, nil)
		require.NoError(t, err)
		require.LessOrEqual(t, len(p.Text), 6*(len(payload)+len(disclosure)))
		clean(t, out.Root())
	})
}

func clean(t *testing.T, v jsonx.Value) {
	for c := v.First(); c.Exists(); c = c.Next() {
		require.False(t, v.Kind() == jsonx.Object && disclose.Reserved(c.Name()))
		clean(t, c)
	}
}

// FuzzSplit: what is split joins to what came.
func FuzzSplit(f *testing.F) {
	f.Add("a.b.c~d~e.f.g")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := disclose.Split([]byte(text), 100)
		if err != nil {
			return
		}
		joined := string(p.JWT) + "~"
		for _, d := range p.Disclosures {
			joined += string(d) + "~"
		}
		require.Equal(t, joined, string(p.Bound))
		require.Equal(t, text, joined+string(p.KeyBinding))
	})
}
