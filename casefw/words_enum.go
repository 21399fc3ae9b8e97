package casefw

// word names a value of an enumeration; one that the enumeration does not have is
// "unknown".
func word[E ~uint8](value E, words ...string) string {
	if int(value) < len(words) {
		return words[value]
	}
	return "unknown"
}
