package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// The shared samples, each against what the index says of it and why: a verdict
// of ours that differs has its reason here, and the reason is a clause.
func TestSharedSamples(t *testing.T) {
	folder := testkit.Shared(t, "ob/samples")
	pack := samplePack(t)
	seen := 0
	for _, s := range samples(t) {
		want, ok := s.expectation()
		t.Run(s.path, func(t *testing.T) {
			require.True(t, ok, "nothing says what to expect of a sample that is %s", s.verdict)
			now := "2026-01-01T00:00:00Z"
			if s.path == "valid/ob3-mit/courseCertificate.json" {
				now = "2026-03-01T00:00:00Z" // its proof says that it was made on 2026-02-12
			}
			code, lines, stderr := runJSON(t, "-pack", pack, "-status-issuer", statusIssuer, "-now", now,
				filepath.Join(folder, filepath.FromSlash(s.path)))
			require.Empty(t, stderr)
			require.Len(t, lines, 1)
			require.Equal(t, want.verdict, lines[0].Verdict, "codes: %v", lines[0].Codes)
			for _, code := range want.codes {
				require.Contains(t, lines[0].Codes, code)
			}
			require.Equal(t, map[string]int{"verified": 0, "not-verified": 1, "undetermined": 3}[want.verdict], code)
			if want.verdict == "verified" {
				require.Empty(t, lines[0].Codes)
			}
		})
		seen++
	}
	require.Greater(t, seen, 100, "the index was not read")
}

// sample is a row of the index.
type sample struct {
	path    string // under ob/samples
	verdict string // in bold in the index
}

// sampleFolders are those whose credentials have proofs of this library's suites.
var sampleFolders = []string{
	"valid/ob3-official", "valid/clr2-official", "valid/ob3-dcc", "valid/ob3-mit",
	"invalid/ob3-official", "invalid/clr2-official", "invalid/ob3-dcc", "invalid/ob3-mit",
}

var (
	indexSection = regexp.MustCompile(`^## samples/(\S+)`)
	indexRow     = regexp.MustCompile("^\\| `([^`]+)` \\|.*?\\| \\*\\*([^*]+)\\*\\* \\|")
)

func samples(t *testing.T) []sample {
	var all []sample
	folder := ""
	for line := range strings.Lines(string(testkit.ReadShared(t, "ob/INDEX.md"))) {
		if m := indexSection.FindStringSubmatch(line); m != nil {
			folder = m[1]
		} else if strings.HasPrefix(line, "## ") {
			folder = ""
		}
		if m := indexRow.FindStringSubmatch(line); m != nil && slices.Contains(sampleFolders, folder) {
			all = append(all, sample{folder + "/" + m[1], m[2]})
		}
	}
	return all
}

// expectation is a verdict, and codes that must be among those reported.
type expectation struct {
	verdict string
	codes   []string
}

func refused(codes ...string) expectation   { return expectation{"not-verified", codes} }
func undecided(codes ...string) expectation { return expectation{"undetermined", codes} }

// What several samples are refused for.
var (
	classless = refused("type-lacks-class", "term-undefined")
	unlisted  = refused("value-not-in-enumeration")
)

// expectation translates the row: by its name where the reason is particular, by
// its verdict where that says it all.
func (s sample) expectation() (expectation, bool) {
	if want, ok := particular[s.path]; ok {
		return want, true
	}
	// The index counts the list's bits and neither its length nor its id: it has 100,000
	// entries, and fewer than 131,072 are an error (Bitstring Status List 1.0, 3.2). Its
	// id is another than the URL of the entries, which is told first.
	if strings.HasPrefix(s.path, "valid/") && strings.Contains(s.path, "-validStatus-") {
		return undecided("status-list-id-mismatch"), true
	}
	switch s.verdict {
	case "INVALID (expired)":
		return refused("expired"), true
	case "INVALID (revoked)":
		return refused("revoked"), true
	case "INVALID (revoked, expired)":
		return refused("revoked", "expired"), true
	case "INVALID (not yet valid)":
		return refused("not-yet-valid"), true
	}
	if strings.HasPrefix(s.path, "valid/") && (s.verdict == "VALID" || strings.HasPrefix(s.verdict, "VALID (warn") ||
		strings.HasPrefix(s.verdict, "VALID outer")) {
		return expectation{verdict: "verified"}, true
	}
	return expectation{}, false
}

