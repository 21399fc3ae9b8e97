package verify

import (
	"math/bits"
	"strconv"

	"github.com/laurel-edu/laurel/internal/reading"
)

// The guards of one reading, for the test that switches each of them off and wants
// to see something get through.

var guardNames = [...]string{"alike", "adds", "otherwise", "lacks", "references", "entries", "copies", "IRIs", "aliases", "keywords", "names", "blank", "arrays", "nulls", "repeats", "prefixes"}

// GuardNames names the guards, by their bits from the lowest.
func GuardNames() []string {
	names := make([]string, bits.OnesCount32(uint32(reading.AllGuards)))
	for i := range names {
		names[i] = "guard " + strconv.Itoa(i)
		if i < len(guardNames) {
			names[i] = guardNames[i]
		}
	}
	return names
}

// SetOff switches guards off.
func SetOff(v *Verifier, mask uint64) { v.config.guardsOff = uint32(mask) }
