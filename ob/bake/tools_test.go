package bake_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/ob/bake"
)

// run calls a program that others wrote, on a file with the content.
func run(t *testing.T, content []byte, program string, args ...string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		t.Skipf("skipped: %s is not installed (Debian: apt-get install pngcheck libimage-exiftool-perl libxml2-utils)", program)
	}
	file := filepath.Join(t.TempDir(), "image")
	require.NoError(t, os.WriteFile(file, content, 0o600))
	var stdout, stderr bytes.Buffer
	cmd := exec.Command(path, append(args, file)...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	require.NoError(t, cmd.Run(), "%s: %s%s", program, stdout.String(), stderr.String())
	require.Empty(t, stderr.String())
	return stdout.String()
}

func TestPngcheckAcceptsOurImages(t *testing.T) {
	for _, c := range rounds {
		baked, err := bake.Bake(artwork(t), []byte(c.credential), 0, bake.BakeOptions{})
		require.NoError(t, err)
		out := run(t, baked, "pngcheck", "-v")
		require.Contains(t, out, "No errors detected")
		require.Contains(t, out, "uncompressed, no language tag")
	}
}

func TestExiftoolReadsOurImages(t *testing.T) {
	names := map[bake.Kind]string{bake.OpenBadge3: "Openbadgecredential", bake.CLR2: "Clrcredential", bake.OpenBadge2: "Openbadges"}
	for _, c := range rounds {
		baked, err := bake.Bake(artwork(t), []byte(c.credential), 0, bake.BakeOptions{})
		require.NoError(t, err)
		out := run(t, baked, "exiftool", "-j", "-b", "-PNG:all", "-Warning")
		var tags []map[string]any
		require.NoError(t, json.Unmarshal([]byte(out), &tags))
		require.NotContains(t, tags[0], "Warning", "text behind the pixels is warned of")
		require.Equal(t, c.credential, tags[0][names[c.kind]])
	}
}

func TestXmllintReadsOurDrawings(t *testing.T) {
	for _, c := range rounds {
		baked, err := bake.Bake([]byte(drawing), []byte(c.credential), 0, bake.BakeOptions{})
		require.NoError(t, err)
		run(t, baked, "xmllint", "--noout", "--nonet")
		element := "/*/*[1][local-name()='credential' or local-name()='assertion']"
		query := "string(" + element + ")"
		if c.content == bake.JWS {
			query = "string(" + element + "/@verify)"
		}
		require.Equal(t, c.credential+"\n", run(t, baked, "xmllint", "--nonet", "--xpath", query))
	}
}

// encoding/xml is an independent reader of the names that a baked drawing has.
func TestNamespaceOfOurDrawings(t *testing.T) {
	for _, c := range rounds {
		baked, err := bake.Bake([]byte(drawing), []byte(c.credential), 0, bake.BakeOptions{})
		require.NoError(t, err)
		var v struct {
			OB3 []string `xml:"https://purl.imsglobal.org/ob/v3p0 credential"`
			CLR []string `xml:"https://purl.imsglobal.org/clr/v2p0 credential"`
			OB2 []string `xml:"http://openbadges.org assertion"`
		}
		require.NoError(t, xml.Unmarshal(baked, &v))
		found := map[bake.Kind]int{bake.OpenBadge3: len(v.OB3), bake.CLR2: len(v.CLR), bake.OpenBadge2: len(v.OB2)}
		want := map[bake.Kind]int{bake.OpenBadge3: 0, bake.CLR2: 0, bake.OpenBadge2: 0}
		want[c.kind] = 1
		require.Equal(t, want, found)
	}
}
