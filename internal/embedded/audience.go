package embedded

import "github.com/laurel-edu/laurel/internal/jsonx"

// Domain returns for whom the proof was made (Data Integrity 1.0, 2.1), nil where for
// everybody.
func (p *Proof) Domain() []string { return jsonx.Texts(p.value.Get("domain")) }

// Challenge returns what the proof answers, "" where it answers nothing.
func (p *Proof) Challenge() string { return jsonx.Content(p.value.Get("challenge").Single()) }
