package rules_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// mayBeHidden are the codes of what a holder may leave out.
var mayBeHidden = map[vc.Code]bool{
	rules.CodeMemberMissing: true, rules.CodeCredentialIDMissing: true, rules.CodeSubjectMissing: true,
	rules.CodeValidFromMissing: true, rules.CodeCriteriaMissing: true, rules.CodeResultDescription: true,
	rules.CodeAchievedLevel: true, rules.CodeOtherLevel: true, rules.CodeRequiredLevel: true, rules.CodeResultStatus: true,
	rules.CodeSubjectUnidentified: true, rules.CodeSubjectEmpty: true, rules.CodeCriteriaEmpty: true,
	rules.CodeRelatedDigest: true, rules.CodeAssociationDangling: true, rules.CodeNotComparable: true,
}

// Of a document that is shown in part, each finding of the whole is told in the same
// place: what is missing as withheld, without weight, and what is there as ever.
func TestDisclosed(t *testing.T) {
	withheld := 0
	for _, c := range changes {
		doc, err := vc.Parse([]byte(strings.Replace(fixture(t, c.file), c.old, c.new, 1)))
		require.NoError(t, err)
		whole, part := rules.Check(doc, rules.Options{}), rules.Check(doc, rules.Options{Disclosed: true})
		require.Len(t, part, len(whole), c.name)
		for i, p := range part {
			require.Equal(t, whole[i].Pointer, p.Pointer, c.name)
			if p.Code != rules.CodeWithheld {
				require.Equal(t, whole[i], p, c.name)
				continue
			}
			withheld++
			require.Equal(t, vc.SeverityAdvice, p.Severity)
			require.True(t, mayBeHidden[whole[i].Code], "%s: %s", c.name, whole[i].Code)
			for _, name := range []string{"/@context", "/type", "/issuer"} {
				require.NotEqual(t, name, p.Pointer)
				require.False(t, name != "/issuer" && strings.HasSuffix(p.Pointer, name), p.Pointer)
			}
		}
	}
	require.Greater(t, withheld, 20)
}
