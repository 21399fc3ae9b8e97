package dataurl_test

import (
	"encoding/base64"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/dataurl"
)

func TestParse(t *testing.T) {
	for text, want := range map[string][2]string{
		"data:application/vc+jwt,a.b.c":                       {"application/vc+jwt", "a.b.c"},
		"DATA:Application/VC+JWT,A.b.c":                       {"application/vc+jwt", "A.b.c"},
		"data:application/vc+jwt;charset=utf-8;x=base64y,a.b": {"application/vc+jwt", "a.b"},
		"data:application/vc%2Bjwt,a%2Eb%2ec":                 {"application/vc+jwt", "a.b.c"},
		"data:application/vc+jwt;base64,YS5iLmM=":             {"application/vc+jwt", "a.b.c"},
		"data:application/vc+jwt;a=b;BASE64,YS5iLmM%3D":       {"application/vc+jwt", "a.b.c"},
		"data:text/plain,a+b,c":                               {"text/plain", "a+b,c"}, // a plus is a plus, the second comma data
	} {
		media, data, err := dataurl.Parse(text)
		require.NoError(t, err, text)
		require.Equal(t, want, [2]string{media, string(data)}, text)
	}
}

func TestMalformed(t *testing.T) {
	for text, cause := range map[string]string{
		"":                                    "the URL lacks the scheme data",
		"https://school.example/a,b":          "the URL lacks the scheme data",
		"data:application/vc+jwt":             "no comma",
		"data:application/vc+jwt,":            "holds nothing",
		"data:,a.b.c":                         "no media type",
		"data:;base64,YQ==":                   "no media type",
		"data:application,a":                  "no media type",
		"data:application/,a":                 "no media type",
		"data:application/v c,a":              "no media type",
		"data:application/a/b,a":              "no media type",
		"data:application/vc+jwt,a%2":         "data are not percent-encoded",
		"data:application/vc%+jwt,a":          "media type is not percent-encoded",
		"data:application/vc+jwt;base64,YQ":   "not base64",
		"data:application/vc+jwt;base64,YR==": "not base64",
		"data:application/vc+jwt;base64,a.b":  "not base64",
	} {
		_, _, err := dataurl.Parse(text)
		require.ErrorContains(t, err, cause, text)
	}
}

// FuzzParse: what is written as a data: URL reads back, in either encoding.
func FuzzParse(f *testing.F) {
	f.Add("a.b.c")
	f.Fuzz(func(t *testing.T, text string) {
		if text == "" {
			t.Skip()
		}
		for _, written := range []string{url.PathEscape(text), base64.StdEncoding.EncodeToString([]byte(text))} {
			head := "data:application/vc+jwt,"
			if written != url.PathEscape(text) {
				head = strings.Replace(head, ",", ";base64,", 1)
			}
			_, data, err := dataurl.Parse(head + written)
			require.NoError(t, err)
			require.Equal(t, text, string(data))
		}
		_, _, _ = dataurl.Parse(text)
	})
}
