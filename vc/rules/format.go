package rules

import (
	"strings"

	"github.com/laurel-edu/laurel/internal/language"
	"github.com/laurel-edu/laurel/internal/shape"
	"github.com/laurel-edu/laurel/vc"
)

// The derived types of Open Badges 3.0 as formats of strings, by names for people.
var (
	formatDateTime  = &shape.Format{Name: "a date and time", Check: checkDateTime}
	formatDateTimeZ = &shape.Format{Name: "a date and time with its zone", Check: checkDateTimeZ}
	formatDate      = &shape.Format{Name: "a date", Check: checkDate}
	formatLanguage  = &shape.Format{Name: "a language code", Check: checkLanguage}
	formatEmail     = &shape.Format{Name: "an e-mail address", Check: checkEmail}
	formatCountry   = &shape.Format{Name: "a country code", Check: checkCountry}
	formatJWS       = &shape.Format{Name: "a compact JWS", Check: checkJWS}
)

func failing(ok bool, code vc.Code) string {
	if ok {
		return ""
	}
	return string(code)
}

func checkDate(s string) string { return failing(vc.IsDate(s), CodeDate) }

func checkDateTime(s string) string {
	valid, _ := dateTime(s).Check()
	return failing(valid, CodeDateTime)
}

func checkDateTimeZ(s string) string {
	valid, zone := dateTime(s).Check()
	if !valid {
		return string(CodeDateTime)
	}
	return failing(zone, CodeDateTimeZone)
}

func dateTime(s string) (d vc.DateTime) {
	d, _ = vc.ParseDateTime(s)
	return d
}

// checkLanguage is the pattern of the published schemas: a language of two to four
// letters, perhaps a script, perhaps a region, each in its usual case. What it names
// is a tag of BCP 47.
func checkLanguage(s string) string {
	verdict := language.Judge(s)
	switch {
	case verdict == language.Malformed, !isPlainTag(s):
		return string(CodeLanguage)
	case verdict == language.Unknown:
		return string(CodeLanguageUnknown)
	}
	return ""
}

func isPlainTag(s string) bool {
	rest := strings.TrimLeft(s, "abcdefghijklmnopqrstuvwxyz")
	if n := len(s) - len(rest); n < 2 || n > 4 {
		return false
	}
	if len(rest) >= 5 && rest[0] == '-' && isUpper(rest[1]) && isLower(rest[2]) && isLower(rest[3]) && isLower(rest[4]) {
		rest = rest[5:]
	}
	switch {
	case rest == "":
		return true
	case len(rest) == 3:
		return rest[0] == '-' && isUpper(rest[1]) && isUpper(rest[2])
	}
	return len(rest) == 4 && rest[0] == '-' && isDigit(rest[1]) && isDigit(rest[2]) && isDigit(rest[3])
}

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }
func isLower(c byte) bool { return 'a' <= c && c <= 'z' }

// checkEmail asks no more than mail would: something, an at sign, a domain. A
// host without a dot is a domain too.
func checkEmail(s string) string { return failing(IsEmail(s), CodeEmail) }

func checkCountry(s string) string {
	return failing(len(s) == 2 && isUpper(s[0]) && isUpper(s[1]), CodeCountry)
}

// checkJWS is the form of a compact JWS; its payload may be detached.
func checkJWS(s string) string {
	dots, last := 0, -1
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '.':
			if i == 0 {
				return string(vc.CodeTokenMalformed)
			}
			dots, last = dots+1, i
		case isUpper(c), isLower(c), isDigit(c), c == '-', c == '_':
		default:
			return string(vc.CodeTokenMalformed)
		}
	}
	return failing(dots == 2 && last < len(s)-1, vc.CodeTokenMalformed)
}
