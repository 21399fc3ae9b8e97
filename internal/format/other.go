package format

// Other says which documents that are no credentials are read all the same, by the package
// that knows them. The zero value is none.
type Other uint8

// What packages know.
const (
	NoOther    Other = iota
	OtherOB2         // documents of Open Badges 2
	OtherCLR1        // records of CLR 1.0
	OtherOfAny       // whatever is JSON
)

// Takes reports whether documents of a kind are read.
func (o Other) Takes(k Kind) bool {
	switch o {
	case OtherOB2:
		return k.OpenBadges2()
	case OtherCLR1:
		return k == CLR1
	}
	return o == OtherOfAny
}
