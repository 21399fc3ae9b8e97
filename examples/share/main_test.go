package main

import (
	"bytes"
	"context"
	"flag"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func noon() time.Time { return time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC) }

func output(t *testing.T, args ...string) (string, error) {
	var out bytes.Buffer
	err := run(context.Background(), args, &out, noon)
	return out.String(), err
}

var update = flag.Bool("update", false, "write testdata/output.txt")

// The whole story, as whoever runs the program reads it.
func TestOutput(t *testing.T) {
	out, err := output(t)
	require.NoError(t, err)
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile("testdata/output.txt", []byte(out), 0o644))
	}
	want, err := os.ReadFile("testdata/output.txt")
	require.NoError(t, err)
	require.Equal(t, string(want), out)
}

// The other flags, by what each changes.
func TestFlags(t *testing.T) {
	for name, c := range map[string]struct {
		args   []string
		has    []string
		hasNot []string
	}{
		"only": {[]string{"-share", "1,3", "-only", "credits"}, []string{"Anatomy, by Riverbend University: verified. Credits 8, grade not shown."},
			[]string{"Pharmacology, by", "chosen     subject term"}},
		"nothing hidden": {[]string{"-hide", "", "-share", "2"}, []string{"Pharmacology, by Riverbend University: verified. Credits 6, grade D."}, []string{"hidden"}},
		"anyway":         {[]string{"-hide", "narrative", "-anyway"}, []string{"NOT HIDDEN", "Palliative Care Placement, by Northlight Hospice: verified."}, nil},
		"a record":       {[]string{"-record", "For the clinic"}, []string{"A record that Ada put together:", "frame  name         For the clinic", "grade not shown."}, nil},
		"disclosures": {[]string{"-by", "vc+sd-jwt", "-record", "Mine", "-every"}, []string{"by vc+sd-jwt", "proof     salt of a disclosure", "digest: ",
			"Anatomy, by Riverbend University: verified. Credits 8, grade not shown.", "(made when she signs)"}, nil},
	} {
		out, err := output(t, c.args...)
		require.NoError(t, err, name)
		for _, text := range c.has {
			require.Contains(t, out, text, name)
		}
		for _, text := range c.hasNot {
			require.NotContains(t, out, text, name)
		}
	}
}

// What cannot be done is said before anything is signed.
func TestRefused(t *testing.T) {
	for text, args := range map[string][]string{
		"shown-whole at /credentialSubject/narrative":   {"-hide", "narrative"},
		`"looks" names no part of a credential`:         {"-hide", "looks"},
		"Ada holds 4 credentials":                       {"-share", "5"},
		"a number belongs there":                        {"-share", "all"},
		"shown-always at /credentialSubject/achievemen": {"-hide", "description", "-share", "1"},
	} {
		out, err := output(t, args...)
		require.ErrorContains(t, err, text)
		require.NotContains(t, out, "Ada signs, and")
	}
	out, err := output(t, "-h")
	require.ErrorIs(t, err, flag.ErrHelp)
	require.Contains(t, out, "parts: [grades results")
}
