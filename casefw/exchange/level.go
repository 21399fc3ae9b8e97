package exchange

import (
	"strconv"
	"strings"

	"github.com/laurel-edu/laurel/vc"
)

// readLevels makes the levels findable. A spreadsheet takes 1.10 for a number and
// writes 1.1: such a level is the one after its neighbour's again. Levels that stand
// twice otherwise, or in another order than their lines, are noted.
func (b *builder) readLevels() {
	b.byLevel, b.again = map[string]int{}, map[string][]int{}
	if !b.levels {
		return
	}
	stands := make(map[string]int, len(b.items))
	for _, it := range b.items {
		stands[it.level]++
	}
	last := map[string]int64{} // the number of the line before, by the level above
	for n, it := range b.items {
		if it.level == "" {
			continue
		}
		cut := strings.LastIndexByte(it.level, '.')
		up := it.level[:max(cut, 0)]
		before, among := last[up]
		if full := fullLevel(it.level, before); among && stands[it.level] > 1 && full != "" && stands[full] == 0 {
			b.noteItem(it, CodeLevelShortened, "read as "+full).Found = vc.Quote(it.level)
			it.level = full
		}
		if number, err := strconv.ParseInt(it.level[cut+1:], 10, 64); err == nil {
			if among && number < before && !b.sequenced {
				b.noteItem(it, CodeLevelOrder, "").Found = vc.Quote(it.level)
			}
			last[up] = number
		}
		if _, twice := b.byLevel[it.level]; twice {
			b.noteItem(it, CodeLevelRepeated, "").Found = vc.Quote(it.level)
			b.again[it.level] = append(b.again[it.level], n)
		} else {
			b.byLevel[it.level] = n
		}
	}
}

// fullLevel is the level that a spreadsheet shortened to this one, where the line
// before has the number before, "" where it shortened none: 1.1 behind 1.9 was 1.10.
func fullLevel(level string, before int64) string {
	up, number, two := strings.Cut(level, ".")
	next := strconv.FormatInt(before+1, 10)
	if !two || next == number || strings.TrimRight(next, "0") != number {
		return ""
	}
	return up + "." + next
}
