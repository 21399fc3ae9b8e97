// Command framework shows a competency framework to people: it reads a CFPackage of
// CASE 1.0 or 1.1 and writes one HTML page with its tree, its links and an index
// of its words. The page needs no script, no other file and no network.
//
//	go run ./examples/framework FILE.json > tree.html
//	go run ./examples/framework -out tree.html < FILE.json -
//	go run ./examples/framework > sample.html
//
// Without a file it shows a small framework that comes with it. What the reader
// repaired, and what the framework has that good ones do not, goes to standard
// error.
//
// Read run first, then page.go, which walks the tree; statements are other
// people's text, so text.go is the only way for them into the page.
package main

import (
	"bufio"
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

func main() {
	out := flag.String("out", "", "write the page to `FILE` instead of standard output")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: framework [-out FILE] [FILE.json | -]")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() > 1 {
		flag.Usage()
		os.Exit(2)
	}
	if err := command(context.Background(), flag.Arg(0), *out); err != nil {
		fmt.Fprintln(os.Stderr, "framework:", err)
		os.Exit(1)
	}
}

// command opens what is read and written.
func command(ctx context.Context, in, out string) error {
	src, dst := io.Reader(bytes.NewReader(sample)), io.Writer(os.Stdout)
	switch in {
	case "":
	case "-":
		src = os.Stdin
	default:
		f, err := os.Open(in)
		if err != nil {
			return err
		}
		defer f.Close()
		src = f
	}
	if out == "" {
		return run(ctx, src, dst, os.Stderr)
	}
	f, err := os.Create(out)
	if err != nil {
		return err
	}
	if err := run(ctx, src, f, os.Stderr); err != nil {
		return fmt.Errorf("%w (%s is not whole)", err, out)
	}
	return f.Close()
}

// run is the whole program: read, report, write.
func run(ctx context.Context, in io.Reader, page, log io.Writer) error {
	f, repairs, err := casefw.Load(ctx, in, casefw.Options{})
	if err != nil {
		return err
	}
	report(log, f, repairs)
	w := bufio.NewWriter(page)
	newPage(w, f).write()
	return w.Flush()
}
