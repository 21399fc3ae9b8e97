package vc

import (
	"context"
	"errors"
)

// faulty is an error of another package that says its code. Packages below this one,
// did and vc/fetch, cannot name [Code].
type faulty interface {
	error
	ProblemCode() string
}

// detailed is one that says more: its ProblemDetails type URL, a JSON Pointer into its
// document, a sentence without the causes beneath, and what to do. Any may be "".
type detailed interface {
	ProblemDetails() (typeURL, pointer, message, fix string)
}

// ProblemOf returns what an error says of a document, a key or a network: the first
// [*Problem] in its tree; where there is none, a problem of the code of the first error
// of packages did, vc/fetch or proof, with that error as its cause; where there is none
// either, one of [CodeCancelled] or [CodeDeadline] for the end of a context. It returns
// nil for nil, and for an error that is of none of these: that is the fault of a program.
func ProblemOf(err error) *Problem {
	if p, ok := errors.AsType[*Problem](err); ok {
		return p
	}
	if e, ok := errors.AsType[faulty](err); ok {
		p := &Problem{Code: Code(e.ProblemCode()), Type: TypeLaurel, Message: e.Error(), Err: err}
		if d, ok := e.(detailed); ok {
			p.Type, p.Pointer, p.Message, p.Fix = d.ProblemDetails()
		}
		return p
	}
	code := CodeCancelled
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		code = CodeDeadline
	case !errors.Is(err, context.Canceled):
		return nil
	}
	p := words.Problem(code, "", "")
	p.Err = err
	return p
}
