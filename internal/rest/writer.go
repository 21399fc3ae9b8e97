package rest

import "net/http"

// Writer is an http.ResponseWriter that remembers what became of an answer. It is for one
// goroutine.
type Writer struct {
	http.ResponseWriter
	Status int   // that was sent, 0 before
	Bytes  int64 // of the body that were sent
	Err    error // why the client did not get them
}

// Sent reports whether the status was sent, so that nothing else can be answered.
func (w *Writer) Sent() bool { return w.Status != 0 }

// WriteHeader implements http.ResponseWriter.
func (w *Writer) WriteHeader(status int) {
	if w.Status == 0 {
		w.Status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (w *Writer) Write(b []byte) (int, error) {
	if w.Status == 0 {
		w.Status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(b)
	w.Bytes += int64(n)
	if err != nil {
		w.Err = err
	}
	return n, err
}

// Unwrap is for http.ResponseController.
func (w *Writer) Unwrap() http.ResponseWriter { return w.ResponseWriter }
