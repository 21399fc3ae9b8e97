package caseapi

import (
	"context"
	"io"

	"github.com/laurel-edu/laurel/casefw"
)

// writePackage1p0 writes a framework as a package of 1.0, record by record.
func writePackage1p0(ctx context.Context, w io.Writer, f *casefw.Framework) error {
	o := &packageWriter{ctx: ctx, w: w, b: []byte{'{'}}
	if d := f.Document(); d != nil {
		inside := *d
		inside.CFPackageURI = nil
		o.member("CFDocument")
		write(o, &inside)
	}
	o.items(f)
	o.associations(f)
	if d := f.Definitions(); d != nil {
		o.member("CFDefinitions")
		write(o, d)
	}
	o.rubrics(f.Rubrics())
	o.b = append(o.b, '}')
	o.flush(1)
	return o.err
}

// packageWriter gathers text and writes it in blocks. After an error it does nothing.
type packageWriter struct {
	ctx   context.Context
	w     io.Writer
	b     []byte
	some  bool // a member was written
	comma bool // an element of the list was written
	err   error
}

const packageBlock = 64 << 10

func (o *packageWriter) flush(n int) {
	if o.err != nil || len(o.b) < n {
		return
	}
	if o.err = o.ctx.Err(); o.err == nil {
		_, o.err = o.w.Write(o.b)
	}
	o.b = o.b[:0]
}

// write appends a record that the framework shares.
func write[R casefw.Resource](o *packageWriter, rec *R) {
	old, err := to1p0(rec)
	if err != nil {
		o.err = err
		return
	}
	o.b = casefw.Append(o.b, old, casefw.Standard)
}

func (o *packageWriter) member(name string) {
	if o.some {
		o.b = append(o.b, ',')
	}
	o.some = true
	o.b = append(append(append(o.b, '"'), name...), `":`...)
}

func (o *packageWriter) open(name string) {
	o.member(name)
	o.b = append(o.b, '[')
	o.comma = false
}

// element begins an element of a list.
func (o *packageWriter) element() {
	o.flush(packageBlock)
	if o.comma {
		o.b = append(o.b, ',')
	}
	o.comma = true
}

func (o *packageWriter) items(f *casefw.Framework) {
	if f.Len() == 0 {
		return
	}
	o.open("CFItems")
	for t := range f.Items() {
		if o.err != nil {
			return
		}
		old := t.Record()
		old.CFDocumentURI = nil
		casefw.Downgrade(old)
		o.element()
		o.b = casefw.Append(o.b, old, casefw.Standard)
	}
	o.b = append(o.b, ']')
}

func (o *packageWriter) associations(f *casefw.Framework) {
	if f.LenAssociations() == 0 {
		return
	}
	o.open("CFAssociations")
	for a := range f.Associations() {
		if o.err != nil {
			return
		}
		old := a.Record()
		if beyondCASE(*old) {
			continue
		}
		old.CFDocumentURI = nil
		casefw.Downgrade(old)
		o.element()
		o.b = casefw.Append(o.b, old, casefw.Standard)
	}
	o.b = append(o.b, ']')
}

func (o *packageWriter) rubrics(list []casefw.CFRubric) {
	if len(list) == 0 {
		return
	}
	o.open("CFRubrics")
	for i := range list {
		o.element()
		write(o, &list[i])
	}
	o.b = append(o.b, ']')
}
