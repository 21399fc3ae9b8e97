package bake

import (
	"slices"

	"github.com/laurel-edu/laurel/vc"
)

// Kind says which specification a baked credential follows, and so under which
// PNG keyword and in which SVG element it stands. The zero Kind is "not said":
// [Bake] infers it from the credential, [Extract] takes the one it finds.
type Kind uint8

// The kinds of baked credential.
const (
	// OpenBadge3 is an OpenBadgeCredential (AchievementCredential), OB 3.0.
	OpenBadge3 Kind = iota + 1
	// CLR2 is a ClrCredential, CLR 2.0.
	CLR2
	// OpenBadge2 is an Assertion, OB 2.0 and OB 2.1.
	OpenBadge2

	kinds = 4 // for tables indexed by Kind
)

// place is where a kind of credential stands in an image.
type place struct {
	name      string
	keyword   string // of the PNG text chunk
	namespace string // of the SVG element
	element   string // local name of the SVG element
	prefix    string // preferred when the SVG has none for the namespace
}

// The names of CLR 2.0 are those of the 1EdTech validator: CLR 2.0 bakes "as Open
// Badges do" and gives none itself.
var places = [kinds]place{
	{name: "unknown kind"},
	{"Open Badges 3.0", "openbadgecredential", "https://purl.imsglobal.org/ob/v3p0", "credential", "openbadges"},
	{"CLR 2.0", "clrcredential", "https://purl.imsglobal.org/clr/v2p0", "credential", "clr"},
	{"Open Badges 2.0", "openbadges", "http://openbadges.org", "assertion", "openbadges"},
}

// String names the specification.
func (k Kind) String() string {
	if k >= kinds {
		k = 0
	}
	return places[k].name
}

func (k Kind) place() *place { return &places[k] }

// kindOfKeyword finds the kind whose PNG keyword begins data, followed by the
// NUL that ends a keyword.
func kindOfKeyword(data []byte) (k Kind, rest []byte) {
	for k := OpenBadge3; k < kinds; k++ {
		word := places[k].keyword
		if len(data) > len(word) && data[len(word)] == 0 && string(data[:len(word)]) == word {
			return k, data[len(word)+1:]
		}
	}
	return 0, nil
}

// kindOfNamespace finds the kind whose SVG element stands in the namespace.
func kindOfNamespace(uri []byte) Kind {
	for k := OpenBadge3; k < kinds; k++ {
		if string(uri) == places[k].namespace {
			return k
		}
	}
	return 0
}

// isPlace reports whether a kind of credential stands in elements of that name.
func isPlace(element string) bool {
	return slices.ContainsFunc(places[OpenBadge3:], func(p place) bool { return p.element == element })
}

// census counts the credentials of an image by kind.
type census [kinds]int

// of counts the credentials of a kind, of all for 0.
func (c *census) of(k Kind) int {
	if k != 0 {
		return c[k]
	}
	return c.total()
}

func (c *census) total() (n int) {
	for _, some := range c {
		n += some
	}
	return n
}

// first is the first kind of which there are some, 0 where there are none.
func (c *census) first() Kind {
	for k := OpenBadge3; k < kinds; k++ {
		if c[k] > 0 {
			return k
		}
	}
	return 0
}

// pick chooses which kind is read: the wanted one, or the only one there.
func (c *census) pick(want Kind) (Kind, error) {
	if want != 0 {
		if c[want] == 0 {
			p := problem(CodeNoCredential, "none of %s", want)
			p.Expected = want.String()
			return 0, p
		}
		return want, nil
	}
	for k := OpenBadge3; k < kinds; k++ {
		if c[k] == 0 {
			continue
		}
		if want != 0 {
			return 0, problem(CodeSeveralKinds, "%s and %s", want, k)
		}
		want = k
	}
	if want == 0 {
		return 0, problem(CodeNoCredential, "")
	}
	return want, nil
}

// checkKind refuses a Kind that is none of the constants: a mistake of the caller.
func checkKind(k Kind) error {
	if k < kinds {
		return nil
	}
	return &vc.Problem{Code: CodeUnknownKind, Message: "the Kind asked for is none that this package knows",
		Fix: "Use bake.OpenBadge3, bake.CLR2 or bake.OpenBadge2."}
}
