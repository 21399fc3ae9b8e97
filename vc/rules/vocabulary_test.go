package rules_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc/rules"
)

func TestIsExtension(t *testing.T) {
	for _, s := range []string{"ext:a", "ext:Foo.Bar_1-2", "ext:|"} {
		require.True(t, rules.IsExtension(s), s)
	}
	for _, s := range []string{"", "ext:", "xext:a", "ext:a b", "Ext:a", "ext:é", "Course"} {
		require.False(t, rules.IsExtension(s), s)
	}
}
