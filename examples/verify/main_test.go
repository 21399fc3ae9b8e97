package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/ob/bake"
)

const inTime = "2026-01-01T00:00:00Z"

func TestVerifiedLine(t *testing.T) {
	name := file(t, "badge.json", newSchool(t, obtest.DIDKey).badge(t, nil))
	code, out, stderr := runText("", "-json", "-now", inTime, name)
	require.Equal(t, exitVerified, code)
	require.Empty(t, stderr)
	require.Equal(t, 1, strings.Count(out, "\n"))
	require.True(t, strings.HasPrefix(out, `{"file":"`+name+`","verdict":"verified","codes":[],`), out)

	_, lines, _ := runJSON(t, "-now", inTime, name)
	outcomes := map[string]string{}
	for _, c := range lines[0].Checks {
		outcomes[c.Name] = c.Outcome
	}
	for _, step := range []string{"parse", "contexts", "proof", "binding", "rules", "time"} {
		require.Equal(t, "passed", outcomes[step], step)
	}
}

// A changed badge tells its cause with everything that the documentation promises.
func TestNotVerifiedLine(t *testing.T) {
	changed := bytes.Replace(newSchool(t, obtest.DIDKey).badge(t, nil), []byte("ten knots"), []byte("two knots"), 1)
	code, lines, _ := runJSON(t, "-now", inTime, file(t, "badge.json", changed))
	require.Equal(t, exitNot, code)
	require.Equal(t, "not-verified", lines[0].Verdict)
	require.Equal(t, []string{"signature-invalid"}, lines[0].Codes)
	for _, c := range lines[0].Checks {
		if c.Code == "signature-invalid" {
			require.Equal(t, "proof", c.Name)
			require.Equal(t, "failed", c.Outcome)
			require.Equal(t, "/proof/proofValue", c.Pointer)
			require.NotEmpty(t, c.Message)
			require.NotEmpty(t, c.Fix)
			require.NotEmpty(t, c.Spec)
			return
		}
	}
	t.Fatal("no check has the code")
}

// The content decides, whatever the file is called.
func TestEveryFormUnderEveryName(t *testing.T) {
	s := newSchool(t, obtest.DIDKey)
	signed := s.badge(t, nil)
	text, err := ob.NewAchievementCredential(s.award()).JSON()
	require.NoError(t, err)
	token, err := s.Token(text, nil)
	require.NoError(t, err)
	forms := map[string][]byte{"json": signed, "jwt": token}
	for form, credential := range map[string][]byte{"json": signed, "jwt": token} {
		for kind, image := range map[string][]byte{"png": artwork(t), "svg": []byte(drawing)} {
			baked, err := bake.Bake(image, credential, bake.OpenBadge3, bake.BakeOptions{})
			require.NoError(t, err)
			forms[form+" in "+kind] = baked
		}
	}
	for form, content := range forms {
		for _, name := range []string{"badge", "badge.png", "badge.svg", "badge.json", "badge.1ob"} {
			code, lines, _ := runJSON(t, "-now", inTime, file(t, name, content))
			require.Equal(t, exitVerified, code, "%s as %s: %v", form, name, lines)
		}
		code, out, _ := runText(string(content), "-now", inTime, "-")
		require.Equal(t, exitVerified, code, form)
		require.True(t, strings.HasPrefix(out, "VERIFIED"), out)
	}
}

// An image may carry a badge and a record; each gets its line.
func TestImageOfSeveralKinds(t *testing.T) {
	baked, err := bake.Bake([]byte(drawing), newSchool(t, obtest.DIDKey).badge(t, nil), bake.OpenBadge3, bake.BakeOptions{})
	require.NoError(t, err)
	record := `<clr:credential xmlns:clr="https://purl.imsglobal.org/clr/v2p0"><![CDATA[` +
		`{"type":["VerifiableCredential","ClrCredential"]}]]></clr:credential>`
	end := bytes.Index(baked, []byte("</openbadges:credential>")) + len("</openbadges:credential>")
	both := string(baked[:end]) + record + string(baked[end:])
	code, lines, _ := runJSON(t, "-lenient", "-now", inTime, file(t, "both.svg", []byte(both)))
	require.Equal(t, exitNot, code)
	require.Len(t, lines, 2)
	require.Equal(t, "verified", lines[0].Verdict)
	require.Equal(t, "not-verified", lines[1].Verdict)
	require.Contains(t, lines[1].Codes, "proof-missing")
}

