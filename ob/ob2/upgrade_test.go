package ob2_test

import (
	"context"
	"crypto"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/ob/bake"
	"github.com/laurel-edu/laurel/ob/ob2"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/issue"
	"github.com/laurel-edu/laurel/vc/verify"
)

// pixel is an image of one pixel.
const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="

// A hosted and a signed badge are carried over, issued, baked and verified as Open Badges 3.0,
// and are still the same person's.
func TestUpgradeIssuesAndVerifies(t *testing.T) {
	o := school.NewOld()
	hosted := o.Text(school.OldAssertion)
	signed := o.Signed(nil)
	for name, came := range map[string][]byte{"signed": signed, "hosted": hosted} {
		t.Run(name, func(t *testing.T) {
			o := school.NewOld()
			old, err := ob2.New(ob2.Config{Fetcher: o, Now: testkit.Clock})
			require.NoError(t, err)
			badge, err := old.Verify(t.Context(), came, beth)
			require.NoError(t, err)
			credential, lost, err := ob2.Upgrade(badge.Badge, ob2.UpgradeOptions{})
			require.NoError(t, err)
			require.NotEmpty(t, lost)

			key := obtest.Key(obtest.Ed25519, "new key")
			signer, err := proof.FromCrypto(key)
			require.NoError(t, err)
			issued, err := issue.Issue(t.Context(), credential, issue.Config{Signer: signer, VerificationMethod: school.OldIssuer + "#key-2",
				Now: testkit.Clock})
			require.NoError(t, err)

			image, err := base64.StdEncoding.DecodeString(pixel)
			require.NoError(t, err)
			baked, err := bake.Bake(image, issued.Bytes(), bake.OpenBadge3, bake.BakeOptions{})
			require.NoError(t, err)
			out, err := bake.Extract(baked)
			require.NoError(t, err)

			pack, err := fetch.ParsePack([]byte(`{"` + school.OldIssuer + `#key-2":` + published(t, key.Public()) + `}`))
			require.NoError(t, err)
			v, err := verify.New(verify.Config{Fetcher: pack, Now: testkit.Clock})
			require.NoError(t, err)
			verified, err := v.Verify(t.Context(), out.Credential)
			require.NoError(t, err)
			var c ob.AchievementCredential
			require.NoError(t, verified.Decode(&c))
			identity := c.CredentialSubject.Identifier.First()
			require.Equal(t, ob.MatchExact, identity.Matches(ob.IdentifierEmailAddress, "beth@example.org"))
			require.Equal(t, "2024-05-01T10:00:00Z", c.ValidFrom.String())
			require.Equal(t, "2034-05-01T10:00:00Z", c.ValidUntil.String())
		})
	}
}

// published is a key as the operator of a trust pack states it.
func published(t *testing.T, public crypto.PublicKey) string {
	t.Helper()
	key, ok := public.(ed25519.PublicKey)
	require.True(t, ok)
	return `{"id":"` + school.OldIssuer + `#key-2","type":"JsonWebKey","controller":"` + school.OldIssuer +
		`","publicKeyJwk":{"kty":"OKP","crv":"Ed25519","x":"` + base64.RawURLEncoding.EncodeToString(key) + `"}}`
}

// Another issuer vouches in its own name, and the first one stays the creator.
func TestUpgradeByAnother(t *testing.T) {
	badge := verified(t)
	c, _, err := ob2.Upgrade(badge, ob2.UpgradeOptions{Issuer: ob.Profile{ID: "https://college.example/issuer", Name: vc.Plain("College")}})
	require.NoError(t, err)
	require.Equal(t, vc.IRI("https://college.example/issuer"), c.Issuer.Identifier())
	require.Equal(t, vc.IRI(school.OldIssuer), c.CredentialSubject.Achievement.Creator.ID)

	badge.Assertion.Revoked = new(true)
	_, _, err = ob2.Upgrade(badge, ob2.UpgradeOptions{})
	require.ErrorIs(t, err, &vc.Problem{Code: ob2.CodeRevoked})
	_, _, err = ob2.Upgrade(ob2.Badge{}, ob2.UpgradeOptions{})
	require.Error(t, err)
}

func verified(t *testing.T) ob2.Badge {
	t.Helper()
	o := school.NewOld()
	v, err := ob2.New(ob2.Config{Fetcher: o, Now: testkit.Clock})
	require.NoError(t, err)
	badge, err := v.Verify(t.Context(), o.Text(school.OldAssertion), ob2.Options{})
	require.NoError(t, err)
	return badge.Badge
}

// Each member of a badge stands in the credential or is named in the report: of ours, and of
// each valid sample.
func TestUpgradeLosesNothingSilently(t *testing.T) {
	carries(t, verified(t))
	all := served(t)
	files, err := filepath.Glob(filepath.Join(testkit.Shared(t, samples+"valid/ob2-official"), "*.json"))
	require.NoError(t, err)
	count := 0
	for _, file := range files {
		body := testkit.ReadShared(t, samples+"valid/ob2-official/"+filepath.Base(file))
		v, err := ob2.New(ob2.Config{Fetcher: all.with(body), Now: func() time.Time { return testkit.Now }})
		require.NoError(t, err)
		if badge, err := v.Verify(context.Background(), body, ob2.Options{}); err == nil {
			count++
			carries(t, badge.Badge)
		}
	}
	require.Greater(t, count, 6)
}

// carries walks a badge as one tree.
func carries(t *testing.T, b ob2.Badge) {
	t.Helper()
	c, report, err := ob2.Upgrade(b, ob2.UpgradeOptions{Now: testkit.Clock})
	require.NoError(t, err)
	text, err := c.JSON()
	require.NoError(t, err)
	var now any
	require.NoError(t, json.Unmarshal(text, &now))
	said := map[string]bool{}
	leaves(now, "", func(_, value string) { said[value] = true })
	named := func(pointer string) bool {
		for _, p := range report {
			if pointer == p.Pointer || strings.HasPrefix(pointer, p.Pointer+"/") {
				return true
			}
		}
		return false
	}
	for _, part := range []struct {
		at    string
		value any
	}{{"", b.Assertion}, {"/badge", b.BadgeClass}, {"/badge/issuer", b.Issuer}} {
		text, err := vc.Marshal(part.value)
		require.NoError(t, err)
		var tree map[string]any
		require.NoError(t, json.Unmarshal(text, &tree))
		delete(tree, "@context")
		if part.at == "" {
			delete(tree, "badge")
		} else if part.at == "/badge" {
			delete(tree, "issuer")
		}
		leaves(tree, part.at, func(pointer, value string) {
			last := pointer[strings.LastIndex(pointer, "/")+1:]
			if last == "type" || named(pointer) {
				return // the class, which the credential's own types say
			}
			require.True(t, said[value], "%s: %s", pointer, value)
		})
	}
}

// leaves yields each value that holds no others.
func leaves(v any, pointer string, yield func(pointer, value string)) {
	switch v := v.(type) {
	case map[string]any:
		for name, member := range v {
			leaves(member, pointer+"/"+strings.NewReplacer("~", "~0", "/", "~1").Replace(name), yield)
		}
	case []any:
		for i, item := range v {
			leaves(item, pointer+"/"+strconv.Itoa(i), yield)
		}
	default:
		yield(pointer, fmt.Sprint(v))
	}
}
