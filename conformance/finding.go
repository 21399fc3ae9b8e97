package conformance

import "github.com/laurel-edu/laurel/vc"

// Finding is one thing that was not as it should be.
type Finding struct {
	// Code is the stable code of docs/codes.md where a document is at fault, else the id of
	// the check.
	Code     string `json:"code"`
	Pointer  string `json:"pointer,omitempty"` // where in the document
	Message  string `json:"message"`
	Found    string `json:"found,omitempty"`
	Expected string `json:"expected,omitempty"`
	Fix      string `json:"fix,omitempty"`
	// Warning is set of what does not fail the check.
	Warning bool `json:"warning,omitempty"`
	// Exchange counts the exchanges of the result from 1: the one that shows it. 0 is none.
	Exchange int `json:"exchange,omitempty"`
}

// findingOf is what is wrong with a document.
func findingOf(p *vc.Problem) Finding {
	return Finding{Code: string(p.Code), Pointer: p.Pointer, Message: p.Message, Found: p.Found, Expected: p.Expected, Fix: p.Fix}
}

// Exchange is a request and its answer, as the report shows them: secrets are numbered, and
// long texts cut.
type Exchange struct {
	Method       string            `json:"method"`
	URL          string            `json:"url"`
	Header       map[string]string `json:"header,omitempty"`
	Body         string            `json:"body,omitempty"`
	Status       int               `json:"status,omitempty"` // 0: no answer came
	AnswerHeader map[string]string `json:"answerHeader,omitempty"`
	Answer       string            `json:"answer,omitempty"`
	Curl         string            `json:"curl,omitempty"`
}
