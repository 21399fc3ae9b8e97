package verify

import (
	"runtime"
	"time"

	"github.com/laurel-edu/laurel/vc"
)

// Limits bounds the work for one document. Zero has the default. A document beyond a
// limit is refused with a code that names it, never cut.
type Limits struct {
	// Parse bounds the reading of the document.
	Parse vc.ParseConfig
	// MaxWork, MaxQuads and MaxNodes bound canonicalisation, in units of its search,
	// statements and nodes without an id.
	MaxWork, MaxQuads, MaxNodes int
	// MaxFetches bounds the requests of one verification, embedded credentials
	// included, 8 by default, so that one document cannot make many requests; negative
	// for none. Calls of Resolver count too, and what a trust pack answers does not.
	// Where the outer credential is not authentic at most eight are made, for keys alone.
	MaxFetches int
	// MaxNested bounds the embedded credentials of one document, at all depths, and
	// MaxNestedDepth how deep they stand in one another: 10,000 and 8 by default,
	// negative for none.
	MaxNested, MaxNestedDepth int
	// Parallel is how many embedded credentials are verified at the same time, the
	// number of processors by default. The report does not depend on it.
	Parallel int
	// Timeout bounds one verification as a whole, a minute by default, negative for
	// no end: a record of many slow issuers must not hold its reader. What was found out
	// by then is in the report.
	Timeout time.Duration
}

const (
	defaultMaxFetches     = 8
	defaultMaxNested      = 10_000
	defaultMaxNestedDepth = 8
	defaultTimeout        = time.Minute
)

func (l Limits) withDefaults() Limits {
	if l.Timeout == 0 {
		l.Timeout = defaultTimeout
	}
	if l.Parallel <= 0 {
		l.Parallel = runtime.GOMAXPROCS(0)
	}
	l.MaxFetches = orDefault(l.MaxFetches, defaultMaxFetches)
	l.MaxNested = orDefault(l.MaxNested, defaultMaxNested)
	l.MaxNestedDepth = orDefault(l.MaxNestedDepth, defaultMaxNestedDepth)
	return l
}

// orDefault is how many of something there may be: none where n is negative.
func orDefault(n, otherwise int) int {
	if n == 0 {
		return otherwise
	}
	return max(n, 0)
}
