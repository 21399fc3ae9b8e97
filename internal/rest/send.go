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

// Answer is an answer that went well.
type Answer struct {
	Body      []byte        // nil where it is not at hand
	Size      int64         // of a body that is not at hand
	MediaType string        // application/json by default
	Tag       string        // the ETag without quotes, see [Tag]
	Modified  time.Time     // when it last changed, the zero time for unknown
	Gzip      func() []byte // the body compressed, where that is kept; else it is compressed now
}

func (a *Answer) size() int64 {
	if a.Body != nil {
		return int64(len(a.Body))
	}
	return a.Size
}

// Send answers a request with a body that is at hand: 304 where the client has it already,
// compressed where it takes that.
func (s *Sender) Send(w http.ResponseWriter, r *http.Request, a Answer) {
	zip, done := s.head(w, r, &a)
	if done {
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

// Brief answers a request that can be answered without the body, and reports whether it
// did: HEAD, and one of a client who has the body already. Nothing of the answer is
// written where it did not.
func (s *Sender) Brief(w http.ResponseWriter, r *http.Request, a Answer) (done bool) {
	if r.Method != http.MethodHead && !unchanged(r.Header, s.tag(r, &a), s.honest(a.Modified)) {
		return false
	}
	zip, done := s.head(w, r, &a)
	if done {
		return true
	}
	s.unsent(w, zip, &a)
	return true
}

// unsent writes the status of an answer whose body is not at hand.
func (s *Sender) unsent(w http.ResponseWriter, zip bool, a *Answer) {
	if !zip {
		w.Header().Set("Content-Length", strconv.FormatInt(a.size(), 10))
	}
	w.WriteHeader(http.StatusOK)
}

// Stream answers like [Sender.Send] with a body that is too large to be at hand: write
// writes it. An error means that the status was sent and the body is not whole: the
// connection must be broken, which alone tells the client.
func (s *Sender) Stream(w http.ResponseWriter, r *http.Request, a Answer, write func(io.Writer) error) error {
	zip, done := s.head(w, r, &a)
	if done {
		return nil
	}
	s.unsent(w, zip, &a)
	if r.Method == http.MethodHead {
		return nil
	}
	return streamBody(w, zip, write)
}

// streamBytes is about what a stream holds until it is sent, compressed or not: a block
// of text and the tables of the compression.
const streamBytes = 1 << 20

// TakeStream takes the room of a stream.
func (l *Lease) TakeStream() error { return l.Take(streamBytes) }

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

// zips reports whether an answer is sent compressed.
func (s *Sender) zips(r *http.Request, a *Answer) bool {
	return !s.NoGzip && a.size() >= leastGzip && acceptsGzip(r.Header)
}

// tag is the ETag header of an answer. What is compressed is another representation, so it
// has another tag.
func (s *Sender) tag(r *http.Request, a *Answer) string {
	if s.zips(r, a) {
		return `"` + a.Tag + `-gzip"`
	}
	return `"` + a.Tag + `"`
}

// head writes the headers of an answer, and the whole answer where that is 304.
func (s *Sender) head(w http.ResponseWriter, r *http.Request, a *Answer) (zip, done bool) {
	head, tag := w.Header(), s.tag(r, a)
	headJSON(head)
	if a.MediaType != "" {
		head.Set("Content-Type", a.MediaType)
	}
	head.Set("Cache-Control", s.CacheControl)
	head.Set("ETag", tag)
	modified := s.honest(a.Modified)
	if !modified.IsZero() {
		head.Set("Last-Modified", modified.UTC().Format(http.TimeFormat))
	}
	if unchanged(r.Header, tag, modified) {
		head.Del("Content-Type")
		w.WriteHeader(http.StatusNotModified)
		return false, true
	}
	if zip = s.zips(r, a); zip {
		head.Set("Content-Encoding", "gzip")
	}
	return zip, false
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

// SendStatus answers a request that did not go well. Headers of an answer that was not
// sent after all are taken back.
func SendStatus(w http.ResponseWriter, r *http.Request, status int, s Status) {
	head := w.Header()
	for _, name := range []string{"ETag", "Last-Modified", "Link", "X-Total-Count", "Content-Encoding"} {
		head.Del(name)
	}
	headJSON(head)
	head.Set("Cache-Control", "no-store")
	sendBody(w, r, status, s.Append(nil))
}
