package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/ob/bake"
)

// A badge of Open Badges 2 is verified against a trust pack, by itself, baked, and by the
// address that an image names; without one it is named.
func TestOpenBadges2(t *testing.T) {
	const assertion = `{"@context":"https://w3id.org/openbadges/v2","id":"https://school.example/assertions/1","type":"Assertion",
		"recipient":{"type":"email","hashed":false,"identity":"ada@school.example"},"badge":"https://school.example/badges/1",
		"issuedOn":"2024-05-01T10:00:00Z","verification":{"type":"hosted"}}`
	const pack = `{"https://school.example/assertions/1":` + assertion + `,
		"https://school.example/badges/1":{"@context":"https://w3id.org/openbadges/v2","id":"https://school.example/badges/1",
			"type":"BadgeClass","name":"Knots","description":"Ties knots.","criteria":"https://school.example/criteria",
			"issuer":"https://school.example/issuer"},
		"https://school.example/issuer":{"@context":"https://w3id.org/openbadges/v2","id":"https://school.example/issuer",
			"type":"Issuer","name":"School","url":"https://school.example","email":"office@school.example"}}`
	baked, err := bake.Bake([]byte(drawing), []byte(assertion), bake.OpenBadge2, bake.BakeOptions{})
	require.NoError(t, err)
	from := bytes.Index(baked, []byte("<openbadges:assertion"))
	require.Positive(t, from)
	head := string(baked[:from])
	names := file(t, "pack.json", []byte(pack))
	for name, content := range map[string]string{
		"ob2.json": assertion, "ob2.svg": string(baked),
		"address.svg": head + `<openbadges:assertion verify="https://school.example/assertions/1"/></svg>`,
	} {
		path := file(t, name, []byte(content))
		code, lines, stderr := runJSON(t, "-now", "2026-01-01T00:00:00Z", "-pack", names, path)
		require.Empty(t, stderr, name)
		require.Len(t, lines, 1, name)
		require.Equal(t, "verified", lines[0].Verdict, "%s: %v", name, lines[0].Codes)
		require.Equal(t, exitVerified, code, name)

		code, lines, _ = runJSON(t, path)
		require.Equal(t, exitNot, code, name)
		require.Equal(t, "unreadable", lines[0].Verdict, name)
		require.True(t, strings.HasPrefix(lines[0].Codes[0], "format-open-badges-2") || lines[0].Codes[0] == "hosted-open-badge-2", name)

		empty := file(t, "empty-pack.json", []byte(`{"https://school.example/other":{}}`))
		code, lines, _ = runJSON(t, "-pack", empty, path)
		require.Equal(t, exitUndetermined, code, name)
		require.Equal(t, []string{"not-in-pack"}, lines[0].Codes, name)
	}
}
