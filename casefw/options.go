package casefw

import (
	"github.com/laurel-edu/laurel/internal/casescan"
	"github.com/laurel-edu/laurel/internal/jsonx"
)

// Options bounds and steers reading. The zero value is the safest: small limits,
// no version assumed. It may be copied and used concurrently.
type Options struct {
	// MaxBytes is the longest text: 64 MiB by default for [Parse] and [Validate],
	// which hold the text whole, 4 GiB for [Load], which does not.
	MaxBytes int64
	// MaxRecord is the longest single record of a stream, 16 MiB by default:
	// what [Load] holds at a time besides the framework. Real records stay below
	// 100 KiB; the definitions of a package are read record by record too.
	MaxRecord int
	// MaxDepth is the deepest nesting of one record, 64 by default. The standard
	// itself needs 9; the rest is for extensions.
	MaxDepth int
	// MaxObjects is how many objects plain structs are made of: all of a text that [Parse]
	// reads, definitions and rubrics of what [Load] does. By default 10,000 and one for
	// each 64 bytes of text, which no real object is shorter than: an empty one of two
	// bytes becomes a struct of several hundred.
	MaxObjects int
	// MaxFindings is how many findings of each code a report keeps, 1,000 by
	// default, all of them where negative. All are counted in any case.
	MaxFindings int
	// Version is what the caller knows of the document's version, from the URL
	// that it came from. Unknown by default: the document tells.
	Version Version
	// Selection says that the caller asked for some fields only, so that required
	// members may be missing (REST/JSON binding, field selection).
	Selection bool
	// Advise reports what the implementation guide advises besides, as
	// [vc.SeverityAdvice].
	Advise bool
}

const (
	defaultText   = 64 << 20
	defaultStream = 4 << 30
	defaultRecord = 16 << 20
	defaultDepth  = 64
)

func (o Options) text() int {
	if o.MaxBytes > 0 {
		return int(min(o.MaxBytes, 1<<31-1))
	}
	return defaultText
}

func (o Options) stream() int64 {
	if o.MaxBytes > 0 {
		return o.MaxBytes
	}
	return defaultStream
}

func (o Options) record() int {
	if o.MaxRecord > 0 {
		return min(o.MaxRecord, 1<<30)
	}
	return defaultRecord
}

func (o Options) depth() int {
	if o.MaxDepth > 0 {
		return min(o.MaxDepth, 10_000)
	}
	return defaultDepth
}

// objects is how many objects a text of so many bytes may hold.
func (o Options) objects(bytes int) int {
	if o.MaxObjects > 0 {
		return o.MaxObjects
	}
	return 10_000 + bytes/64
}

func (o Options) window() casescan.Limits {
	return casescan.Limits{Text: o.stream(), Value: o.record()}
}

func (o Options) limits(bytes int) jsonx.Limits { return jsonx.Limits{Bytes: bytes, Depth: o.depth()} }
