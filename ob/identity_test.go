package ob_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

func TestIdentityHashVectors(t *testing.T) {
	var vectors []struct {
		Origin, Identity, IdentityHash string
		Salt                           *string
		Hashed                         *bool
		Match, MatchIfLowercasedRetry  bool
	}
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "ob/vectors/identity-hash.json"), &vectors))
	require.NotEmpty(t, vectors)
	for _, v := range vectors {
		o := ob.IdentityObject{IdentityHash: v.IdentityHash, IdentityType: ob.IdentifierEmailAddress, Hashed: v.Hashed}
		if v.Hashed == nil {
			o.Hashed = new(true)
		}
		if v.Salt != nil {
			o.Salt = *v.Salt
		}
		want := ob.MatchNone
		switch {
		case v.Match:
			want = ob.MatchExact
		case v.MatchIfLowercasedRetry, v.Identity == "A@example.com":
			want = ob.MatchLowerCase // folding the case is reported as such, never as a match
		}
		require.Equal(t, want, o.Matches(ob.IdentifierEmailAddress, v.Identity), v.Origin)
		require.Equal(t, ob.MatchNone, o.Matches(ob.IdentifierUserName, v.Identity), "another kind of identifier: %s", v.Origin)
		require.Equal(t, ob.MatchNone, o.Matches(ob.IdentifierEmailAddress, v.Identity+"x"), v.Origin)
	}
}

// The figure is the specification's own example (Open Badges 3.0, IdentityHash).
func TestIdentityHash(t *testing.T) {
	require.Equal(t, "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399",
		ob.IdentityHash(ob.SHA256, "a@example.com", "Kosher"))
	// RFC 1321, A.5: the digest of "abc".
	require.Equal(t, "md5$900150983cd24fb0d6963f7d28e17f72", ob.IdentityHash(ob.MD5, "a", "bc"))
}

func TestIdentityConstructors(t *testing.T) {
	hashed := ob.HashedIdentity(ob.IdentifierEmailAddress, "a@example.org", "salt")
	require.Equal(t, ob.MatchExact, hashed.Matches(ob.IdentifierEmailAddress, "a@example.org"))
	require.Equal(t, ob.MatchLowerCase, hashed.Matches(ob.IdentifierEmailAddress, "A@Example.org"))
	plain := ob.PlainIdentity(ob.IdentifierUserName, "Ann")
	require.Equal(t, ob.MatchExact, plain.Matches(ob.IdentifierUserName, "Ann"))
	require.Equal(t, ob.MatchNone, plain.Matches(ob.IdentifierUserName, "ANN"), "only e-mail addresses are folded")
	plain.Hashed = nil
	require.Equal(t, ob.MatchNone, plain.Matches(ob.IdentifierUserName, "Ann"), "without hashed nothing is known")
	var zero ob.IdentityObject
	require.Equal(t, ob.MatchNone, zero.Matches("", ""))
}

