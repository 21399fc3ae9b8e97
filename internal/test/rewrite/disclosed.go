package rewrite

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
)

// BaseProofs returns the badges and records with base proofs, from which a part can be
// derived.
func BaseProofs(t testing.TB) []Original {
	a := newAuthor(t)
	endorsed, byIssuer := a.sign(a.other, endorsement), a.sign(a.ed, issuerEndorsed)
	signed, second := a.sign(a.other, courseEntry), a.sign(a.p384, strings.ReplaceAll(yardEntry, "@p256", "@p384"))
	ours := func(text string) string { return strings.NewReplacer("@ed", "@p256", "@p384", "@p256").Replace(text) }
	one := func(name, template string, more ...string) Original {
		return Original{name, school.Sign(t, a.p256, a.write(ours(template), more...), suite(dataintegrity.EcdsaSd2023)), a.pack}
	}
	fill := func(template string) string { return a.fill(ours(template)) }
	return []Original{
		one("small badge", smallBadge), one("full badge", fullBadge), one("badge of many profiles", profilesBadge),
		one("endorsed badge", endorsedBadge, "@signed", endorsed, "@byIssuer", byIssuer),
		one("self-asserted badge", selfBadge), one("badge in languages", languageBadge), one("badge with results", resultsBadge),
		one("badge with names under prefixes", prefixBadge), one("badge with an extension", extendedBadge),
		one("badge of VCDM 1.1", oldBadge),
		one("record of signed entries", record, "@entries", signed+","+second, "@more", ""),
		one("record of one unsigned entry", record, "@entries", fill(unsignedEntry), "@more", fill(associations)),
		one("record of signed and unsigned entries", record, "@entries", signed+","+fill(unsignedEntry)+","+second, "@more", ""),
		one("record of another learner's entry", record, "@entries", fill(unsignedEntry)+","+fill(otherEntry), "@more", ""),
	}
}

// Disclosed returns parts of them that verify, as their holders show them.
func Disclosed(t testing.TB) []Original {
	const subject, achievement = "/credentialSubject", "/credentialSubject/achievement"
	shown := map[string][][]string{
		"small badge":                           {{}, {achievement + "/name", "/name", "/image"}},
		"full badge":                            {{}, {""}, {achievement + "/resultDescription", subject + "/result"}, {"/evidence/1", subject + "/identifier", achievement + "/tag/1"}},
		"badge of many profiles":                {{"/issuer/address/geo", achievement + "/creator"}, {subject + "/source", subject + "/image"}},
		"endorsed badge":                        {{"/endorsement/0"}, {achievement + "/creator", achievement + "/endorsement/0"}},
		"badge in languages":                    {{"/name", achievement + "/description/1", "/cnf"}},
		"badge with results":                    {{subject + "/result/1", achievement + "/resultDescription/0"}, {subject + "/result/2/value"}},
		"badge of VCDM 1.1":                     {{achievement + "/resultDescription"}},
		"record of signed entries":              {{subject + "/verifiableCredential/1"}},
		"record of one unsigned entry":          {{subject + "/association", subject + "/achievement"}, {subject + "/verifiableCredential/0/credentialSubject/term"}},
		"record of signed and unsigned entries": {{subject + "/verifiableCredential/1"}, {subject + "/verifiableCredential/0", subject + "/identifier"}},
	}
	var all []Original
	for _, base := range BaseProofs(t) {
		for _, pointers := range shown[base.Name] {
			part, err := dataintegrity.Derive(context.Background(), base.Text, dataintegrity.DeriveOptions{Pointers: pointers})
			require.NoError(t, err, "%s %v", base.Name, pointers)
			all = append(all, Original{base.Name + ", of which is shown: " + strings.Join(pointers, " "), part, base.Pack})
		}
	}
	return all
}
