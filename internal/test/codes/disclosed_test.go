package codes_test

import (
	"context"
	"slices"
	"strings"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/school"

	"github.com/laurel-edu/laurel/internal/embedded"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
	"github.com/laurel-edu/laurel/vc/verify"
)

// base is the badge with a base proof, and part what its holder shows of it.
func (d *desk) base(edits ...string) []byte {
	text := d.draft(badge, append([]string{`/issuer/id = "` + d.curve.ID + `"`}, edits...)...)
	return school.Sign(d.t, d.curve, []byte(text), disclosing)
}

func disclosing(o *dataintegrity.SignOptions) { o.Suite = dataintegrity.EcdsaSd2023 }

func (d *desk) part(pointers ...string) []byte {
	part, err := dataintegrity.Derive(context.Background(), d.base(), dataintegrity.DeriveOptions{Pointers: pointers})
	require.NoError(d.t, err)
	return part
}

// bent is a row about the badge, shown as a whole, with a proof value that was changed.
func bent(code vc.Code, input string, change func(*embedded.DerivedValue)) row {
	return row{code, input, func(d *desk) []*vc.Problem {
		text := string(d.part(""))
		_, value, _ := strings.Cut(text, `"proofValue":"`)
		value, _, _ = strings.Cut(value, `"`)
		v, err := embedded.ParseDerivedValue(value)
		require.NoError(d.t, err)
		change(v)
		return d.inspect([]byte(strings.Replace(text, value, v.Text(), 1)), verify.Config{})
	}}
}

// deriving is a row about a badge of which something is to be shown.
func deriving(code vc.Code, input string, pointers ...string) row {
	return row{code, input, func(d *desk) []*vc.Problem {
		_, err := dataintegrity.Derive(context.Background(), d.base(), dataintegrity.DeriveOptions{Pointers: pointers})
		return of(err)
	}}
}

var disclosedRows = []row{
	{proof.CodeProofIsBase, "a badge with a base proof", func(d *desk) []*vc.Problem { return d.inspect(d.base(), verify.Config{}) }},
	bent(proof.CodeDisclosureValue, "a badge shown in part, with mandatory indexes that do not ascend",
		func(v *embedded.DerivedValue) { slices.Reverse(v.Mandatory) }),
	bent(proof.CodeDisclosureTooMany, "a badge shown in part, with eleven thousand signatures",
		func(v *embedded.DerivedValue) { v.Signatures = slices.Repeat(v.Signatures[:1], 11_000) }),
	bent(proof.CodeDisclosureLabels, "a badge shown in part, with a label too few",
		func(v *embedded.DerivedValue) { v.Labels = v.Labels[1:] }),
	bent(proof.CodeDisclosureIndexes, "a badge shown in part, with a mandatory index beyond its statements",
		func(v *embedded.DerivedValue) { v.Mandatory = append(v.Mandatory, 999) }),
	bent(proof.CodeDisclosureCount, "a badge shown in part, with a signature too few",
		func(v *embedded.DerivedValue) { v.Signatures = v.Signatures[1:] }),
	bent(proof.CodeStatementSignature, "a badge shown in part, with a signature of something else",
		func(v *embedded.DerivedValue) { v.Signatures[0] = v.Signature }),
	{rules.CodeWithheld, "a badge shown without its name, which is not mandatory there", func(d *desk) []*vc.Problem {
		text := d.draft(badge, `/issuer/id = "`+d.curve.ID+`"`)
		base := school.Sign(d.t, d.curve, []byte(text), func(o *dataintegrity.SignOptions) {
			o.Suite, o.SkipRequiredPointers, o.MandatoryPointers = dataintegrity.EcdsaSd2023, true, []string{"/issuer", "/credentialSubject/achievement/description"}
		})
		part, err := dataintegrity.Derive(context.Background(), base, dataintegrity.DeriveOptions{})
		require.NoError(d.t, err)
		r, err := verify.Inspect(context.Background(), part, verify.Config{})
		require.NoError(d.t, err)
		return r.Withheld
	}},
	deriving(proof.CodePointer, "to show what the badge does not have", "/credentialSubject/score"),
	deriving(proof.CodePointerInside, "to show one of the types", "/type/0"),
	{proof.CodePointerDiffers, "to show two parts of one thing that has no name", func(d *desk) []*vc.Problem {
		base := d.base(`/evidence = [{"id":"_:e","type":["Evidence"],"name":"Knots"},{"id":"_:e","type":["Evidence"],"narrative":"Ten."}]`)
		_, err := dataintegrity.Derive(context.Background(), base, dataintegrity.DeriveOptions{Pointers: []string{"/evidence/0/name", "/evidence/1/narrative"}})
		return of(err)
	}},
	{proof.CodePointerNotPortable, "to sign for disclosure: a badge with a list", func(d *desk) []*vc.Problem {
		text := d.draft(badge, achievement+`/resultDescription = [{"id":"urn:rd:1","type":["ResultDescription"],"name":"Grade","resultType":"LetterGrade","allowedValue":["B","A"]}]`)
		_, warnings, err := dataintegrity.MandatoryPointers(context.Background(), []byte(text), dataintegrity.SignOptions{})
		require.NoError(d.t, err)
		return warnings
	}},
	{proof.CodeNothingShown, "to show nothing of a badge of which nothing is mandatory", func(d *desk) []*vc.Problem {
		text := d.draft(badge, `/issuer/id = "`+d.curve.ID+`"`)
		base := school.Sign(d.t, d.curve, []byte(text), func(o *dataintegrity.SignOptions) { disclosing(o); o.SkipRequiredPointers = true })
		_, err := dataintegrity.Derive(context.Background(), base, dataintegrity.DeriveOptions{})
		return of(err)
	}},
	{proof.CodeNoBaseProof, "to show a part of a badge that is signed as a whole", func(d *desk) []*vc.Problem {
		_, err := dataintegrity.Derive(context.Background(), d.good(), dataintegrity.DeriveOptions{Pointers: []string{"/name"}})
		return of(err)
	}},
	{proof.CodeDisclosureTooMany, "to sign for disclosure: a badge with eleven thousand tags", func(d *desk) []*vc.Problem {
		tags := make([]string, 11_000)
		for i := range tags {
			tags[i] = `"` + strings.Repeat("x", 1+i%100) + string(rune('a'+i%26)) + strings.Repeat("y", i/100) + `"`
		}
		text := d.draft(badge, `/issuer/id = "`+d.curve.ID+`"`, achievement+`/tag = [`+strings.Join(tags, ",")+`]`)
		_, err := d.curve.Sign([]byte(text), disclosing)
		return of(err)
	}},
}
