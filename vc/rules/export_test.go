package rules

import "github.com/laurel-edu/laurel/vc"

// Codes returns every code that the rules have words for.
func Codes() (codes []vc.Code) {
	for code := range words {
		codes = append(codes, code)
	}
	return codes
}
