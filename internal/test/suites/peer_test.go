package suites_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// peerProcess says that this process is to run json-gold for another.
const peerProcess = "LAUREL_SUITES_PEER"

// patience is how long json-gold may take for one case.
const patience = 5 * time.Second

// errSilent is the verdict on a case that did not end in time.
var errSilent = fmt.Errorf("no answer in %v", patience)

// answerPrefix distinguishes answers from what else a test prints.
const answerPrefix = "answer "

// TestPeerProcess is the other process: it reads names of cases and answers each
// with what json-gold made of it.
func TestPeerProcess(t *testing.T) {
	if os.Getenv(peerProcess) == "" {
		t.Skip("skipped: this is what TestTable starts")
	}
	debug.SetMaxStack(64 << 20) // endless recursion shall end soon
	probes := map[string]probe{}
	for _, s := range allSuites(t) {
		for _, p := range s.probes {
			probes[s.name+" "+p.name] = p
		}
	}
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		answer := "passes"
		if err := runPeer(probes[lines.Text()]); err != nil {
			answer = "fails: " + strings.ReplaceAll(err.Error(), "\n", " ")
		}
		fmt.Println(answerPrefix + answer)
	}
}

// runPeer makes an error of a panic.
func runPeer(p probe) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	return p.peer()
}

// peer is a running TestPeerProcess, started when it is needed.
type peer struct {
	cmd     *exec.Cmd
	in      io.WriteCloser
	answers chan string // closed when the process ends
}

// ask has the other process run a case and returns its verdict. A process that
// does not answer in time is ended; the next case gets another.
func (p *peer) ask(t *testing.T, name string) error {
	if p.cmd == nil {
		p.start(t)
	}
	_, err := fmt.Fprintln(p.in, name)
	require.NoError(t, err)
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case answer, ok := <-p.answers:
		if !ok {
			p.stop()
			return errors.New("the process ended")
		}
		if answer == "passes" {
			return nil
		}
		return errors.New(answer)
	case <-timer.C:
		p.stop()
		return errSilent
	}
}

func (p *peer) start(t *testing.T) {
	p.cmd = exec.Command(os.Args[0], "-test.run=^TestPeerProcess$")
	p.cmd.Env = append(os.Environ(), peerProcess+"=1")
	in, err := p.cmd.StdinPipe()
	require.NoError(t, err)
	out, err := p.cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, p.cmd.Start())
	answers := make(chan string)
	go func() {
		defer close(answers)
		lines := bufio.NewScanner(out)
		lines.Buffer(nil, 16<<20)
		for lines.Scan() {
			if answer, ok := strings.CutPrefix(lines.Text(), answerPrefix); ok {
				answers <- answer
			}
		}
	}()
	p.in, p.answers = in, answers
}

// stop ends the process that this peer started.
func (p *peer) stop() {
	if p.cmd == nil {
		return
	}
	_ = p.in.Close()
	_ = p.cmd.Process.Kill()
	for range p.answers {
	}
	_ = p.cmd.Wait()
	p.cmd = nil
}
