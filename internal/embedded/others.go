package embedded

import (
	"context"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

// others yields, after a signature failed, the other ways in which deployed
// signers may have signed: the escaping of their time, the order of their language,
// and contexts as they were. Each form stands for the same statements, so a
// signature over any of them says the same. What they drop is noted, not refused.
func (c *check) others(ctx context.Context) func(func(*attempt) bool) {
	return func(yield func(*attempt) bool) {
		if c.upon != nil {
			return
		}
		try := func(f form, warning *vc.Problem) bool {
			f.hash, f.mode = c.hash, jsonld.Lenient
			a := c.attempt(ctx, f)
			a.warning = warning
			return ctx.Err() == nil && yield(&a)
		}
		present := form{engine: c.subject.verifier.engines.present}
		legacy, utf16 := c.proof.suite.about().deployed, c.subject.sortsOtherwise()
		for _, way := range [...]struct{ legacy, utf16 bool }{{true, false}, {false, true}, {true, true}} {
			if way.legacy && !legacy || way.utf16 && !utf16 {
				continue
			}
			f := present
			f.legacy, f.utf16 = way.legacy, way.utf16
			if !try(f, c.deployed(way.utf16)) {
				return
			}
		}
		for _, state := range c.subject.pastStates() {
			if !try(form{engine: state.engine}, archived(state)) {
				return
			}
		}
	}
}

// sortsOtherwise looks at the text once.
func (s *Subject) sortsOtherwise() bool {
	if !s.scanned {
		s.scanned, s.utf16 = true, differsInUTF16(door.Root(s.doc).Raw())
	}
	return s.utf16
}

// differsInUTF16 reports whether a text can sort otherwise by UTF-16 code units than
// by code points: it has a character beyond U+FFFF and one from U+E000 to U+FFFF,
// as they stand or as JSON escapes. It may say yes where there are none.
func differsInUTF16(text []byte) bool {
	var beyond, below bool
	for i, b := range text {
		switch {
		case b >= 0xF0:
			beyond = true
		case b == 0xEE || b == 0xEF:
			below = true
		case b == 'u' && i > 0 && text[i-1] == '\\' && i+1 < len(text):
			digit := text[i+1] | 0x20
			beyond, below = beyond || digit == 'd', below || digit == 'e' || digit == 'f'
		}
	}
	return beyond && below
}

func (c *check) deployed(utf16 bool) *vc.Problem {
	if utf16 {
		return words.Problem(proof.CodeDeployedOrder, c.proof.Pointer(), "")
	}
	return words.Problem(proof.CodeDeployedEscaping, c.proof.Pointer(), "")
}

func archived(state pastState) *vc.Problem {
	return words.Problem(proof.CodeArchivedContext, "/@context", state.url+" as of "+state.date)
}
