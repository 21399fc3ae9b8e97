// Package disclose takes an SD-JWT apart (RFC 9901): [Split] at its tildes, and [Process]
// puts the disclosures into the payload that their digests stand in. What comes out is the
// processed payload, text of JSON, with the places from which something was withheld.
//
// It checks what can be told without a key: that every disclosure is of its form and is
// used exactly once, that no digest stands twice, that nothing is overwritten, and that no
// name of the mechanism is left. Whose payload it is, is for package internal/token.
package disclose
