package rest

import (
	"compress/gzip"
	"io"
	"net/http"
	"strconv"
	"time"
)

// Sender sends the answers of a service that went well. All fields but NoGzip must
// be set.
type Sender struct {
	CacheControl string           // the header of every answer
	Now          func() time.Time // the clock
	NoGzip       bool             // compression is left to a proxy
}

// Answer is a body of JSON that is ready to be sent.
type Answer struct {
	Body      []byte
	MediaType string        // application/json by default
	Tag       string        // the ETag without quotes, see [Tag]
	Modified  time.Time     // when it last changed, the zero time for unknown
	Gzip      func() []byte // the body compressed, where that is kept; else it is compressed now
}

// Send answers a request: 304 where the client has it already, compressed where it
// takes that.
func (s *Sender) Send(w http.ResponseWriter, r *http.Request, a Answer) {
	zip := !s.NoGzip && len(a.Body) >= leastGzip && acceptsGzip(r.Header)
	if s.head(w, r, &a, zip) {
		return
	}
	body := a.Body
	switch {
	case zip && a.Gzip != nil:
		body = a.Gzip()
	case zip:
		b := Buffer()
		defer PutBuffer(b)
		compress(b, a.Body)
		body = b.Bytes()
	}
	sendBody(w, r, http.StatusOK, body)
}

func sendBody(w http.ResponseWriter, r *http.Request, status int, body []byte) {
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // nobody is left to tell
	}
}

// Stream answers like [Sender.Send] with a body of so many bytes that is too large to
// be at hand: write writes it. Where that fails the connection is broken by a panic
// with [http.ErrAbortHandler], which alone tells when the status is sent.
func (s *Sender) Stream(w http.ResponseWriter, r *http.Request, a Answer, size int64, write func(io.Writer) error) {
	zip := !s.NoGzip && acceptsGzip(r.Header)
	if s.head(w, r, &a, zip) {
		return
	}
	if !zip {
		w.Header().Set("Content-Length", strconv.FormatInt(size, 10))
	}
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead && streamBody(w, zip, write) != nil {
		panic(http.ErrAbortHandler)
	}
}

func streamBody(w io.Writer, zip bool, write func(io.Writer) error) error {
	if !zip {
		return write(w)
	}
	z := gzips.Get().(*gzip.Writer)
	defer gzips.Put(z)
	z.Reset(w)
	if err := write(z); err != nil {
		return err
	}
	return z.Close()
}

// head writes the headers of an answer, and the whole answer where that is 304.
func (s *Sender) head(w http.ResponseWriter, r *http.Request, a *Answer, zip bool) (done bool) {
	head := w.Header()
	headJSON(head)
	if a.MediaType != "" {
		head.Set("Content-Type", a.MediaType)
	}
	tag := a.Tag
	head.Set("Cache-Control", s.CacheControl)
	if zip {
		tag += "-gzip" // another representation, so another tag
	}
	tag = `"` + tag + `"`
	head.Set("ETag", tag)
	modified := s.honest(a.Modified)
	if !modified.IsZero() {
		head.Set("Last-Modified", modified.UTC().Format(http.TimeFormat))
	}
	if unchanged(r.Header, tag, modified) {
		head.Del("Content-Type")
		w.WriteHeader(http.StatusNotModified)
		return true
	}
	if zip {
		head.Set("Content-Encoding", "gzip")
	}
	return false
}

func headJSON(head http.Header) {
	head.Set("Content-Type", "application/json; charset=utf-8")
	head.Set("X-Content-Type-Options", "nosniff")
}

// honest returns a time that may be sent as Last-Modified, in whole seconds: none
// in the future, and none of the last seconds, in which more may yet change.
func (s *Sender) honest(modified time.Time) time.Time {
	if modified.IsZero() || modified.Year() < 1 || modified.Year() > 9999 || s.Now().Sub(modified) < 2*time.Second {
		return time.Time{}
	}
	return modified.Truncate(time.Second)
}

// CacheControl is the header by which answers are kept for maxAge, or by default only
// used after asking again; private ones by nobody but who asked.
func CacheControl(private bool, maxAge time.Duration) string {
	scope := "public"
	if private {
		scope = "private"
	}
	if maxAge > 0 {
		return scope + ", max-age=" + strconv.FormatInt(int64(maxAge/time.Second), 10)
	}
	return scope + ", no-cache"
}

// SendStatus answers a request that did not go well.
func SendStatus(w http.ResponseWriter, r *http.Request, status int, s Status) {
	head := w.Header()
	headJSON(head)
	head.Set("Cache-Control", "no-store")
	sendBody(w, r, status, s.Append(nil))
}