// particular are the samples whose row needs reading. In quotes is what it gives
// as the reason.
var particular = map[string]expectation{
	// "issuer urn:uuid is not controlled by the did:key"
	"valid/ob3-official/simple-did-key-method.json": refused("issuer-not-controller"),
	// "JWT lacks the MUST claim sub", "no sub claim"
	"valid/ob3-official/simple-jwt.png":    refused("jwt-sub-missing"),
	"valid/ob3-official/simple-jwt_v1.svg": refused("jwt-sub-missing"),
	// "URLs are fictional": the revocation list cannot be had. The schema is a
	// published one, which the rules answer for; a refresh is not asked for.
	"valid/ob3-official/complete.json": undecided("status-unavailable"),
	// "uses the OB context but not the OB type"
	"valid/ob3-dcc/v2__bothSignatureTypes__didkey__legacy-noStatus-noExpiry-nonOBWithOBContext.json": refused("kind-not-accepted"),
	// "no validFrom (required by OB)": it names no context and no type of Open Badges,
	// and the data model alone lets validFrom be absent.
	"valid/ob3-dcc/v2__dataIntegrityProof__didKey__legacyRegistry-noStatus-noExpiry-minimal.json": {verdict: "verified"},
	// Its validFrom is 2026-01-23, after the clock of this test.
	"valid/ob3-dcc/v2__ed25519__didKey__legacy-noStatus-noExpiry-lcwExperience.json": refused("not-yet-valid"),

	// "no proof: not a verifiable credential"
	"invalid/ob3-official/simple-noproof.json":  refused("proof-missing"),
	"invalid/clr2-official/simple-noproof.json": refused("proof-missing"),
	// "context URL not resolvable/not in the published set"
	"invalid/clr2-official/simple_old_safesigned.json": refused("context-unknown"),
	// "draft context, no published context": the contexts of CLR are not there
	"invalid/clr2-official/simple.jwt": refused("context-not-listed"),
	// "key cannot be found"
	"invalid/ob3-official/complete_v1.json": refused("key-unavailable"),
	// "no key can be determined (spec requires kid or jwk)"
	"invalid/ob3-official/simple.jwt": refused("jwt-key-missing"),
	// "@context[0] must be the VC context; safe mode fails (created undefined)"
	"invalid/ob3-official/simple-err-context.json": refused("context-base-not-first", "term-undefined"),
	// "wrong type; undefined term"
	"invalid/ob3-official/simple-err-type.json": refused("credential-type-missing", "term-undefined"),
	// "required property; signature itself is mathematically OK (do not stop at the signature)"
	"invalid/ob3-official/simple-err-issuer.json": refused("issuer-missing", "member-missing"),
	// "Profile type missing; undefined term in safe mode" and its like
	"invalid/ob3-official/simple-err-issuer-type.json":                                            classless,
	"invalid/ob3-official/simple-err-issuer-otheridentifier-type.json":                            classless,
	"invalid/ob3-official/simple-err-issuer-parentorg-type.json":                                  classless,
	"invalid/ob3-official/simple-err-credential-subject-type.json":                                classless,
	"invalid/ob3-official/simple-err-credential-subject-identifier-type.json":                     classless,
	"invalid/ob3-official/simple-err-credential-subject-profile-type.json":                        classless,
	"invalid/ob3-official/simple-err-credential-subject-achievement-result-description-type.json": classless,
	// "signature false"
	"invalid/ob3-official/simple-err-proof-value.json": refused("signature-invalid"),
	// "key not decodable and not dereferenceable"
	"invalid/ob3-official/simple-err-proof-method.json": refused("key-unsupported"),
	// "verificationMethod must be a URI", "unknown scheme"
	"invalid/ob3-official/simple-err-proof-method-no-scheme.json":      refused("verification-method-url-invalid"),
	"invalid/ob3-official/simple-err-proof-method-unknown-scheme.json": refused("verification-method-url-invalid"),

	// "achievementType must be equal to one of the allowed values"
	"invalid/ob3-mit/moduleCertificate.json":                                                             unlisted,
	"invalid/ob3-dcc/v2__dataIntegrityProof__didKey__legacyRegistry-noStatus-noExpiry-credName.json":     unlisted,
	"invalid/ob3-dcc/v2__dataIntegrityProof__didKey__legacyRegistry-noStatus-noExpiry-credSubjName.json": unlisted,
	"invalid/ob3-dcc/v2__dataIntegrityProof__didKey__legacyRegistry-noStatus-noExpiry-identityHash.json": unlisted,
	// "list validUntil 2021 is past", "list lacks type BitstringStatusListCredential",
	// "list validFrom is in year 3000"; none is of an Open Badges type either.
	"invalid/ob3-dcc/v2__ed25519__didKey__legacy-expiredStatus-noExpiry.json":     undecided("status-list-expired"),
	"invalid/ob3-dcc/v2__ed25519__didKey__legacy-missingTypeStatus-noExpiry.json": undecided("status-list-wrong-type"),
	"invalid/ob3-dcc/v2__ed25519__didKey__legacy-notYetValidStatus-noExpiry.json": undecided("status-list-not-yet-valid"),
	// "content altered after signing", "both proofs false (edited after signing)"
	"invalid/ob3-dcc/v2__ed25519__didKey__legacy-noStatus-noExpiry-tampered.json": refused("signature-invalid"),
	"invalid/ob3-dcc/vcore-testVC.json":                                           refused("signature-invalid"),
	// "did:web document does not exist": without a network that is not known, only
	// that the document is not at hand.
	"invalid/ob3-dcc/v2__ed25519__didWeb__badDidWeb.json": undecided("key-unavailable"),
	// "statusListCredential URL does not exist": again not at hand
	"invalid/ob3-dcc/vcore-v2DoubleSigWithBadStatusUrl.json": undecided("status-unavailable"),
	// "type StatusList2021Entry is undefined", and bound to nobody
	"invalid/ob3-dcc/safeModeBreaker-redacted.json": refused("term-undefined", "issuer-not-controller"),
}

