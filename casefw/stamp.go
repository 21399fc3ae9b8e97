package casefw

import (
	"strconv"
	"time"

	"github.com/laurel-edu/laurel/internal/datetime"
)

// stamp is a lastChangeDateTime in eight bytes that gives its text back exactly.
// Date-times of the usual shape (seconds, perhaps three digits of fraction, Z or
// an offset) are packed; any other text is kept in the arena. Zero is absence.
//
//	bit 63  the low 31 bits are the place of a text
//	bit 62  set in every packed one
//	23..61  seconds of the clock as shown, from year 0
//	13..22  milliseconds
//	12      there is a fraction
//	0..11   0 for Z, else the offset in minutes plus 1440
type stamp uint64

const (
	stampText   = 1 << 63
	stampPacked = 1 << 62
)

// packStamp packs a well-formed date-time of the usual shape.
func packStamp[T string | []byte](s T) (stamp, bool) {
	if len(s) < 20 || s[4] != '-' || s[7] != '-' || s[10] != 'T' || s[13] != ':' || s[16] != ':' {
		return 0, false
	}
	bad := false
	two := func(i int) int {
		t, u := s[i]-'0', s[i+1]-'0'
		bad = bad || t > 9 || u > 9
		return int(t)*10 + int(u)
	}
	year, month, day := two(0)*100+two(2), two(5), two(8)
	hour, minute, second := two(11), two(14), two(17)
	if bad || month < 1 || month > 12 || day < 1 || day > datetime.DaysIn(year, month) || hour > 23 || minute > 59 || second > 59 {
		return 0, false
	}
	p := stamp(stampPacked) | stamp(daysSince0(year, month, day)*86400+hour*3600+minute*60+second)<<23
	rest := s[19:]
	if rest[0] == '.' {
		if len(s) < 24 || s[20]-'0' > 9 {
			return 0, false
		}
		p |= 1<<12 | stamp(int(s[20]-'0')*100+two(21))<<13
		rest = s[23:]
	}
	if len(rest) == 1 && rest[0] == 'Z' {
		return p, !bad
	}
	if len(rest) != 6 || rest[0] != '+' && rest[0] != '-' || rest[3] != ':' {
		return 0, false
	}
	at := len(s) - 6
	offset := two(at+1)*60 + two(at+4)
	if bad || two(at+1) > 23 || two(at+4) > 59 || rest[0] == '-' && offset == 0 {
		return 0, false
	}
	if rest[0] == '-' {
		offset = -offset
	}
	return p | stamp(offset+1440), true
}

// daysSince0 counts days of the Gregorian calendar from the first of March of
// year 0, which makes the leap day the last of a year.
func daysSince0(year, month, day int) int {
	if month < 3 {
		year--
		month += 12
	}
	return 365*year + floorDiv(year, 4) - floorDiv(year, 100) + floorDiv(year, 400) + (153*(month-3)+2)/5 + day - 1 + 366
}

func floorDiv(a, b int) int {
	if a < 0 {
		return -((b - 1 - a) / b)
	}
	return a / b
}

// local returns the clock as shown, as if it were UTC.
func (p stamp) local() time.Time {
	seconds := int64(p >> 23 & (1<<39 - 1))
	return epoch.Add(time.Duration(seconds%86400)*time.Second).AddDate(0, 0, int(seconds/86400)).
		Add(time.Duration(p>>13&0x3ff) * time.Millisecond)
}

// epoch is day 0 of daysSince0.
var epoch = time.Date(0, time.March, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, -366)

// time returns the instant of a packed stamp.
func (p stamp) time() time.Time {
	t := p.local()
	if zone := int(p & 0xfff); zone != 0 {
		t = t.Add(-time.Duration(zone-1440) * time.Minute)
	}
	return t
}

// append writes the text of a packed stamp.
func (p stamp) append(b []byte) []byte {
	b = p.local().AppendFormat(b, "2006-01-02T15:04:05")
	if p&(1<<12) != 0 {
		b = append(b, '.')
		ms := strconv.Itoa(1000 + int(p>>13&0x3ff))
		b = append(b, ms[1:]...)
	}
	zone := int(p & 0xfff)
	if zone == 0 {
		return append(b, 'Z')
	}
	zone -= 1440
	sign := byte('+')
	if zone < 0 {
		sign, zone = '-', -zone
	}
	h, m := zone/60, zone%60
	return append(b, sign, byte('0'+h/10), byte('0'+h%10), ':', byte('0'+m/10), byte('0'+m%10))
}
