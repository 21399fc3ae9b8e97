package rdf

// Hash is the digest that canonicalisation uses inside and [Canonical.Sum] gives.
// The zero Hash is SHA-256, the default of RDFC-1.0.
type Hash uint8

// The digests that cryptosuites use with RDFC-1.0.
const (
	SHA256 Hash = iota
	SHA384      // ecdsa-rdfc-2019 with P-384
)

// Size is the length of a digest in bytes.
func (h Hash) Size() int {
	if h == SHA384 {
		return 48
	}
	return 32
}

// Defaults of [Options], [Dataset] and [Limits]. A badge has some tens of statements and
// nodes; a comprehensive learner record of a whole career needs
// [RecordMaxNodes], which the caller must ask for.
const (
	DefaultMaxQuads = 1_000_000
	DefaultMaxNodes = 5_000
	RecordMaxNodes  = 200_000
	DefaultMaxBytes = 64 << 20

	// DefaultWork and DefaultWorkPerMention make the default of Options.MaxWork:
	// a constant that every real document stays far below and that is spent in
	// some tens of milliseconds, and a part that grows with the dataset so that
	// wide ones, in which each node costs little, pass whatever their size.
	DefaultWork           = 1 << 17
	DefaultWorkPerMention = 8
)

// largest bound on bytes: offsets in the text are 32 bits wide.
const maxTextBytes = 1 << 31

// Options are the settings of [Canonicalize]. The zero Options are RDFC-1.0 with
// SHA-256 and the default limits. A limit of zero or less is the default.
type Options struct {
	Hash Hash

	// MaxWork bounds the telling apart of nodes that look alike. One unit is
	// one step of it: a node visited, a mention of it looked at, a name added to
	// a path, or some bytes copied or hashed for these. A dataset whose nodes
	// all differ by their own statements spends none. The default is
	// DefaultWork plus DefaultWorkPerMention for each place where a statement
	// names a blank node.
	MaxWork int

	MaxNodes int // blank nodes made for the dataset
	MaxQuads int // statements, repetitions included

	// Legacy escapes literals as URDNA2015 was deployed before RDFC-1.0: only
	// backslash, quotation mark, line feed and carriage return are escaped. The
	// two forms differ for literals that hold other control characters.
	Legacy bool

	// UTF16 sorts by UTF-16 code units, as implementations in JavaScript and Java
	// do, where RDFC-1.0 has code points. The two forms can differ where a
	// character beyond U+FFFF meets one from U+E000 to U+FFFF.
	UTF16 bool
}

func (o Options) withDefaults() Options {
	o.MaxNodes = orDefault(o.MaxNodes, DefaultMaxNodes)
	o.MaxQuads = orDefault(o.MaxQuads, DefaultMaxQuads)
	return o
}

func orDefault(limit, standard int) int {
	if limit <= 0 {
		return standard
	}
	return limit
}
