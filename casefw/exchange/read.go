package exchange

import (
	"bytes"
	"context"
	"crypto/sha256"
	"hash"
	"io"
	"strconv"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/vc"
)

// ReadItems reads a framework from one table of items; see [Read].
func ReadItems(ctx context.Context, items io.Reader, o Options) (*casefw.CFPackage, *Report, error) {
	return Read(ctx, Tables{Items: items}, o)
}

// Read reads a framework from the tables of the spreadsheet form. Lines that
// cannot be taken as they stand are repaired and noted; the report is never nil.
//
// The error is a [*vc.Problem] with code and place where there is no framework: the
// text is not CSV or not UTF-8, a limit was met, or no column holds statements.
// It is another error where the reader or ctx failed. The package belongs to the
// caller; [casefw.NewFramework] indexes it.
func Read(ctx context.Context, in Tables, o Options) (*casefw.CFPackage, *Report, error) {
	report := newReport(o.MaxFindings)
	if in.Items == nil {
		p := words.Problem(CodeBadOptions, "", "no table of items")
		p.Fix = "set Tables.Items"
		return nil, report, p
	}
	o = o.withDefaults()
	r := &reader{o: &o, report: report, sum: sha256.New(), now: vc.NewDateTime(o.Now().UTC().Truncate(1e9)), extended: map[string]int{}}
	r.document = o.Document
	r.document.Extensions = bytes.Clone(o.Document.Extensions) // lines are added to them
	steps := []struct {
		name Table
		src  io.Reader
		read func(*table) error
	}{
		{Document, in.Document, r.readDocument},
		{Items, in.Items, r.readItems},
		{Associations, in.Associations, r.readAssociations},
		{Rubrics, in.Rubrics, r.readRubrics},
		{Definitions, in.Definitions, r.readDefinitions},
	}
	for _, s := range steps {
		if s.src == nil {
			continue
		}
		t, err := openTable(ctx, s.name, s.src, &o, report, r.sum, &r.read)
		if err != nil {
			return nil, report, err
		}
		if err := s.read(t); err != nil {
			return nil, report, err
		}
	}
	return r.finish(), report, nil
}

// reader gathers the lines of the tables; finish makes the package of them, for
// references can only be followed when all lines are known.
type reader struct {
	o         *Options
	report    *Report
	sum       hash.Hash // of all tables, the last resort for an identifier
	now       vc.DateTime
	document  casefw.CFDocument
	extended  map[string]int    // extensions of the document that a table gave; see extensionsBeside
	license   *casefw.CFLicense // of the document
	items     []*itemLine
	levels    bool // the table has smartLevel
	explicit  bool // an empty parent cell means the top
	numbered  bool // the table has numbers for the order
	sequenced bool // a column of its own has them
	links     []*linkLine
	rubrics   []*rubricLine
	defined   []*definitionLine
	docKept   *kept // of the document
	paid      int64 // what the lines cost
	read      int64 // how many bytes were read
}

// reference is an identifier, code or URL of another item, and where it stood.
type reference struct {
	text   string
	header string
	at     Place
}

// toHeader reads lines until the one that names columns. A line "#title,…" above it
// goes to about.
func (t *table) toHeader(known map[string]field, about func(*row, string) error) error {
	for {
		ok, err := t.next()
		if err != nil {
			return err
		}
		if !ok {
			t.line = 0
			return t.fatal(t.place(), CodeNoHeader, "")
		}
		first := t.cells[0]
		if len(first) > 1 && first[0] == '#' && about != nil {
			if err := about(&row{t: t, cells: map[field]int{}}, first[1:]); err != nil {
				return err
			}
			continue
		}
		if !t.looksLikeHeader(known) {
			p := t.fatal(t.place(), CodeNoHeader, vc.Quote(first)+" in the first column")
			p.Message = "no column of the first line has a name that is known"
			return p
		}
		return t.readHeader(known)
	}
}

// each calls take for each line below the header.
func (t *table) each(take func(*row) error) error {
	for {
		ok, err := t.next()
		if err != nil || !ok {
			return err
		}
		if err := take(t.row()); err != nil {
			return err
		}
	}
}

// finish makes the package.
func (r *reader) finish() *casefw.CFPackage {
	if len(r.items) == 0 {
		r.report.note(Place{Table: Items}, CodeEmptyTable, "", "")
	}
	b := &builder{reader: r, p: &casefw.CFPackage{CFDocument: &r.document}, m: minter{base: r.o.Base},
		licenses: map[string]int{}, groupings: map[string]int{}}
	b.finishDocument()
	b.addDefinitions()
	b.addDocumentLicense()
	b.readLevels()
	b.addItems()
	b.addLinkLines()
	b.addTree()
	b.addLinks()
	b.addRubrics()
	b.finishLists()
	return b.p
}

func decimal(i int) string { return strconv.Itoa(i) }

// What becomes of a line besides its text, in bytes.
const (
	itemCost     = 2400 // an item, its link of the tree, and their places in indexes
	linkCost     = 1200 // an association with two ends
	linkLineCost = 2200 // the line of one
	lineCost     = 1000 // another record
	listCost     = 64   // a value of a list
	// A byte of extensions is written, copied and read again.
	extensionCost = 4

	keptCost = 3200 // reading the column of what cells cannot hold
)

// pay counts what a line costs: what is built is bounded, not only what is read.
func (r *reader) pay(t *table, bytes int) error {
	r.paid += int64(bytes)
	most := r.o.MaxMemory
	if most <= 0 {
		most = 13<<20 + 7*r.read
	}
	if r.paid > most {
		return t.tooLarge(t.place(), "lines that need more than %d bytes of memory", most)
	}
	return nil
}

// keptCost is what the column of what cells cannot hold costs.
func (r *row) keptCost() int {
	if !r.has(fieldJSON) {
		return 0
	}
	return keptCost
}
