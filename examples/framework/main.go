// Command framework shows competency frameworks to people: it reads CFPackages of CASE 1.0 or
// 1.1 and writes one HTML page with their trees, the links between them, their rubrics, and
// an index of their words. The page needs no script, no other file and no network.
//
//	go run ./examples/framework FILE.json... > page.html
//	go run ./examples/framework -out page.html FILE.json...
//	go run ./examples/framework > sample.html
//
// A file named - is standard input. Links between the frameworks of one page are followed on
// it, those that a crosswalk makes too; what is elsewhere is shown with its address. Without
// a file two small frameworks are shown that come with it. What the reader repaired, and what
// a framework has that good ones do not, goes to standard error.
//
// Read run first, then view.go, which says what there is to show, and page.html, which shows
// it. Statements are other people's text: they come into the page through html/template, and
// through show.Markup where they may have Markdown and HTML.
package main

import (
	"bytes"
	"context"
	_ "embed"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/laurel-edu/laurel/casefw"
)

//go:embed sample.json
var sample []byte

//go:embed sample-trade.json
var sampleTrade []byte

func main() {
	out := flag.String("out", "", "write the page to `FILE` instead of standard output")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: framework [-out FILE] [FILE.json | -]...")
		flag.PrintDefaults()
	}
	flag.Parse()
	if err := command(context.Background(), flag.Args(), *out); err != nil {
		fmt.Fprintln(os.Stderr, "framework:", err)
		os.Exit(1)
	}
}

// command opens what is read and written.
func command(ctx context.Context, names []string, out string) error {
	sources := []io.Reader{bytes.NewReader(sample), bytes.NewReader(sampleTrade)}
	if len(names) > 0 {
		sources = nil
	}
	for _, name := range names {
		if name == "-" {
			sources = append(sources, os.Stdin)
			continue
		}
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		sources = append(sources, f)
	}
	if out == "" {
		return run(ctx, sources, os.Stdout, os.Stderr)
	}
	f, err := os.Create(out)
	if err != nil {
		return err
	}
	if err := run(ctx, sources, f, os.Stderr); err != nil {
		return fmt.Errorf("%w (%s is not whole)", err, out)
	}
	return f.Close()
}

// run is the whole program: read, report, write.
func run(ctx context.Context, sources []io.Reader, page, log io.Writer) error {
	var all []*casefw.Framework
	for _, source := range sources {
		f, repairs, err := casefw.Load(ctx, source, casefw.Options{})
		if err != nil {
			return err
		}
		report(log, f, repairs)
		all = append(all, f)
	}
	return write(page, newView(all))
}