// statusIssuer signs the DCC's status lists for credentials of other issuers, as
// the index notes. A verifier has to be told that it may.
const statusIssuer = "did:key:z6MknNQD1WHLGGraFi6zcbGevuAgkVfdyCdtZnQTGWVVvR5Q"

// missingDocument is a method of the did:web document that the index says does
// not exist. The shared keys list it all the same, and an entry for a method is
// the operator's statement that its controller lists it.
const missingDocument = "did:web:digitalcredentials.github.io:dcc-did-web-bad#z6MknNQD1WHLGGraFi6zcbGevuAgkVfdyCdtZnQTGWVVvR5Q"

// samplePack writes the trust pack that the index describes: keys, did:web
// documents, and status lists by the URLs that the samples name.
func samplePack(t *testing.T) string {
	pack := map[string]json.RawMessage{}
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "ob/vectors/keys/verification-methods.json"), &pack))
	delete(pack, missingDocument)
	for _, name := range []string{"dcc-legacy-did.json", "dcc-oidf-did.json"} {
		document := testkit.ReadShared(t, "ob/vectors/dids/"+name)
		var head struct{ ID string }
		require.NoError(t, json.Unmarshal(document, &head))
		pack[head.ID] = document
	}
	const (
		fixtures = "https://digitalcredentials.github.io/vc-test-fixtures/statusLists/didkey-ed25519Signature2020/"
		core     = "https://raw.githubusercontent.com/digitalcredentials/verifier-core/refs/heads/main/src/test-fixtures/status/"
		official = "https://raw.githubusercontent.com/1EdTech/digital-credentials-public-validator/refs/heads/main/" +
			"inspector-vc/src/test/resources/ob30/bit-string-list/"
	)
	for url, file := range map[string]string{
		fixtures + "e5WK8CbZ1GjycuPombrj": "valid/statuslists/dcc-e5WK8CbZ1GjycuPombrj.json",
		core + "e5WK8CbZ1GjycuPombrj":     "valid/statuslists/dcc-e5WK8CbZ1GjycuPombrj.json",
		fixtures + "expired":              "invalid/statuslists/dcc-expired.json",
		fixtures + "notYetValid":          "invalid/statuslists/dcc-notYetValid.json",
		fixtures + "missingBitStringType": "invalid/statuslists/dcc-missingBitStringType.json",
		official + "testlist":             "valid/statuslists/testlist",
	} {
		pack[url] = testkit.ReadShared(t, "ob/samples/"+file)
	}
	text, err := json.Marshal(pack)
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "pack.json")
	require.NoError(t, os.WriteFile(file, text, 0o644))
	return file
}

// Without being told, a verifier does not take somebody else's word that a
// credential was not withdrawn, nor that it was.
func TestForeignStatusListDecidesNothing(t *testing.T) {
	pack := samplePack(t)
	for _, name := range []string{"valid/ob3-dcc/v1__ed25519__didWeb__oidf-validStatus-noExpiry.json",
		"invalid/ob3-dcc/v1__ed25519__didWeb__oidf-revokedStatus-noExpiry.json"} {
		code, lines, _ := runJSON(t, "-pack", pack, "-now", "2026-01-01T00:00:00Z", testkit.Shared(t, "ob/samples/"+name))
		require.Equal(t, exitUndetermined, code)
		require.Equal(t, []string{"status-list-wrong-issuer"}, lines[0].Codes)
	}
}

// Status lists are credentials, and judged as such.
func TestSharedStatusLists(t *testing.T) {
	pack := samplePack(t)
	for name, want := range map[string]expectation{
		"valid/statuslists/testlist":                        {verdict: "verified"},
		"valid/statuslists/dcc-e5WK8CbZ1GjycuPombrj.json":   {verdict: "verified"},
		"invalid/statuslists/dcc-expired.json":              refused("expired"),
		"invalid/statuslists/dcc-notYetValid.json":          refused("not-yet-valid"),
		"invalid/statuslists/dcc-missingBitStringType.json": refused("credential-type-missing"),
		"invalid/statuslists/dcc-tampered.json":             refused("signature-invalid"),
	} {
		_, lines, _ := runJSON(t, "-pack", pack, "-now", "2026-01-01T00:00:00Z", testkit.Shared(t, "ob/samples/"+name))
		require.Equal(t, want.verdict, lines[0].Verdict, "%s %v", name, lines[0].Codes)
		for _, code := range want.codes {
			require.Contains(t, lines[0].Codes, code, name)
		}
	}
}
