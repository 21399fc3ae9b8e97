package casefw

import (
	"context"
	"io"
)

// writeBlock is how much text is gathered before it is written.
const writeBlock = 64 << 10

// WriteJSON writes the framework as a CFPackage, record by record: with a writer
// that goes somewhere it needs no more memory than one block. Members come in the
// order of the standard. ctx is asked before each block.
//
// [AsSent] gives the JSON value that was read, but for a wrapper around the
// package and for names that stood twice; both were reported in reading.
func (f *Framework) WriteJSON(ctx context.Context, w io.Writer, form Form) error {
	o := output{ctx: ctx, w: w, e: encoder{form: form, inside: true}}
	o.framework(f)
	o.flush(1)
	return o.err
}

// WriteVersion writes the framework in the form [Standard] as a version has it: for 1.0
// each record as [Downgrade] makes it, without the associations that 1.0 cannot say
// ([CFAssociation.BeyondCASE]). It writes as [Framework.WriteJSON] does.
func (f *Framework) WriteVersion(ctx context.Context, w io.Writer, v Version) error {
	o := output{ctx: ctx, w: w, e: encoder{form: Standard, inside: true, old: v == V1p0}}
	o.framework(f)
	o.flush(1)
	return o.err
}

// output gathers text and writes it in blocks. After an error it does nothing.
type output struct {
	ctx context.Context
	w   io.Writer
	e   encoder
	b   []byte
	// written is how much was handed on.
	written int
	err     error
}

// flush writes what was gathered where it is at least n bytes.
func (o *output) flush(n int) {
	if o.err != nil || len(o.b) < n {
		return
	}
	if o.err = o.ctx.Err(); o.err == nil {
		_, o.err = o.w.Write(o.b)
	}
	o.written += len(o.b)
	o.b = o.b[:0]
}

// framework writes the members of the package: the two long lists by record, the
// rest as the encoder does.
func (o *output) framework(f *Framework) {
	o.b = append(o.b, '{')
	p := &f.head.CFPackage
	written := uint32(0)
	for i := range packageClass.members {
		m, before := &packageClass.members[i], o.written+len(o.b)
		switch m.of {
		case itemClass:
			o.list(f, m, p, f.Len(), func(i int) any { return (Item{f, int32(i)}).Record() })
		case associationClass:
			o.list(f, m, p, f.LenAssociations(), func(i int) any { return (Association{f, int32(i)}).Record() })
		default:
			o.b = o.e.member(o.b, o.start(), m, packageClass, p, &p.Members)
		}
		if o.written+len(o.b) > before {
			written |= 1 << i
		}
	}
	o.b = append(o.e.extras(o.b, o.start(), packageClass, &p.Members, written), '}')
}

// start is what appendName takes for the beginning of the object: the brace, or
// nothing where something was written already.
func (o *output) start() int {
	if len(o.b) > 0 && o.b[len(o.b)-1] == '{' && len(o.b) == 1 {
		return 1
	}
	return -1
}

// list writes the records of a list, with what stood between them where they are
// written as sent.
func (o *output) list(f *Framework, m *member, p *CFPackage, n int, record func(i int) any) {
	there := f.head.lists[m.of]
	name, sent, repaired := sentFor(m, packageClass, &p.Members)
	switch {
	case !there && n == 0 && repaired && o.e.form == AsSent && sent != nil:
		o.b = append(appendName(o.b, o.start(), name), sent...)
		return
	case !there && n == 0:
		return
	}
	name = m.name
	if spelt, other := f.head.names[m.name]; other && o.e.form == AsSent {
		name = spelt
	}
	o.b = append(appendName(o.b, o.start(), name), '[')
	strays := f.head.strays[m.of]
	if o.e.form != AsSent {
		strays = nil
	}
	place := 0
	for i := 0; (i < n || len(strays) > 0) && o.err == nil; {
		if len(strays) > 0 && (strays[0].at == place || i == n) {
			o.b = append(o.element(place), strays[0].raw...)
			strays = strays[1:]
			place++
			continue
		}
		if rec := record(i); o.e.sayable(rec) {
			o.b = o.e.record(o.element(place), m.of, rec)
			place++
		}
		i++
		o.flush(writeBlock)
	}
	o.b = append(o.b, ']')
}

// element begins the element at a place of a list.
func (o *output) element(place int) []byte {
	if place > 0 {
		return append(o.b, ',')
	}
	return o.b
}
