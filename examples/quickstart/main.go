// Command quickstart is the life of a badge in one minute: a school makes a key,
// issues a badge and bakes it into a PNG and an SVG; somebody reads the PNG back
// and verifies it; somebody else changes one byte and is found out.
//
//	go run ./examples/quickstart [-out DIR]
//
// Nothing is fetched, and nothing is written but the files that -out keeps. Read
// run first, then the five steps in steps.go; badge.go describes the badge, and
// artwork.go draws it.
package main

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/laurel-edu/laurel/ob/bake"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

func main() {
	var o options
	flag.StringVar(&o.out, "out", "", "keep the files in `DIR`")
	flag.Parse()
	if err := run(context.Background(), os.Stdout, o); err != nil {
		fmt.Fprintln(os.Stderr, "quickstart:", err)
		os.Exit(1)
	}
}

// options are what a test sets to get the same output every time; the zero value
// makes a new key and takes the present.
type options struct {
	out   string
	key   ed25519.PrivateKey
	now   func() time.Time
	newID func() vc.IRI
}

func run(ctx context.Context, w io.Writer, o options) error {
	school, err := newIssuer(o.key)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "1. A key for the school\n   %s\n\n", school.id)

	signed, err := award(ctx, describe(o, school.id), school, o.now)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "2. A badge with a CASE alignment, a result and evidence, signed\n   %d bytes of JSON\n\n", len(signed))

	pngImage, err := bake.Bake(drawPNG(), signed, bake.OpenBadge3, bake.BakeOptions{})
	if err != nil {
		return err
	}
	svgImage, err := bake.Bake(drawSVG(), signed, bake.OpenBadge3, bake.BakeOptions{})
	if err != nil {
		return err
	}
	fmt.Fprint(w, "3. Baked into a PNG and an SVG\n\n")

	fmt.Fprint(w, "4. Read back from the PNG and verified\n\n")
	var report bytes.Buffer
	if err := receive(ctx, io.MultiWriter(w, &report), pngImage, verify.Config{Now: o.now}); err != nil {
		return err
	}

	fmt.Fprint(w, "\n5. One byte changed: the result 87 is now 97\n\n")
	changed := bytes.Replace(signed, []byte(`"value":"87"`), []byte(`"value":"97"`), 1)
	if err := refuse(ctx, w, changed, verify.Config{Now: o.now}); err != nil {
		return err
	}
	return o.keep(w, map[string][]byte{
		"badge.json": signed, "badge.png": pngImage, "badge.svg": svgImage, "changed.json": changed, "report.txt": report.Bytes(),
	})
}

// keep writes the files that -out asks for.
func (o *options) keep(w io.Writer, files map[string][]byte) error {
	if o.out == "" {
		return nil
	}
	if err := os.MkdirAll(o.out, 0o755); err != nil {
		return err
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(o.out, name), content, 0o644); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(w, "\nThe files are in %s. Now try: go run ./examples/verify %s\n", o.out, filepath.Join(o.out, "badge.svg"))
	return err
}