// An identifier that is none cannot be found out once it is hashed, so it is refused
// while it can be read.
func TestIdentityConstructorsRefuse(t *testing.T) {
	badge := func(r ob.Recipient) *ob.AchievementCredential {
		a := award()
		a.Recipient = r
		return ob.NewAchievementCredential(a)
	}
	for name, c := range map[string]struct {
		address, salt string
		code          vc.Code
	}{
		"empty":          {"", "salt", rules.CodeMemberMissing},
		"white space":    {" \n", "salt", rules.CodeMemberMissing},
		"a name":         {"Ada Lovelace", "salt", rules.CodeEmail},
		"name and all":   {"Ada <ada@example.org>", "salt", rules.CodeEmail},
		"two":            {"ada@example.org, bob@example.org", "salt", rules.CodeEmail},
		"no domain":      {"ada@", "salt", rules.CodeEmail},
		"an empty salt":  {"ada@example.org", "", rules.CodeIdentityHash},
		"spaces inside":  {"ada lovelace@example.org", "salt", rules.CodeEmail},
		"without its at": {"ada.example.org", "salt", rules.CodeEmail},
	} {
		t.Run(name, func(t *testing.T) {
			b := badge(ob.RecipientEmail(c.address, c.salt))
			_, err := b.JSON()
			require.ErrorIs(t, err, &vc.Problem{Code: c.code})
			if len(c.address) > 4 {
				require.NotContains(t, err.Error(), c.address, "personal data")
			}
			findings := b.Check()
			require.Len(t, findings, 1)
			require.Equal(t, c.code, findings[0].Code)
		})
	}
	for _, address := range []string{"  Ada@Example.org\n", "Ada@Example.org"} {
		b := badge(ob.RecipientEmail(address, "salt"))
		require.Empty(t, vc.Errors(b.Check()))
		who := b.CredentialSubject.Identifier.First()
		require.Equal(t, ob.MatchExact, who.Matches(ob.IdentifierEmailAddress, "Ada@Example.org"), "trimmed, and the case kept")
	}
	require.Equal(t, "Ann", ob.PlainIdentity(ob.IdentifierUserName, " Ann ").IdentityHash)
	_, err := badge(ob.Recipient{Identifiers: []ob.IdentityObject{ob.PlainIdentity(ob.IdentifierUserName, "")}}).JSON()
	require.ErrorIs(t, err, &vc.Problem{Code: rules.CodeMemberMissing})
}

func TestParseIdentityHashRefuses(t *testing.T) {
	for _, s := range []string{
		"", "sha256", "sha256$", "sha256$00", "SHA256$" + zeros(64), "sha1$" + zeros(40), "md5$" + zeros(64), "sha256$" + zeros(63) + "g",
		"sha256$" + zeros(66),
	} {
		_, _, err := ob.ParseIdentityHash(s)
		require.ErrorIs(t, err, ob.ErrIdentityHash, s)
	}
}

func zeros(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = '0'
	}
	return string(b)
}

// An accepted hash has the length of its algorithm, whatever was around it.
func FuzzParseIdentityHash(f *testing.F) {
	f.Add("sha256$" + zeros(64))
	f.Add("md5$" + zeros(32))
	f.Fuzz(func(t *testing.T, s string) {
		a, sum, err := ob.ParseIdentityHash(s)
		if err != nil {
			return
		}
		require.Len(t, sum, map[ob.HashAlgorithm]int{ob.SHA256: 32, ob.MD5: 16}[a])
		require.Len(t, s, len(a.String())+1+2*len(sum))
	})
}

// A subject is whom any of its identifiers names; only ASCII letters have two cases.
func TestMatches(t *testing.T) {
	const kind = ob.IdentifierEmailAddress
	all := []ob.IdentityObject{
		ob.PlainIdentity(ob.IdentifierName, "Ada Lot"),
		ob.HashedIdentity(kind, "ada@learner.example", "salt"),
		ob.PlainIdentity(kind, "Ada.Lot@work.example"),
		ob.PlainIdentity(kind, "k@kelvin.example"),
	}
	for _, c := range []struct {
		kind     ob.IdentifierType
		identity string
		want     ob.Match
	}{
		{kind, "ada@learner.example", ob.MatchExact},
		{kind, "ADA@Learner.Example", ob.MatchLowerCase},
		{kind, "Ada.Lot@work.example", ob.MatchExact},
		{kind, "ada.lot@work.example", ob.MatchNone},
		{kind, "K@kelvin.example", ob.MatchLowerCase},
		{kind, "\u212a@kelvin.example", ob.MatchNone}, // the sign of the kelvin, which Unicode folds to k
		{ob.IdentifierName, "Ada Lot", ob.MatchExact},
		{ob.IdentifierName, "ada@learner.example", ob.MatchNone},
		{kind, "", ob.MatchNone},
	} {
		require.Equal(t, c.want, ob.Matches(all, c.kind, c.identity), "%s %q", c.kind, c.identity)
	}
	require.Equal(t, ob.MatchNone, ob.Matches(nil, kind, "ada@learner.example"))
}
