package verify_test

import (
	"io/fs"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/test/rewrite"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// codeNodeSplit is what is said of statements that stand where nothing fixes them.
const codeNodeSplit vc.Code = "node-split"

// row is a line of the table of shapes whose reading was settled by hand.
var row = regexp.MustCompile(`(?m)^\| (\S+\.json) \| (refuse|pass with a warning|pass)\b`)

// Shapes that honest issuers make, and less honest ones: what must be said of each
// is written beside them.
func TestOneReading(t *testing.T) {
	index := testkit.ReadShared(t, "one-reading/INDEX.md")
	rows := row.FindAllStringSubmatch(string(index), -1)
	require.Greater(t, len(rows), 30)
	for _, r := range rows {
		t.Run(strings.TrimSuffix(r[1], ".json"), func(t *testing.T) {
			text := string(testkit.ReadShared(t, "one-reading/"+r[1]))
			if strings.Contains(text, `"VerifiablePresentation"`) {
				t.Skip("skipped: a presentation is no credential")
			}
			signed, contexts := signedShape(t, text)
			// Types that no context defines and lists that nobody has are not what they
			// are about.
			report := inspect(t, signed, verify.Config{Kinds: []string{verify.AnyKind}, Lenient: true, Contexts: contexts,
				Accept: []verify.CheckName{verify.CheckStatus}})
			if r[2] == "refuse" {
				require.Equal(t, verify.VerdictNotVerified, report.Verdict)
				require.Contains(t, report.Codes(), codeNodeSplit)
				return
			}
			require.Equal(t, verify.VerdictVerified, report.Verdict, "%v", report.Problems())
			if r[2] == "pass with a warning" {
				require.NotEmpty(t, report.Warnings())
			}
		})
	}
}

// signedShape gives the made-up keys of a shape real ones and signs it by the
// issuer's. A context that stands in it is published, so that a verifier may know it.
func signedShape(t *testing.T, text string) (signed []byte, contexts map[string][]byte) {
	issuer, subject := school.Ed(t, 5), school.Ed(t, 6)
	text = strings.NewReplacer(`"did:key:z6MkI"`, `"`+issuer.ID+`"`, `"did:key:z6MkS"`, `"`+subject.ID+`"`,
		`"Organization"`, `"https://schema.org/Organization"`).Replace(text) // a type that no context has is not verified of an issuer
	root, err := rewrite.Parse([]byte(text))
	require.NoError(t, err)
	for _, entry := range root.Get("credentialSubject").Get("verifiableCredential").List() {
		if entry.Get("proof") != nil {
			*entry = *signedEntry(t, entry)
		}
	}
	if strings.Contains(text, `"1EdTech`) {
		contexts := root.Get("@context")
		contexts.Items = append(contexts.Items, &rewrite.Node{Kind: jsonx.String, Text: "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"})
	}
	if by := root.Get("issuer"); by.Content() == subject.ID || by.Get("id").Content() == subject.ID {
		issuer = subject
	}
	root, err = rewrite.Parse(rewrite.SignAsIs(t, issuer, root.Bytes()))
	require.NoError(t, err)
	contexts = map[string][]byte{}
	for _, item := range root.Get("@context").List() {
		if item.Kind == jsonx.Object {
			url := "https://own.example/context"
			contexts[url] = []byte(`{"@context":` + string(item.Bytes()) + `}`)
			*item = rewrite.Node{Kind: jsonx.String, Text: url}
		}
	}
	return root.Bytes(), contexts
}

// signedEntry gives an entry whose proof is made up a real one.
func signedEntry(t *testing.T, entry *rewrite.Node) *rewrite.Node {
	key := school.Ed(t, 7)
	by := entry.Get("issuer")
	if by.Kind == jsonx.Object {
		by = by.Get("id")
	}
	by.Text = key.ID
	signed, err := rewrite.Parse(rewrite.SignAsIs(t, key, entry.Without("proof").Bytes()))
	require.NoError(t, err)
	return signed
}

// honest are the credentials of the shared samples, signed again with a key of the
// test in the name of their issuers. What cannot be signed or does not verify for
// another reason than its form is left out by the caller.
func honest(t *testing.T) map[string][]byte {
	all := map[string][]byte{}
	key := school.Ed(t, 5)
	dir := testkit.Shared(t, "ob/samples/valid")
	require.NoError(t, filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".json") {
			return err
		}
		name, err := filepath.Rel(dir, path)
		require.NoError(t, err)
		root, err := rewrite.Parse(testkit.ReadShared(t, "ob/samples/valid/"+filepath.ToSlash(name)))
		if err != nil || root.Get("credentialSubject") == nil {
			return nil
		}
		by := root.Get("issuer").Content()
		if by == "" {
			by = root.Get("issuer").Get("id").Content()
		}
		root = root.Without("proof")
		text := strings.ReplaceAll(string(root.Bytes()), `"`+by+`"`, `"`+key.ID+`"`)
		signed, err := key.Sign([]byte(text), nil)
		if err == nil {
			all[name] = signed
		}
		return nil
	}))
	return all
}
