package conformance_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/browser"
)

// The page in a browser, as a file: sound at both widths, light and dark, with nothing asked,
// and all of a failure shown once it is unfolded.
func TestPage(t *testing.T) {
	report := run(t, mixed(t))
	file := filepath.Join(t.TempDir(), "report.html")
	require.NoError(t, os.WriteFile(file, []byte(text(t, report.WriteHTML)), 0o600))
	b := browser.Start(t)
	for name, view := range map[string]browser.Options{"desk-light": browser.Desk,
		"phone-dark": {Width: browser.Phone.Width, Height: browser.Phone.Height, Dark: true}, "no-script": {NoScript: true}} {
		t.Run(name, func(t *testing.T) {
			p := b.Open(t, view)
			p.Go("file://" + file)
			p.Sound()
			p.Shot("conformance-" + name)
			require.Equal(t, "Hub: conformance report", p.Title())
			require.Equal(t, []string{"file://" + file}, p.Requests())
			require.Contains(t, p.Text(), "certifies nothing")
			p.Click(`details.check.fail > summary`)
			p.Sound()
			p.Shot("conformance-open-" + name)
			require.Empty(t, p.Console())
		})
	}
}
