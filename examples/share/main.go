// Command share shows how a learner hands over a part of what she holds, and what whoever asked
// makes of it. A university has given Ada a credential for each of her courses, of which a part
// can be shown; an employer gave her one that is shown whole or not at all. A clinic asks for
// her qualifications. She chooses, sees exactly what the clinic will learn before anything is
// signed, and signs; the clinic verifies, and tries what it could do with it besides.
//
//	go run ./examples/share
//	go run ./examples/share -share 1,3 -only credits
//	go run ./examples/share -hide grades,narrative -anyway
//	go run ./examples/share -record "For the harbour clinic" -by vc+sd-jwt -every
//
// Keys are made on the spot, and nothing leaves the process.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc/issue"
	"github.com/laurel-edu/laurel/vc/present"
)

func main() {
	err := run(context.Background(), os.Args[1:], os.Stdout, time.Now)
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "share:", err)
		os.Exit(1)
	}
}

// options are what the learner says on the command line.
type options struct {
	share  []int          // which of what she holds, from 1
	choice present.Choice // what of each
	record string         // the name of a record of her own, "" for none
	by     issue.Form     // how the university secures what it issues
	every  bool           // print every value that is learned
}

func parse(args []string, w io.Writer) (*options, error) {
	flags := flag.NewFlagSet("share", flag.ContinueOnError)
	flags.SetOutput(w)
	share := flags.String("share", "1,2,4", "which of the credentials are shared")
	hide := flags.String("hide", "grades,evidence", "parts that are not shown, by the names below or as Class.member")
	only := flags.String("only", "", "parts that alone are shown, besides what always is")
	record := flags.String("record", "", "put them into one record of her own, of this name")
	by := flags.String("by", dataintegrity.EcdsaSd2023, "how the university lets a part be shown: ecdsa-sd-2023 or vc+sd-jwt")
	anyway := flags.Bool("anyway", false, "share what was to be hidden where it cannot be")
	every := flags.Bool("every", false, "print every value that is learned, signatures and all")
	flags.Usage = func() {
		flags.PrintDefaults()
		fmt.Fprintln(w, "parts:", present.Parts())
	}
	if err := flags.Parse(args); err != nil {
		return nil, err
	}
	o := &options{record: *record, by: issue.Form(*by), every: *every,
		choice: present.Choice{Hide: parts(*hide), Only: parts(*only), Anyway: *anyway}}
	for number := range strings.SplitSeq(*share, ",") {
		n, err := strconv.Atoi(number)
		if err != nil {
			return nil, fmt.Errorf("-share %s: a number belongs there, not %q", *share, number)
		}
		o.share = append(o.share, n)
	}
	return o, nil
}

func parts(list string) (all []present.Part) {
	for name := range strings.SplitSeq(list, ",") {
		if name != "" {
			all = append(all, present.Part(name))
		}
	}
	return all
}

func run(ctx context.Context, args []string, w io.Writer, now func() time.Time) error {
	o, err := parse(args, w)
	if err != nil {
		return err
	}
	p, err := newPeople(now)
	if err != nil {
		return err
	}
	wallet, err := p.issueAll(ctx, o.by)
	if err != nil {
		return err
	}
	ask := present.Options{Challenge: "drawn at random for this one answer", Domain: "clinic.example"}
	made, err := p.handOver(ctx, w, wallet, o, ask)
	if err != nil {
		return err
	}
	return p.receive(ctx, w, made.Bytes(), ask)
}
