package reading_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/reading"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/vc"
)

func plain(t testing.TB, text string) string {
	t.Helper()
	doc, err := jsonx.Parse([]byte(text), jsonx.Limits{}, nil)
	require.NoError(t, err)
	return string(reading.Plain(door.Schema(), door.ClassOf(doc.Root()), doc.Root()))
}

func TestPlain(t *testing.T) {
	for text, want := range map[string]string{
		`{"type":["OpenBadgeCredential"],"name":["a"],"validFrom": [ "b" ]}`:                                `{"type":["OpenBadgeCredential"],"name":"a","validFrom": "b"}`,
		`{"type":"OpenBadgeCredential","credentialSubject":[{"achievement":[{"name":["a"]}]}]}`:             `{"type":"OpenBadgeCredential","credentialSubject":{"achievement":{"name":"a"}}}`,
		`{"type":"OpenBadgeCredential","credentialSubject":{"result":[{"value":["a"]},{"value":"b"}]}}`:     `{"type":"OpenBadgeCredential","credentialSubject":{"result":[{"value":"a"},{"value":"b"}]}}`,
		`{"type":"OpenBadgeCredential","name":["a","b"],"x":["a"],"id":["a"],"description":[]}`:             "",
		`{"type":"OpenBadgeCredential","name":[["a"]],"evidence":[{"id":"a"}],"issuer":{"x":["y"]}}`:        "",
		`{"type":"OpenBadgeCredential","endorsement":[{"name":["a"],"issuer":["b"]}]}`:                      `{"type":"OpenBadgeCredential","endorsement":[{"name":"a","issuer":"b"}]}`,
		`{"type":"ClrCredential","credentialSubject":{"verifiableCredential":[{"type":"X","name":["a"]}]}}`: "",
		`{"type":"VerifiableCredential","credentialSubject":[{"name":["a"]}]}`:                              "",
		`{"type":"EndorsementCredential","issuer":{"address":[{"geo":[{"latitude":[1]}]}]}}`:                `{"type":"EndorsementCredential","issuer":{"address":{"geo":{"latitude":1}}}}`,
	} {
		if want == "" {
			want = text
		}
		require.Equal(t, want, plain(t, text))
	}
}

// Nothing to replace: the text itself, not a copy.
func TestPlainDoesNotCopy(t *testing.T) {
	doc, err := jsonx.Parse([]byte(`{"type":["OpenBadgeCredential"],"name":"a"}`), jsonx.Limits{}, nil)
	require.NoError(t, err)
	require.Zero(t, testing.AllocsPerRun(10, func() { reading.Plain(door.Schema(), "AchievementCredential", doc.Root()) }))
}

// A typed model reads from the plain text of a badge, each of whose values stands in
// an array of one, what it reads from the badge.
func TestPlainDecodesAlike(t *testing.T) {
	text := badge(`"image":{"id":"https://s.example/i.png","type":"Image","caption":"c"},"awardedDate":"2026-01-01T00:00:00Z",`, `"source":{"id":"urn:p","type":["Profile"],"address":{"type":["Address"],"geo":{"type":"GeoCoordinates","latitude":1,"longitude":2}}},"result":[{"type":["Result"],"value":"A","status":"Completed"}],"identifier":[{"type":"IdentityObject","hashed":false,"identityHash":"x","identityType":"name"}],"creditsEarned":3,`, `"version":"1",`)
	var want, got ob.AchievementCredential
	require.NoError(t, vc.Unmarshal([]byte(text), &want))
	require.NoError(t, vc.Unmarshal([]byte(plain(t, wrapAll(t, text))), &got))
	require.Equal(t, fmt.Sprintf("%+v", got.CredentialSubject.Result.Items[0].Value), "A")
	a, err := want.JSON()
	require.NoError(t, err)
	b, err := got.JSON()
	require.NoError(t, err)
	require.JSONEq(t, string(a), string(b))
	require.Empty(t, got.CredentialSubject.Extra)
	require.NotEqual(t, plain(t, wrapAll(t, text)), wrapAll(t, text))
}

// wrapAll puts each value but identifiers, types and contexts into an array of one.
func wrapAll(t testing.TB, text string) string {
	var walk func(v any) any
	walk = func(v any) any {
		switch v := v.(type) {
		case map[string]any:
			for name, m := range v {
				if strings.HasPrefix(name, "@") || name == "type" || name == "id" {
					continue
				}
				m = walk(m)
				if _, many := m.([]any); !many {
					m = []any{m}
				}
				v[name] = m
			}
		case []any:
			for i := range v {
				v[i] = walk(v[i])
			}
		}
		return v
	}
	var root any
	require.NoError(t, json.Unmarshal([]byte(text), &root))
	out, err := json.Marshal(walk(root))
	require.NoError(t, err)
	return string(out)
}
