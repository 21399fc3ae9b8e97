package peer

import (
	"bufio"
	"encoding/json"
	"io"
	"os/exec"
	"sync"
	"testing"

	"github.com/laurel-edu/laurel/internal/contexts"
)

// process is a peer that runs as long as the tests of a package do: it ends when its input
// does. A line of JSON goes in and one comes out. One goroutine may ask at a time.
type process struct {
	sync.Mutex
	in  io.Writer
	out *bufio.Reader
}

// answer is a line that comes out; each peer uses some members of it.
type answer struct {
	Data     []byte
	Signed   json.RawMessage
	Error    string
	Verified bool
	Errors   []string
}

// start starts node unless it runs, and says whether it did.
func (p *process) start(t testing.TB, arguments ...string) bool {
	t.Helper()
	if p.in != nil {
		return false
	}
	cmd := exec.Command("node", arguments...)
	cmd.Dir = Folder(t)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p.in, p.out = in, bufio.NewReader(out)
	return true
}

func (p *process) write(t testing.TB, v any) {
	t.Helper()
	line, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.in.Write(append(line, '\n')); err != nil {
		t.Fatal(err)
	}
}

func (p *process) ask(t testing.TB, v any) (a answer) {
	t.Helper()
	p.write(t, v)
	line, err := p.out.ReadBytes('\n')
	if err != nil {
		t.Fatalf("the peer ended: %v", err)
	}
	if err := json.Unmarshal(line, &a); err != nil {
		t.Fatalf("%v: %s", err, line)
	}
	return a
}

// Contexts are the contexts that the program has, by their URLs.
func Contexts() map[string]string {
	known := map[string]string{}
	for _, url := range contexts.URLs() {
		text, _ := contexts.Lookup(url)
		known[url] = string(text)
	}
	return known
}