func TestUnreadable(t *testing.T) {
	folder := t.TempDir()
	hosted, err := bake.Bake([]byte(drawing), []byte(`{"type":"Assertion","verify":{"type":"hosted"}}`),
		bake.OpenBadge2, bake.BakeOptions{})
	require.NoError(t, err)
	address := strings.Replace(string(hosted[:bytes.Index(hosted, []byte("><![CDATA["))]),
		"<openbadges:assertion", `<openbadges:assertion verify="https://school.example/assertions/1"`, 1) + "/></svg>"
	long := filepath.Join(folder, "long.png")
	require.NoError(t, os.WriteFile(long, nil, 0o644))
	require.NoError(t, os.Truncate(long, maxFile+1))
	for name, want := range map[string]string{
		filepath.Join(folder, "missing.json"):  "file-not-found",
		folder:                                 "file-unreadable",
		long:                                   "file-too-large",
		file(t, "plain.png", artwork(t)):       "bake-no-credential",
		file(t, "plain.svg", []byte(drawing)):  "bake-no-credential",
		file(t, "cut.png", artwork(t)[:40]):    "png-truncated",
		file(t, "hosted.svg", []byte(address)): "hosted-open-badge-2",
		file(t, "page.html", []byte("<html><body>Badge</body>")):     "format-html",
		file(t, "empty.json", nil):                                   "format-empty",
		file(t, "list.json", []byte(`[{"type":"Achievement"}]`)):     "format-array",
		file(t, "bytes.bin", []byte("\x00\x01\x02")):                 "not-a-credential",
		file(t, "twice.json", []byte(`{"issuer":"a","issuer":"b"}`)): "json-duplicate-name",
		"https://school.example/badge.json":                          "url-not-fetched",
	} {
		code, lines, stderr := runJSON(t, name)
		require.Equal(t, exitNot, code, name)
		require.Empty(t, stderr, name)
		require.Len(t, lines, 1, name)
		require.Equal(t, name, lines[0].File)
		require.Equal(t, "unreadable", lines[0].Verdict, name)
		require.Equal(t, []string{want}, lines[0].Codes, name)
		require.NotEmpty(t, lines[0].Checks[0].Message)
		require.NotEmpty(t, lines[0].Checks[0].Fix, name)
	}
}

// A key that is published on the web is not at hand without a pack: that decides
// nothing. With the pack the same badge verifies.
func TestPack(t *testing.T) {
	s := newSchool(t, obtest.HTTPS)
	badge := file(t, "badge.json", s.badge(t, nil))
	code, lines, _ := runJSON(t, "-now", inTime, badge)
	require.Equal(t, exitUndetermined, code)
	require.Equal(t, "undetermined", lines[0].Verdict)
	require.Equal(t, []string{"key-unavailable"}, lines[0].Codes)

	whole := file(t, "pack.json", []byte(`{"`+s.ID+`":`+s.document()+`}`))
	lone := file(t, "issuer.json", []byte(s.document())) // a controller document is a pack of one
	for _, packs := range [][]string{{"-pack", whole}, {"-pack", lone}, {"-pack", whole, "-pack", lone}} {
		code, lines, stderr := runJSON(t, append(packs, "-now", inTime, badge)...)
		require.Equal(t, exitVerified, code, "%v %s", lines, stderr)
	}

	// A pack also answers for a URL on the command line.
	content, err := os.ReadFile(badge)
	require.NoError(t, err)
	hosting := file(t, "hosting.json", []byte(`{"https://school.example/badges/1":`+string(content)+`}`))
	code, lines, _ = runJSON(t, "-pack", whole, "-pack", hosting, "-now", inTime, "https://school.example/badges/1")
	require.Equal(t, exitVerified, code, "%v", lines)
}

