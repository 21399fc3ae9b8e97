// Package browser drives Chromium for tests of pages: it opens them as people do, by
// mouse and keyboard, at the width of a desk or a phone, light or dark, with and
// without script, and says what is wrong with a page that no reading of its HTML
// shows.
//
// Chromium is asked over a pipe in the DevTools protocol; nothing else is needed. It
// can reach loopback alone. A test without Chromium is skipped and says so.
package browser

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// patience bounds each wait for Chromium: a page on loopback that takes longer is
// broken, on the slowest machine too.
const patience = 60 * time.Second

// names are those under which Chromium is installed.
var names = []string{"chromium", "chromium-browser", "google-chrome"}

// Browser is a running Chromium. It ends with its test.
type Browser struct{ wire *wire }

// Start starts Chromium. Without one on this machine the test is skipped.
// Certificates of any authority are believed: tests make their own.
func Start(t testing.TB) *Browser {
	t.Helper()
	path := find()
	if path == "" {
		t.Skip("skipped: no Chromium on this machine")
	}
	toChromium, ours, err := os.Pipe()
	require.NoError(t, err)
	fromChromium, theirs, err := os.Pipe()
	require.NoError(t, err)
	profile, err := os.MkdirTemp("", "browser")
	require.NoError(t, err)

	command := exec.Command(path,
		"--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
		"--ignore-certificate-errors", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
		"--user-data-dir="+profile, "--remote-debugging-pipe", "about:blank")
	// What Chromium reads is its file 3, what it writes its file 4.
	command.ExtraFiles = []*os.File{toChromium, theirs}
	require.NoError(t, command.Start())
	require.NoError(t, toChromium.Close())
	require.NoError(t, theirs.Close())

	b := &Browser{newWire(ours, fromChromium)}
	t.Cleanup(func() {
		_ = ours.Close()
		_ = command.Process.Kill()
		_ = command.Wait()
		_ = fromChromium.Close()
		removeProfile(profile)
	})
	return b
}

func find() string {
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// removeProfile removes what Chromium wrote; its helpers end a moment after it.
func removeProfile(folder string) {
	for range 20 {
		if os.RemoveAll(folder) == nil {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// Options is how a page is looked at. The zero value is a desk in daylight, with
// script.
type Options struct {
	// Width and Height are in CSS pixels; zero is 1280 × 800.
	Width, Height int
	// Dark is what a person prefers who has a dark screen.
	Dark bool
	// NoScript switches the scripts of pages off.
	NoScript bool
}

// Desk and Phone are the two widths that every page is looked at.
var (
	Desk  = Options{Width: 1280, Height: 800}
	Phone = Options{Width: 320, Height: 640}
)

// Views are the ways in which every page is looked at, by name.
func Views() map[string]Options {
	deskDark, phoneDark, noScript := Desk, Phone, Desk
	deskDark.Dark, phoneDark.Dark, noScript.NoScript = true, true, true
	return map[string]Options{
		"desk-light": Desk, "desk-dark": deskDark, "phone-light": Phone, "phone-dark": phoneDark, "no-script": noScript,
	}
}

// shots names the folder for pictures of pages, for people to look at; none are kept
// where it is not set.
const shots = "LAUREL_SHOTS"

// keep writes a picture where somebody asked for them.
func keep(t testing.TB, name string, png []byte) {
	folder := os.Getenv(shots)
	if folder == "" {
		return
	}
	require.NoError(t, os.MkdirAll(folder, 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(folder, name+".png"), png, 0o644))
}
