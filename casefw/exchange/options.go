package exchange

import (
	"io"
	"time"

	"github.com/laurel-edu/laurel/casefw"
)

// Tables are the texts to read. All but Items may be nil.
type Tables struct {
	Document     io.Reader // one line of values under the header
	Items        io.Reader
	Associations io.Reader
	Rubrics      io.Reader
	Definitions  io.Reader // concepts, subjects, licences, item types, groupings
}

// Options steers reading. The zero value has the limits that the fields name and
// makes uris of the form urn:uuid.
type Options struct {
	// Document is what the caller knows of the framework; what a table says of
	// it wins. Identifier, Title and Creator are worth giving: without an
	// identifier one is made of title and creator, else of the bytes of the
	// tables.
	Document casefw.CFDocument
	// Base is the URL of the CASE service that will serve the framework, such as
	// https://case.example.org/ims/case/v1p1. The uris of what is made begin
	// with it.
	Base string
	// Now gives the lastChangeDateTime where a table has none; time.Now if nil.
	Now func() time.Time
	// Separator between cells; 0 finds out which of comma, semicolon and tab the
	// header uses.
	Separator rune
	// NoCodeParents leaves an item for which the table names no parent at the
	// top, although its dotted code ("M.F.1") has the code of another before it.
	NoCodeParents bool

	// MaxBytes is the longest table, 64 MiB by default: the largest published
	// frameworks need 5.
	MaxBytes int64
	// MaxRows is the most lines of a table, 200,000 by default.
	MaxRows int
	// MaxColumns is the most columns, 500 by default.
	MaxColumns int
	// MaxCell is the longest cell in bytes, 256 KiB by default; the guide advises
	// 4,096 characters for the longest statement.
	MaxCell int
	// MaxMemory is how much may be built of the tables, in bytes: 13 MiB and seven
	// for each byte read by default, which no table of real statements meets. A line of two
	// bytes becomes an item of some thousand.
	MaxMemory int64
	// MaxFindings is how many findings of each code a report keeps, 1,000 by
	// default, all where negative. Beyond 1 MiB in all they
	// are only counted, but where it is negative.
	MaxFindings int
}

const defaultCell = 256 << 10

func (o Options) withDefaults() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	o.MaxBytes = orDefault(o.MaxBytes, 64<<20)
	o.MaxRows = orDefault(o.MaxRows, 200_000)
	o.MaxColumns = orDefault(o.MaxColumns, 500)
	o.MaxCell = orDefault(o.MaxCell, defaultCell)
	return o
}

func orDefault[N int | int64](n, otherwise N) N {
	if n <= 0 {
		return otherwise
	}
	return n
}
