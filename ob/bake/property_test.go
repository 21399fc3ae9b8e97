package bake_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/ob/bake"
)

func draws(few, many int) int {
	if long() {
		return many
	}
	return few
}

// Whatever the image and the credential: what was baked comes out again and nothing
// else, the image is as it was, and removing leaves it without.
func TestAnyCredentialInAnyImage(t *testing.T) {
	for n := range draws(600, 20_000) {
		d := newDice(n)
		image := join(d.png(t)...)
		if n%2 == 1 {
			image = []byte(d.svg())
		}
		credential, kind := d.credential(t)
		other, otherKind := d.credential(t)
		baked, err := bake.Bake(image, []byte(credential), 0, bake.BakeOptions{})
		require.NoError(t, err, "%d: %s\n%s", n, credential, image)
		checkBaked(t, baked, credential, kind)
		checkSame(t, image, baked)

		rest, err := bake.Remove(baked, kind, bake.RemoveOptions{})
		require.NoError(t, err)
		_, err = bake.Extract(rest)
		refused(t, bake.CodeNoCredential, err)
		require.Equal(t, opened(image), opened(rest), "%d", n)

		again, err := bake.Bake(baked, []byte(other), 0, bake.BakeOptions{Replace: true})
		require.NoError(t, err)
		checkBaked(t, again, other, otherKind)
		direct, err := bake.Bake(image, []byte(other), 0, bake.BakeOptions{})
		require.NoError(t, err)
		require.Equal(t, opened(direct), opened(again), "nothing of the first is left")
		if n%20 < 2 {
			toolsAccept(t, baked)
		}
	}
}

// checkBaked requires that the credential comes out, as strict reading has it.
func checkBaked(t *testing.T, baked []byte, credential string, kind bake.Kind) {
	t.Helper()
	got, err := bake.Extract(baked)
	require.NoError(t, err)
	require.Equal(t, kind, got.Kind)
	from, err := bake.ExtractFrom(bytes.NewReader(baked), int64(len(baked)), bake.ExtractOptions{Kind: kind})
	require.NoError(t, err)
	require.Equal(t, got, from)
	if got.Format == bake.PNG || got.Content == bake.JWS {
		require.Equal(t, credential, string(got.Credential))
		return
	}
	require.Equal(t, unescaped.Replace(credential), unescaped.Replace(string(got.Credential)))
	require.JSONEq(t, credential, string(got.Credential))
}

// opened levels what a root that closed itself becomes: <svg/> is <svg></svg>.
func opened(image []byte) string {
	s := string(image)
	if bake.Detect(image) != bake.SVG {
		return s
	}
	for _, name := range []string{"s:svg", "svg"} {
		if i := strings.LastIndex(s, "></"+name+">"); i >= 0 {
			return strings.TrimRight(s[:i], "/") + "/>" + s[i+len("></>")+len(name):]
		}
	}
	return s
}

// checkSame requires that the image is the same to those who do not look for credentials.
func checkSame(t *testing.T, image, baked []byte) {
	t.Helper()
	if bake.Detect(image) == bake.SVG {
		require.Equal(t, tokens(t, image), tokens(t, baked))
		return
	}
	want, err := png.Decode(bytes.NewReader(image))
	require.NoError(t, err)
	got, err := png.Decode(bytes.NewReader(baked))
	require.NoError(t, err)
	require.Equal(t, want, got)
}

// tokens are those of a drawing as encoding/xml reads it, without the credential and
// what declares its namespace.
func tokens(t *testing.T, image []byte) (all []xml.Token) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(image, []byte("\xef\xbb\xbf"))))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return all
		}
		require.NoError(t, err)
		start, ok := token.(xml.StartElement)
		if ok && isCredential(start.Name) {
			require.NoError(t, d.Skip())
			continue
		}
		if ok {
			start.Attr = withoutOurs(start.Attr)
			token = start
		}
		all = append(all, xml.CopyToken(token))
	}
}

func withoutOurs(attrs []xml.Attr) (rest []xml.Attr) {
	for _, a := range attrs {
		switch a.Value {
		case "https://purl.imsglobal.org/ob/v3p0", "https://purl.imsglobal.org/clr/v2p0", "http://openbadges.org":
		default:
			rest = append(rest, a)
		}
	}
	return rest
}

// toolsAccept asks programs that others wrote, where they are installed.
func toolsAccept(t *testing.T, baked []byte) {
	t.Helper()
	if bake.Detect(baked) == bake.SVG {
		if installed("xmllint") {
			run(t, baked, "xmllint", "--noout", "--nonet")
		}
		return
	}
	if installed("pngcheck") {
		require.Contains(t, run(t, baked, "pngcheck", "-v"), "No errors detected")
	}
}

func installed(program string) bool {
	_, err := exec.LookPath(program)
	return err == nil
}
