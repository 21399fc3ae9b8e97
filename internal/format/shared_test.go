package format_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/format"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// Credentials that people wrote, sound and faulty ones, are taken for nothing else; and
// the documents of older standards are told, but for those whose whole type or context
// is not the standard's own.
func TestSharedSamples(t *testing.T) {
	for folder, want := range map[string]bool{
		"valid/ob3-official": false, "valid/ob3-dcc": false, "valid/ob3-mit": false, "valid/clr2-official": false,
		"valid/statuslists": false, "valid/ob3-unsigned": false, "valid/learncard-unsigned": false, "valid/ob3-plugfest": false,
		"invalid/ob3-official": false, "invalid/ob3-dcc": false, "invalid/ob3-edubadges": false, "invalid/clr2-official": false,
		"invalid/learncard": false, "invalid/learncard-unsigned": false, "invalid/ob3-mit": false,
		"valid/ob-legacy-components": true, "valid/ob2-official": true,
	} {
		files, err := filepath.Glob(filepath.Join(testkit.Shared(t, "ob/samples/"+folder), "*.json"))
		require.NoError(t, err)
		require.NotEmpty(t, files, folder)
		for _, file := range files {
			content, err := os.ReadFile(file)
			require.NoError(t, err)
			if a := recognised(t, content); a.Foreign() != want && !unowned(file) {
				t.Errorf("%s: %s, %s", folder, filepath.Base(file), a.Kind)
			}
		}
	}
}

// unowned are files of older standards that nothing tells: a name and an address, the
// contexts themselves, a class and a node of the tests of another validator.
func unowned(file string) bool {
	name := filepath.Base(file)
	return name == "1_0_basic_issuer.json" || strings.HasPrefix(name, "openbadges_context") || strings.HasPrefix(name, "rdf-valid-")
}

func TestSharedKinds(t *testing.T) {
	for file, want := range map[string]format.Kind{
		"0_5_assertion.json": format.OpenBadges05, "1_0_basic_assertion.json": format.OpenBadges10, "1_0_basic_badgeclass.json": format.OpenBadges10,
		"1_1_basic_assertion.json": format.OpenBadges11, "1_1_basic_issuer.json": format.OpenBadges11,
		"2_0_basic_assertion.json": format.OpenBadges2Assertion, "2_0_basic_badgeclass.json": format.OpenBadges2BadgeClass,
		"2_0_basic_issuer.json": format.OpenBadges2Profile,
	} {
		require.Equal(t, want, recognised(t, testkit.ReadShared(t, "ob/samples/valid/ob-legacy-components/"+file)).Kind, file)
	}
}
