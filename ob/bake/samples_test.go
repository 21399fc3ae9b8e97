package bake_test

import (
	"crypto/sha256"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/ob/bake"
)

const official = "ob/samples/valid/ob3-official/"

// The images of the 1EdTech validator, which takes them for valid. Kind and
// content are those that their index names.
func TestOfficialImages(t *testing.T) {
	cases := []struct {
		file    string
		format  bake.Format
		content bake.Format
		start   string
	}{
		{"simple-json.png", bake.PNG, bake.JSON, "{"},
		{"simple-jwt.png", bake.PNG, bake.JWS, "eyJhbGciOiJSUzI1NiIs"},
		{"simple-json.svg", bake.SVG, bake.JSON, "{"},
		{"simple-jwt_v1.svg", bake.SVG, bake.JWS, "eyJhbGciOiJSUzI1NiIs"},
	}
	for _, c := range cases {
		t.Run(c.file, func(t *testing.T) {
			image := testkit.ReadShared(t, official+c.file)
			got, err := bake.Extract(image)
			require.NoError(t, err)
			require.Equal(t, bake.OpenBadge3, got.Kind)
			require.Equal(t, c.format, got.Format)
			require.Equal(t, c.content, got.Content)
			require.True(t, strings.HasPrefix(string(got.Credential), c.start))
			require.Empty(t, got.Warnings)

			_, err = bake.Bake(image, got.Credential, 0, bake.BakeOptions{})
			refused(t, bake.CodeAlreadyBaked, err)
			again, err := bake.Bake(image, got.Credential, 0, bake.BakeOptions{Replace: true})
			require.NoError(t, err)
			second, err := bake.Extract(again)
			require.NoError(t, err)
			require.Equal(t, sha256.Sum256(got.Credential), sha256.Sum256(second.Credential))
		})
	}
}
