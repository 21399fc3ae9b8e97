package verify

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"github.com/laurel-edu/laurel/internal/guard"
	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// CodeContextInlineTaken: a warning of a context in the document that Config.InlineContexts
// takes.
const CodeContextInlineTaken vc.Code = "context-inline-taken" // a warning: its definitions are taken by Config.InlineContexts

// InlineDigests returns a value for [Config.InlineContexts] that takes the contexts with
// these digests: SHA-256 of their canonical JSON (RFC 8785), in lower-case hexadecimal.
func InlineDigests(digests ...string) func(context []byte) bool {
	known := slices.Clone(digests)
	return func(context []byte) bool {
		sum := sha256.Sum256(context)
		return slices.Contains(known, hex.EncodeToString(sum[:]))
	}
}

// takesInline asks Config.InlineContexts.
func (s *state) takesInline(context jsonx.Value) bool {
	if s.config.InlineContexts == nil || context.Kind() != jsonx.Object {
		return false
	}
	text, err := jcs.Append(nil, context)
	if err != nil {
		return false
	}
	return guard.Yes(s.ctx, func() bool { return s.config.InlineContexts(text) })
}

// inlineTaken warns of each name that a context in the document defines.
func (l *contextList) inlineTaken(context jsonx.Value) {
	for m := context.First(); m.Exists(); m = m.Next() {
		l.warnings.add(func() *vc.Problem {
			return words.Problem(CodeContextInlineTaken, m.Pointer(), vc.Quote(m.Name()))
		})
	}
}
