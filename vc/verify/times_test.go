package verify_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
	"github.com/laurel-edu/laurel/vc/verify"
)

// A date that cannot be read is one fault and is told of once, by the rules; one that
// can be read is compared, whatever else is wrong.
func TestDateIsToldOfOnce(t *testing.T) {
	school := edIssuer(t, 1)
	for date, c := range map[string]struct {
		code vc.Code
		time verify.Outcome
	}{
		`"yesterday"`:              {rules.CodeDateTime, verify.OutcomeNotRun},
		`""`:                       {rules.CodeDateTime, verify.OutcomeNotRun},
		`1680343200`:               {rules.CodeMemberKind, verify.OutcomeNotRun},
		`null`:                     {rules.CodeMemberNull, verify.OutcomeNotRun},
		`["yesterday"]`:            {rules.CodeDateTime, verify.OutcomeNotRun},
		`["yesterday", "today"]`:   {rules.CodeMemberRepeated, verify.OutcomeNotRun},
		`"2025-01-01T00:00:00"`:    {rules.CodeDateTimeZone, verify.OutcomePassed},
		`"2035-01-01T00:00:00Z"`:   {verify.CodeNotYetValid, verify.OutcomeFailed},
		`["2035-01-01T00:00:00Z"]`: {verify.CodeNotYetValid, verify.OutcomeFailed},
	} {
		text := badge(t, school.did, `"validFrom": "2025-06-01T08:00:00Z"`, `"validFrom": `+date)
		signed := school.sign(t, text, func(o *dataintegrity.SignOptions) { o.Suite = dataintegrity.EddsaJcs2022 })
		r := inspect(t, signed, verify.Config{})
		require.Equal(t, verify.VerdictNotVerified, r.Verdict, date)
		require.Len(t, r.Problems(), 1, date)
		require.Equal(t, []vc.Code{c.code}, r.Codes(), date)
		require.Equal(t, c.time, r.Outcome(verify.CheckTime), date)
	}
}
