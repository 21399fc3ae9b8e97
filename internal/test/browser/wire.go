package browser

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"
)

// wire is the pipe to Chromium: commands with numbers, answers to them, and events.
// Messages end with a zero byte.
type wire struct {
	out io.Writer

	mu      sync.Mutex
	last    int
	waiting map[int]chan message
	heard   map[string]func(method string, params json.RawMessage) // by session
	ended   error
}

// message is a command, an answer or an event.
type message struct {
	ID        int             `json:"id,omitempty"`
	SessionID string          `json:"sessionId,omitempty"`
	Method    string          `json:"method,omitempty"`
	Params    json.RawMessage `json:"params,omitempty"`
	Result    json.RawMessage `json:"result,omitempty"`
	Error     *struct {
		Message string `json:"message"`
	} `json:"error,omitempty"`
}

func newWire(out io.Writer, in io.Reader) *wire {
	w := &wire{out: out, waiting: map[int]chan message{}, heard: map[string]func(string, json.RawMessage){}}
	go w.listen(bufio.NewReader(in))
	return w
}

// listen hands out what Chromium says until it ends.
func (w *wire) listen(in *bufio.Reader) {
	for {
		text, err := in.ReadBytes(0)
		if err != nil {
			w.end(err)
			return
		}
		var m message
		if err := json.Unmarshal(text[:len(text)-1], &m); err != nil {
			w.end(err)
			return
		}
		w.take(m)
	}
}

func (w *wire) take(m message) {
	w.mu.Lock()
	answer, hear := w.waiting[m.ID], w.heard[m.SessionID]
	delete(w.waiting, m.ID)
	w.mu.Unlock()
	switch {
	case m.ID != 0 && answer != nil:
		answer <- m
	case m.ID == 0 && hear != nil:
		hear(m.Method, m.Params)
	}
}

func (w *wire) end(err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ended = err
	for id, answer := range w.waiting {
		close(answer)
		delete(w.waiting, id)
	}
}

// hear names who hears the events of a session.
func (w *wire) hear(session string, f func(method string, params json.RawMessage)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.heard[session] = f
}

// call sends a command and reads its answer into result, which may be nil.
func (w *wire) call(session, method string, params, result any) error {
	text, err := json.Marshal(params)
	if err != nil {
		return err
	}
	answer, err := w.send(message{SessionID: session, Method: method, Params: text})
	if err != nil {
		return err
	}
	select {
	case m, ok := <-answer:
		if !ok {
			return errors.New("browser: Chromium ended")
		}
		if m.Error != nil {
			return fmt.Errorf("browser: %s: %s", method, m.Error.Message)
		}
		if result == nil {
			return nil
		}
		return json.Unmarshal(m.Result, result)
	case <-time.After(patience):
		return fmt.Errorf("browser: %s: no answer", method)
	}
}

func (w *wire) send(m message) (chan message, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.ended != nil {
		return nil, w.ended
	}
	w.last++
	m.ID = w.last
	text, err := json.Marshal(m)
	if err != nil {
		return nil, err
	}
	answer := make(chan message, 1)
	w.waiting[m.ID] = answer
	_, err = w.out.Write(append(text, 0))
	return answer, err
}
