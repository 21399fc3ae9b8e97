package ob2_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/ob/ob2"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/verify"
)

const samples = "ob/samples/"

// pages are documents by URL.
type pages map[string][]byte

func (p pages) Fetch(_ context.Context, url string) (*fetch.Response, error) {
	if body, ok := p[url]; ok {
		return &fetch.Response{URL: url, Body: body, Source: fetch.SourcePack}, nil
	}
	return nil, &fetch.Error{Code: fetch.CodeNotFound, URL: url, Detail: "no such page"}
}

// served are the assets of the samples, at their addresses and at the ids that they say.
func served(t *testing.T) pages {
	t.Helper()
	all := pages{}
	files, err := filepath.Glob(filepath.Join(testkit.Shared(t, samples+"valid/ob2-official/assets"), "*.json"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		body, err := os.ReadFile(file)
		require.NoError(t, err)
		if name := filepath.Base(file); strings.Contains(name, "-with-allowed-origins") || strings.Contains(name, "-with-verification") {
			if d, err := ob2.Read(body); err == nil { // several say one id, under which none of them stands
				body = bytes.ReplaceAll(body, []byte(`"`+string(d.ID())+`"`), []byte(`"http://example.org/`+name+`"`))
			}
		}
		for _, origin := range []string{"http://example.org/", "https://example.org/", "https://www.example.org/", "http://example.com/"} {
			all[origin+filepath.Base(file)] = body
		}
		if d, err := ob2.Read(body); err == nil && strings.HasPrefix(string(d.ID()), "http") && all[string(d.ID())] == nil {
			all[string(d.ID())] = body
		}
	}
	return all
}

// with adds the sample itself at its own id.
func (p pages) with(body []byte) pages {
	all := pages{}
	for url, b := range p {
		all[url] = b
	}
	if d, err := ob2.Read(body); err == nil && !d.Signed() {
		all[string(d.ID())] = body
	}
	return all
}

func inspect(t *testing.T, f fetch.Fetcher, b []byte, o ob2.Options) *verify.Report {
	t.Helper()
	v, err := ob2.New(ob2.Config{Fetcher: f, Now: func() time.Time { return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) }})
	require.NoError(t, err)
	return v.Inspect(t.Context(), b, o)
}

