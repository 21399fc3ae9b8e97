package schema_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/schema"
)

func TestSchemaCredentials(t *testing.T) {
	text := readFile(t, "swimming.credential.json")
	named := object{"id": credentialURL, "type": "JsonSchemaCredential"}
	for name, c := range map[string]struct {
		old, new string
		code     vc.Code
	}{
		"another type":        {`"JsonSchemaCredential"`, `"AchievementCredential"`, schema.CodeCredentialMalformed},
		"another id":          {credentialURL, "https://pool.example/credentials/diving", schema.CodeCredentialMalformed},
		"without id":          {`"id": "` + credentialURL + `",`, ``, schema.CodeCredentialMalformed},
		"another subject":     {"\"JsonSchema\",\n", "\"Schema\",\n", schema.CodeCredentialMalformed},
		"a text as schema":    {`"jsonSchema": {`, `"jsonSchema": "{}", "x": {`, schema.CodeCredentialMalformed},
		"without schema":      {`"jsonSchema"`, `"schema"`, schema.CodeCredentialMalformed},
		"a schema of none":    {`"$schema": "https://json-schema.org/draft/2020-12/schema",`, ``, schema.CodeDraftNotSupported},
		"expired":             {`2027-01-01`, `2025-06-01`, schema.CodeCredentialNotCurrent},
		"not yet valid":       {`2025-01-01`, `2026-06-01`, schema.CodeCredentialNotCurrent},
		"a date that is none": {`2027-01-01T00:00:00Z`, `next year`, schema.CodeCredentialMalformed},
	} {
		t.Run(name, func(t *testing.T) {
			changed := strings.Replace(text, c.old, c.new, 1)
			require.NotEqual(t, text, changed)
			o := options(pack(t, map[string]string{credentialURL: changed}))
			want(t, check(t, credential(t, object{"distance": 25}, named), o), schema.StateUnknown, c.code)
		})
	}
}

// Whose proof is not verified is not relied on, and what the verifier says of its end
// counts.
func TestSchemaCredentialsAreVerified(t *testing.T) {
	own := errors.New("own")
	type verifier = func(context.Context, []byte) (schema.VerifiedCredential, error)
	for name, c := range map[string]struct {
		verify verifier
		state  schema.State
		code   vc.Code
	}{
		"believed": {believe, schema.StateFits, ""},
		"nobody":   {nil, schema.StateUnknown, schema.CodeCredentialNotVerified},
		"refused": {func(context.Context, []byte) (schema.VerifiedCredential, error) {
			return schema.VerifiedCredential{}, own
		},
			schema.StateUnknown, schema.CodeCredentialNotVerified},
		"nothing": {func(context.Context, []byte) (schema.VerifiedCredential, error) {
			return schema.VerifiedCredential{}, nil
		},
			schema.StateUnknown, schema.CodeCredentialNotVerified},
		"a panic": {func(context.Context, []byte) (schema.VerifiedCredential, error) { panic(own) },
			schema.StateUnknown, schema.CodeCredentialNotVerified},
		"no budget for the key": {func(context.Context, []byte) (schema.VerifiedCredential, error) {
			return schema.VerifiedCredential{}, &fetch.Error{Code: fetch.CodeBudget}
		}, schema.StateUnknown, vc.Code(fetch.CodeBudget)},
		"a key that has ended": {func(ctx context.Context, b []byte) (schema.VerifiedCredential, error) {
			v, err := believe(ctx, b)
			v.Valid = vc.Until(testkit.Now.Add(-time.Hour))
			return v, err
		}, schema.StateUnknown, schema.CodeCredentialNotCurrent},
	} {
		t.Run(name, func(t *testing.T) {
			o := options(pack(t, map[string]string{credentialURL: readFile(t, "swimming.credential.json")}))
			o.VerifyCredential = c.verify
			e := check(t,
				credential(t, object{"distance": 25}, object{"id": credentialURL, "type": "JsonSchemaCredential"}), o)
			want(t, e, c.state, c.code)
			if name == "refused" {
				require.ErrorIs(t, e.Problems[0], own)
			}
		})
	}
}
