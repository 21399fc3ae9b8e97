package casefw

import (
	"context"
	"errors"
	"io"

	"github.com/laurel-edu/laurel/internal/casescan"
)

// Load reads a CFPackage of any size from a stream into a [Framework]. It reads
// as tolerantly as [Parse] and needs, besides the framework itself, a window of
// about a megabyte and of the longest record.
//
// The report is never nil. An error means that there is no framework: a
// [*vc.Problem] where the text is not one (it stands in the report too; a stream
// that was cut off is one, with the place and what had been read by then), else
// the error of the reader or of ctx. ctx is asked each time the reader is.
func Load(ctx context.Context, r io.Reader, o Options) (*Framework, *Report, error) {
	return load(casescan.Open(ctx, r, o.window()), o)
}

// LoadBytes is [Load] for a text that is in memory. The framework does not refer
// to it afterwards.
func LoadBytes(text []byte, o Options) (*Framework, *Report, error) {
	return load(casescan.Over(text, o.window()), o)
}

func load(w *casescan.Window, o Options) (*Framework, *Report, error) {
	l := newLoader(w, o)
	l.build = newBuilder()
	limits := o.limits(o.record())
	l.readers = map[*class]*reader{
		itemClass:        newReader(l.build, &l.k, &l.build.items, limits),
		associationClass: newReader(l.build, &l.k, &l.build.links, limits),
	}
	if err := l.run(); err != nil {
		return nil, l.report, err
	}
	if l.build.texts.Full {
		return nil, l.report, l.report.fatal(words.Problem(CodeTooLarge, "", "texts of more than 2 GiB"))
	}
	return newFramework(l.build.finish(), &l.head), l.report, nil
}

// ValidateStream is [Validate] for a CFPackage of any size: it holds one record
// at a time. An error is one of the reader or of ctx; what is wrong with the text
// stands in the report.
func ValidateStream(ctx context.Context, r io.Reader, version Version, o Options) (*Report, error) {
	l := newLoader(casescan.Open(ctx, r, o.window()), o)
	l.strict, l.k.lenient, l.k.version, l.k.newer = true, false, known(version), nil
	err := l.run()
	var broken *casescan.ReadError
	if errors.As(err, &broken) {
		return l.report, err
	}
	return l.report, nil
}
