package vcapi

import (
	"encoding/json"
	"io"
	"net/http"
	"time"

	"github.com/laurel-edu/laurel/vc"
)

// Entry is a line of the log: what was asked, and for which causes it was refused. Who
// joins the lines with the titles of the tests sees whether each refusal has the right one.
type Entry struct {
	Time     time.Time
	Path     string
	Status   int
	Codes    []vc.Code // of the problems, in their order, each as often as it was found
	Pointers []string  // where, in the same order
	Error    string    // what is no problem of the document, "" for nothing
	Document json.RawMessage
}

// maxBody is more than any fixture of the suites has.
const maxBody = 1 << 20

// answer wraps an endpoint: the result, 201 for what was made and 200 for what was
// verified, or 400 with the problems as ProblemDetails (RFC 9457; VCDM 2.0, 7.2).
func (s *Server) answer(do func(*http.Request, *request) (any, []*vc.Problem, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		e := Entry{Time: time.Now(), Path: r.URL.Path, Status: http.StatusBadRequest}
		var q request
		result, problems, err := any(nil), []*vc.Problem(nil), readInto(&q, r.Body)
		if err == nil {
			result, problems, err = do(r, &q)
		}
		switch {
		case result == nil:
			result = refusal(&e, problems, err)
		case q.Credential != nil:
			e.Status = http.StatusCreated
		default:
			e.Status = http.StatusOK
		}
		e.Document = q.document()
		s.write(e)
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(e.Status)
		_ = json.NewEncoder(w).Encode(result) // whoever asked has gone
	}
}

func readInto(q *request, body io.Reader) error {
	text, err := io.ReadAll(io.LimitReader(body, maxBody))
	if err != nil {
		return err
	}
	return json.Unmarshal(text, q)
}

// refusal is the body of a refusal, and notes its causes.
func refusal(e *Entry, problems []*vc.Problem, err error) any {
	details, texts := []any{}, []string{}
	for _, p := range problems {
		e.Codes, e.Pointers = append(e.Codes, p.Code), append(e.Pointers, p.Pointer)
		details = append(details, map[string]string{"type": p.Type, "title": string(p.Code), "detail": p.Error()})
		texts = append(texts, p.Error())
	}
	if err != nil {
		e.Error = err.Error()
		texts = append(texts, e.Error)
	}
	return map[string]any{"verified": false, "errors": texts, "problemDetails": details}
}

func (s *Server) write(e Entry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_ = s.log.Encode(e) // the log is for reading, not relied on
}
