package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
)

// line is what -json writes for one credential.
type line struct {
	File    string
	Verdict string
	Codes   []string
	Checks  []check
}

type check struct{ Name, Outcome, Code, Pointer, Message, Fix, Spec string }

// runJSON runs the command with -json and reads every line strictly: one object,
// the members that are documented.
func runJSON(t *testing.T, args ...string) (code int, lines []line, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = run(append([]string{"-json"}, args...), strings.NewReader(""), &out, &errs)
	for scanner := bufio.NewScanner(&out); scanner.Scan(); {
		var l line
		require.NoError(t, json.Unmarshal(scanner.Bytes(), &l), scanner.Text())
		require.NotNil(t, l.Codes, "codes is an array, even an empty one")
		require.NotEmpty(t, l.Checks)
		lines = append(lines, l)
	}
	return code, lines, errs.String()
}

// runText runs the command for a person.
func runText(stdin string, args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	code = run(args, strings.NewReader(stdin), &out, &errs)
	return code, out.String(), errs.String()
}

// school issues the badges of these tests.
type school struct{ *obtest.Issuer }

// newSchool has a did:key, or publishes its key as a method says.
func newSchool(t *testing.T, m obtest.Method) *school {
	t.Helper()
	i, err := obtest.New(obtest.Config{}).Issuer("school", m, obtest.Ed25519)
	require.NoError(t, err)
	return &school{i}
}

// document is what the school publishes.
func (s *school) document() string { return string(s.Published.Document()) }

// award is a plain badge.
func (s *school) award() ob.Award {
	return ob.Award{
		Issuer: ob.Profile{ID: vc.IRI(s.ID), Name: vc.Plain("A School")}, Recipient: ob.Recipient{ID: "did:example:pupil"},
		Achievement: ob.NewAchievement("Knots", "Ties knots.", "Tie ten knots."), ValidFrom: time.Date(2025, 9, 1, 0, 0, 0, 0, time.UTC),
	}
}

// badge signs what an award says, changed by edit.
func (s *school) badge(t *testing.T, edit func(*ob.Award)) []byte {
	t.Helper()
	a := s.award()
	if edit != nil {
		edit(&a)
	}
	text, err := ob.NewAchievementCredential(a).JSON()
	require.NoError(t, err)
	signed, err := s.Sign(text, func(o *dataintegrity.SignOptions) { o.Created = a.ValidFrom })
	require.NoError(t, err)
	return signed
}

// artwork is a small PNG.
func artwork(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8))))
	return b.Bytes()
}

const drawing = `<svg xmlns="http://www.w3.org/2000/svg"><circle r="9"/></svg>`

// file writes a file of the test and returns its name.
func file(t *testing.T, name string, content []byte) string {
	t.Helper()
	full := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(full, content, 0o644))
	return full
}