// Every official sample is judged as its index says, with the reason.
func TestOfficialSamples(t *testing.T) {
	all := served(t)
	for file, want := range map[string]string{
		"valid/ob2-official/basic-assertion.json":                                            "",
		"valid/ob2-official/basic-assertion-no-public-key.json":                              "",
		"valid/ob2-official/basic-assertion-with-language.json":                              "",
		"valid/ob2-official/basic-assertion-with-allowed-origins.json":                       "",
		"valid/ob2-official/basic-assertion-with-allowed-origins-valid-starts-with.json":     "",
		"valid/ob2-official/assertion-with-endorsements.json":                                "",
		"valid/ob2-official/assertion-with-extension-node-basic.json":                        "",
		"valid/ob2-official/assertion-with-multiple-extensions.json":                         "",
		"valid/ob2-official/issuer-compact-iri-validation.json":                              "",
		"valid/ob2-official/badge-class-with-language.json":                                  "",
		"valid/ob2-official/simple.jwt":                                                      "",
		"valid/ob2-official/rdf-valid-badge-class.json":                                      "",
		"valid/ob2-official/rdf-valid-badge-class-empty-criteria-type.json":                  "",
		"valid/ob2-official/rdf-valid-issuer-extension.json":                                 "",
		"valid/ob2-official/rdf-valid-alignment-object.json":                                 "",
		"valid/ob2-official/rdf-valid-cool-class.json":                                       "",
		"valid/ob2-official/warning-issuer-non-http.json":                                    "",
		"invalid/ob2-official/basic-assertion-invalid-context.json":                          "ob2-context-unknown",
		"invalid/ob2-official/basic-assertion-invalid-type.json":                             "ob2-type",
		"invalid/ob2-official/basic-assertion-expired.json":                                  "ob2-expired",
		"invalid/ob2-official/basic-assertion-expired-before-issued.json":                    "ob2-ends-before-issued",
		"invalid/ob2-official/basic-assertion-in-future.json":                                "ob2-not-yet-issued",
		"invalid/ob2-official/basic-assertion-with-allowed-origins-invalid-starts-with.json": "ob2-out-of-scope",
		"invalid/ob2-official/assertion-with-data-image.json":                                "ob2-member-malformed",
		"invalid/ob2-official/rdf-invalid-class.json":                                        "ob2-type",
		"invalid/ob2-official/rdf-invalid-empty-type.json":                                   "ob2-type",
		"invalid/ob2-official/rdf-badge-class-invalid-issuer-type.json":                      "ob2-type",
		"invalid/ob2-official/simple-revoked.jwt":                                            "ob2-revoked",
		"invalid/ob2-official/redirected-validation-subject.json":                            "json-syntax",
		"invalid/ob2-official/assertion-with-extension-node-invalid.json":                    "ob2-extension-type",
	} {
		t.Run(filepath.Base(file), func(t *testing.T) {
			body := testkit.ReadShared(t, samples+file)
			r := inspect(t, all.with(body), body, ob2.Options{})
			if want == "" {
				require.Equal(t, verify.VerdictVerified, r.Verdict, r.Problems())
				require.ElementsMatch(t, warned[filepath.Base(file)], slices.DeleteFunc(codesOf(r.Warnings()), func(c vc.Code) bool {
					return c == ob2.CodeNotHTTPS || c == ob2.CodeMoved // the assets stand at several addresses, some without TLS
				}))
				return
			}
			require.NotEqual(t, verify.VerdictVerified, r.Verdict)
			require.Contains(t, r.Codes(), vc.Code(want), r.Problems())
		})
	}
}

// warned are the warnings of samples that verify.
var warned = map[string][]vc.Code{
	"warning-issuer-non-http.json":                   {ob2.CodeNotAtItsID}, // the profile says that it is a URN, which anybody can say
	"rdf-valid-badge-class.json":                     {ob2.CodeOutOfScope}, // at a host that its issuer does not name
	"rdf-valid-badge-class-empty-criteria-type.json": {ob2.CodeOutOfScope},
}

// Linked documents that the official tests hold valid by themselves are.
func TestOfficialAssets(t *testing.T) {
	for _, name := range []string{"badge-with-data-image", "badgeclass-with-complex-image", "badgeclass1", "organization"} {
		body := testkit.ReadShared(t, samples+"valid/ob2-official/assets/"+name+".json")
		d, err := ob2.Read(body)
		require.NoError(t, err)
		require.Empty(t, vc.Errors(d.Check()), name)
	}
	for _, name := range []string{"rdf-valid-alignment-object", "rdf-valid-cool-class"} {
		d, err := ob2.Read(testkit.ReadShared(t, samples+"valid/ob2-official/"+name+".json"))
		require.NoError(t, err)
		require.Empty(t, vc.Errors(d.Check()), name)
	}
}

// Badges of before 2.0 are named, and components of 2.0 are read.
func TestOlderSamples(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(testkit.Shared(t, samples+"valid/ob-legacy-components"), "*.json"))
	require.NoError(t, err)
	for _, file := range files {
		body, err := os.ReadFile(file)
		require.NoError(t, err)
		d, err := ob2.Read(body)
		switch name := filepath.Base(file); {
		case strings.HasPrefix(name, "2_0"):
			require.NoError(t, err, name)
			require.Empty(t, vc.Errors(d.Check()), name)
		case strings.Contains(name, "context"), name == "1_0_basic_issuer.json": // contexts, and four members that say nothing of a version
			require.Error(t, err, name)
		default:
			require.ErrorIs(t, err, &vc.Problem{Code: "format-open-badges-1"}, name)
		}
	}
}
