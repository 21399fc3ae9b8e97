package rules_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc/rules"
)

func TestIsOpenBadgesContext(t *testing.T) {
	const base = "https://purl.imsglobal.org/spec/ob/v3p0/"
	for _, s := range []string{"context.json", "context-3.0.1.json", "context-3.0.3.json", "context/ob_v3p0.jsonld"} {
		require.True(t, rules.IsOpenBadgesContext(base+s), s)
	}
	for _, s := range []string{"context-3.0.json", "context-2.0.1.json", "context-3.0.1.jsonld", "context", "extensions.json", "context-3x0.1.json", "context.json#"} {
		require.False(t, rules.IsOpenBadgesContext(base+s), s)
	}
	require.False(t, rules.IsOpenBadgesContext("http://purl.imsglobal.org/spec/ob/v3p0/context.json"))
}

func TestIsRecordContext(t *testing.T) {
	const base = "https://purl.imsglobal.org/spec/clr/v2p0/"
	for _, s := range []string{"context.json", "context-2.0.1.json"} {
		require.True(t, rules.IsRecordContext(base+s), s)
	}
	for _, s := range []string{"context-3.0.1.json", "context-2.0.json", "context-2.0.1", "context-2.0.1.1.json"} {
		require.False(t, rules.IsRecordContext(base+s), s)
	}
}