func TestExitOfSeveral(t *testing.T) {
	s := newSchool(t, obtest.DIDKey)
	good := file(t, "good.json", s.badge(t, nil))
	bad := file(t, "bad.json", bytes.Replace(s.badge(t, nil), []byte("Knots"), []byte("Boats"), 1))
	open := file(t, "open.json", newSchool(t, obtest.DIDWeb).badge(t, nil))
	none := filepath.Join(t.TempDir(), "none.json")
	for _, c := range []struct {
		names []string
		exit  int
	}{
		{[]string{good, good}, exitVerified}, {[]string{good, open}, exitUndetermined}, {[]string{open, good}, exitUndetermined},
		{[]string{open, bad}, exitNot}, {[]string{good, bad}, exitNot}, {[]string{open, none}, exitNot}, {[]string{none, good}, exitNot},
	} {
		code, lines, _ := runJSON(t, append([]string{"-now", inTime}, c.names...)...)
		require.Equal(t, c.exit, code, "%v", c.names)
		require.Len(t, lines, len(c.names))
		for i, name := range c.names {
			require.Equal(t, name, lines[i].File, "the lines are in the order of the files")
		}
	}
	_, out, _ := runText("", "-now", inTime, good, bad, open, none)
	require.Contains(t, out, "\n4 credentials: 1 verified, 1 not-verified, 1 undetermined, 1 unreadable\n")
}

func TestNow(t *testing.T) {
	end := time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC)
	name := file(t, "badge.json", newSchool(t, obtest.DIDKey).badge(t, func(a *ob.Award) { a.ValidUntil = end }))
	for now, codes := range map[string][]string{
		"2026-01-01T00:00:00Z": {}, "2026-07-01T00:00:00+02:00": {"expired"}, "2020-01-01T00:00:00Z": {"not-yet-valid"},
	} {
		_, lines, _ := runJSON(t, "-now", now, name)
		require.Subset(t, lines[0].Codes, codes, now)
		require.Equal(t, len(codes) == 0, lines[0].Verdict == "verified", "%s %v", now, lines[0].Codes)
	}
}

// A term that no context defines is what -lenient is for.
func TestLenient(t *testing.T) {
	signed := string(newSchool(t, obtest.DIDKey).badge(t, nil))
	name := file(t, "badge.json", []byte(strings.Replace(signed, `"proof":`, `"colour":"red","proof":`, 1)))
	_, lines, _ := runJSON(t, "-now", inTime, name)
	require.Equal(t, []string{"term-undefined"}, lines[0].Codes)
	code, lines, _ := runJSON(t, "-lenient", "-now", inTime, name)
	require.Equal(t, exitVerified, code, "%v", lines)
}

// The subject of most badges has no id, and their tokens have no sub.
func TestTokenWithoutSub(t *testing.T) {
	s := newSchool(t, obtest.DIDKey)
	a := s.award()
	a.Recipient = ob.RecipientEmail("pupil@school.example", "a salt")
	text, err := ob.NewAchievementCredential(a).JSON()
	require.NoError(t, err)
	token, err := s.Token(text, nil)
	require.NoError(t, err)
	code, lines, _ := runJSON(t, "-now", inTime, file(t, "badge.jwt", token))
	require.Equal(t, exitVerified, code, "%v", lines)
}

// -online opens the guarded door and no other: what is not public is refused
// before anything is connected to.
func TestOnlineIsGuarded(t *testing.T) {
	for _, url := range []string{"https://127.0.0.1/badge.json", "https://169.254.169.254/latest/meta-data",
		"http://school.example/badge.json"} {
		code, lines, _ := runJSON(t, "-online", url)
		require.Equal(t, exitNot, code)
		require.Equal(t, []string{"url-unavailable"}, lines[0].Codes)
		require.Contains(t, lines[0].Checks[0].Message, "refused-")
	}
}

