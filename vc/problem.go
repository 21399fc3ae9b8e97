package vc

import (
	"context"
	"errors"
	"strings"

	"github.com/laurel-edu/laurel/internal/quote"
)

// Code names one kind of fault. Codes are stable: products may branch on them,
// store them and translate them. Each package documents the codes it reports.
type Code string

// The codes of what ended early because its [context.Context] did.
const (
	CodeCancelled Code = "cancelled" // whoever asked gave it up
	CodeDeadline  Code = "deadline"  // the time was over before it was decided
)

// Severity is how much a [Problem] weighs. The zero value is an error.
type Severity uint8

// The severities.
const (
	// SeverityError: a MUST is broken, or what was asked for cannot be done.
	SeverityError Severity = iota
	// SeverityWarning: a SHOULD is broken, or a MUST in a way that readers are told to
	// accept or that changes nothing of what is said. An issuer mends it.
	SeverityWarning
	// SeverityAdvice: good practice that nothing depends on.
	SeverityAdvice
)

// String returns "error", "warning" or "advice".
func (s Severity) String() string {
	switch s {
	case SeverityWarning:
		return "warning"
	case SeverityAdvice:
		return "advice"
	}
	return "error"
}

// Errors returns the problems of a list that are errors.
func Errors(list []*Problem) []*Problem { return ofSeverity(list, SeverityError) }

// Warnings returns the problems of a list that are warnings.
func Warnings(list []*Problem) []*Problem { return ofSeverity(list, SeverityWarning) }

func ofSeverity(list []*Problem, s Severity) (some []*Problem) {
	for _, p := range list {
		if p.Severity == s {
			some = append(some, p)
		}
	}
	return some
}

// Problem is one fault found in a document: what is wrong, where, and how it is
// mended. It is an error. The zero Problem is not meaningful; Code is always set.
//
// Pointer says where: a JSON Pointer (RFC 6901) into a document of JSON. In a table it is
// the table's name, line and column, such as "CF Item:4:17", as editors take them; package
// casefw/exchange writes and reads such places. Of what a service answered it is the URL.
//
// Fix says what the issuer or the caller does about it. Where a tolerant reader mended the
// document itself, as that of package casefw does, it says what was taken instead.
//
// Two Problems match under errors.Is when their codes are equal, so
//
//	errors.Is(err, &vc.Problem{Code: verify.CodeExpired})
//
// finds a cause wherever it stands in the tree of an error.
//
// Pointer counts from the credential, whatever it is secured by: from the JSON that came,
// from the payload of a token, or from what stands in its claim vc, together with what
// VCDM 1.1, 6.3.1 puts back there. That is what verify.Verified.Credential returns. Where
// something is embedded as JSON it counts from the outermost credential, where it is a token
// from its own. What stands outside of the credential, a claim or a parameter of a header,
// has no pointer; Found names it, as in `nbf "soon"`.
type Problem struct {
	Code     Code     // stable name of the fault, always set
	Severity Severity // whether it stands against the document
	Type     string   // ProblemDetails type URL (VCDM 2.0, 7.2), where W3C defines one
	Pointer  string   // where in the document, "" for the whole
	Message  string   // one sentence for a person, without the pointer
	Found    string   // the offending value, cut to length; never a key or personal data
	Expected string   // what was looked for
	Fix      string   // what to do about it, or what was taken instead
	Spec     string   // the clause broken, such as "VCDM 2.0, 4.7"
	Err      error    // the cause beneath, if any
}

// Error says all of the problem on one line: what is wrong, where, what was found in
// place of what, the cause beneath, and what to do.
//
//	datetime-malformed at /validFrom: the value is not a date and time (found "May"); write it as 2026-01-01T00:00:00Z
func (p *Problem) Error() string {
	var b strings.Builder
	b.WriteString(string(p.Code))
	if p.Pointer != "" {
		b.WriteString(" at " + p.Pointer)
	}
	if p.Message != "" {
		b.WriteString(": " + p.Message)
	}
	switch {
	case p.Found != "" && p.Expected != "":
		b.WriteString(" (found " + p.Found + ", expected " + p.Expected + ")")
	case p.Found != "":
		b.WriteString(" (found " + p.Found + ")")
	case p.Expected != "":
		b.WriteString(" (expected " + p.Expected + ")")
	}
	if cause := p.cause(); cause != "" {
		b.WriteString(": " + cause)
	}
	if p.Fix != "" {
		b.WriteString("; " + p.Fix)
	}
	return strings.ReplaceAll(b.String(), "\n", "; ")
}

// cause is the text of what is beneath, "" where the problem says it itself: an error
// of the same code is the problem as another package has it, with all of its causes
// that it tells. What to do about a problem beneath is for whoever has that document,
// and that a context ended says no more than the code of it.
func (p *Problem) cause() string {
	err, whole := p.Err, ""
	for own, ok := errors.AsType[faulty](err); ok && Code(own.ProblemCode()) == p.Code; own, ok = errors.AsType[faulty](err) {
		err, whole = errors.Unwrap(own), own.Error()
	}
	if err == nil || err == context.Canceled || err == context.DeadlineExceeded {
		return ""
	}
	text := err.Error()
	if beneath, ok := err.(*Problem); ok {
		bare := *beneath
		bare.Fix = ""
		text = bare.Error()
	}
	if strings.Contains(p.Message, text) || strings.Contains(p.Found, text) || whole != "" && !strings.Contains(whole, text) {
		return ""
	}
	return text
}

// Unwrap returns the cause beneath.
func (p *Problem) Unwrap() error { return p.Err }

// Is reports whether target is a Problem of the same code.
func (p *Problem) Is(target error) bool {
	var other *Problem
	return errors.As(target, &other) && other.Code == p.Code
}

// Within returns a copy whose pointer is prefixed, for a Problem found in a
// document that is embedded at prefix.
func (p *Problem) Within(prefix string) *Problem {
	moved := *p
	moved.Pointer = prefix + p.Pointer
	return &moved
}

// WithSeverity returns the problem with another weight, as a copy where it is not its
// own already.
func (p *Problem) WithSeverity(s Severity) *Problem {
	if p.Severity == s {
		return p
	}
	weighed := *p
	weighed.Severity = s
	return &weighed
}

// Quote shows outside text in a message: quoted, and cut in its middle at a length
// that keeps a report readable and a hostile value harmless.
func Quote(s string) string { return quote.Text(s) }