func TestWrongUsage(t *testing.T) {
	badge := file(t, "badge.json", newSchool(t, obtest.DIDKey).badge(t, nil))
	first := file(t, "first.json", []byte(`{"did:web:school.example":{"id":"did:web:school.example"}}`))
	second := file(t, "second.json",
		[]byte(`{"did:web:school.example":{"id":"did:web:school.example","alsoKnownAs":["https://school.example"]}}`))
	for want, args := range map[string][]string{
		"name at least one file":      {"-json"},
		"flag provided but not":       {"-jsn", badge},
		"not an instant":              {"-now", "yesterday", badge},
		"flags come first":            {badge, "-json"},
		"cannot be read":              {"-pack", filepath.Join(t.TempDir(), "none.json"), badge},
		"pack-syntax":                 {"-pack", file(t, "pack.json", []byte(`[]`)), badge},
		"contradicts the ones before": {"-pack", first, "-pack", second, badge},
	} {
		code, out, stderr := runText("", args...)
		require.Equal(t, exitUsage, code, want)
		require.Empty(t, out, want)
		require.Contains(t, stderr, want)
	}
	code, _, stderr := runText("", "-h")
	require.Equal(t, exitVerified, code)
	require.Contains(t, stderr, "exit status")
}

// A file named like a flag is named after --, as everywhere.
func TestFileNamedLikeAFlag(t *testing.T) {
	badge := newSchool(t, obtest.DIDKey).badge(t, nil)
	t.Chdir(t.TempDir())
	require.NoError(t, os.WriteFile("-badge.json", badge, 0o644))
	code, _, stderr := runText("", "-now", inTime, "--", "-badge.json")
	require.Equal(t, exitVerified, code, stderr)
}

func TestTextForPeople(t *testing.T) {
	s := newSchool(t, obtest.DIDKey)
	baked, err := bake.Bake(artwork(t), s.badge(t, nil), bake.OpenBadge3, bake.BakeOptions{})
	require.NoError(t, err)
	name := file(t, "badge.png", baked)
	code, out, _ := runText("", "-now", inTime, name)
	require.Equal(t, exitVerified, code)
	require.True(t, strings.HasPrefix(out, "VERIFIED  "+name+" (Open Badges 3.0 in PNG)\n"), out)
	require.Contains(t, out, "eddsa-rdfc-2022")
	require.NotContains(t, out, "\x1b", "colour is for a terminal")
	require.NotContains(t, out, "credentials:", "one file needs no sum")
}

// What a file name or a document says cannot write to the terminal by itself.
func TestTextIsHarmless(t *testing.T) {
	_, out, _ := runText(`{"type":["VerifiableCredential","\u001b[2J"],"issuer":"\u001b]0;owned\u0007"}`, "-", "no\x1b[31msuch")
	require.NotContains(t, out, "\x1b")
	require.NotContains(t, out, "\a")
}

func TestColourIsForTerminals(t *testing.T) {
	device, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0) // a character device, as terminals are
	require.NoError(t, err)
	defer device.Close()
	t.Setenv("TERM", "xterm")
	t.Setenv("NO_COLOR", "")
	require.True(t, isTerminal(device))
	t.Setenv("NO_COLOR", "1")
	require.False(t, isTerminal(device))
	t.Setenv("NO_COLOR", "")
	t.Setenv("TERM", "dumb")
	require.False(t, isTerminal(device))
	require.False(t, isTerminal(&bytes.Buffer{}))
}

type closedWriter struct{}

func (closedWriter) Write([]byte) (int, error) { return 0, errors.New("closed") }

// Output that nobody takes is no success.
func TestOutputThatFails(t *testing.T) {
	name := file(t, "badge.json", newSchool(t, obtest.DIDKey).badge(t, nil))
	for _, args := range [][]string{{"-json", name}, {name}} {
		var stderr bytes.Buffer
		require.Equal(t, exitNot, run(args, strings.NewReader(""), closedWriter{}, &stderr))
		require.Contains(t, stderr.String(), "closed")
	}
}
