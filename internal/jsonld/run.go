package jsonld

import (
	"context"
	"fmt"
	"slices"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rdf"
)

// run is the state of one ToRDF. It is reused, so that a warm engine allocates
// next to nothing for a document.
type run struct {
	engine       *Engine
	ctx          context.Context
	in           Input
	out          *rdf.Dataset
	policy       Policy
	mode         Mode
	rdfDirection Direction
	inputOrigin  *origin

	labels   map[string]int32     // blank node identifiers of the document
	indexes  map[indexed]string   // of nodes
	known    int32                // the document's parser knew the symbols below it
	loaded   map[string]*document // by Config.Load
	contexts int                  // context definitions processed, for Limits.Contexts
	steps    int                  // objects and items entered, for cancelation
	told     int                  // statements that were paid for
	drops    []finding
	owed     int         // units besides statements that are not paid for
	untold   bool        // more was dropped than drops holds
	members  []member    // stack of the members of the objects being expanded
	types    []typeEntry // stack of their types
	text     []byte      // arena for text that stands nowhere in the document
}

var plainInput = &origin{}

func (r *run) begin(ctx context.Context, in Input, out *rdf.Dataset) {
	r.ctx, r.in, r.out, r.mode = ctx, in, out, in.Mode
	r.told = out.Len()
	r.policy, r.rdfDirection, r.inputOrigin = r.engine.config.Policy, I18nDatatype, plainInput
	r.known = r.engine.symbols.knownTo(in.Root.Doc())
	if in.Mode == Standard {
		r.policy, r.rdfDirection = allowAll, in.Standard.Direction
		if in.Standard.Base != "" {
			r.inputOrigin = &origin{base: in.Standard.Base}
		}
	}
}

// mostKept bounds the memory that a run keeps for the next one: clearing it costs
// every later document something.
const mostKept = 512

// end forgets the document, so that the pool does not keep it alive.
func (r *run) end() {
	r.labels, r.indexes = reusableMap(r.labels), reusableMap(r.indexes)
	r.members, r.types = reusable(r.members), reusable(r.types)
	r.loaded, r.drops = nil, nil
	if cap(r.text) > mostKept {
		r.text = nil
	}
	r.text = r.text[:0]
	r.ctx, r.in, r.out, r.inputOrigin = nil, Input{}, nil, nil
	r.contexts, r.steps, r.told, r.owed, r.untold = 0, 0, 0, 0, false
}

// checksScoped reports whether scoped contexts are checked when they are defined,
// as the specification says. The other modes check them when they are used: one
// that is never used changes no statement.
func (r *run) checksScoped() bool { return r.mode == Standard }

func reusable[T any](stack []T) []T {
	if cap(stack) > mostKept {
		return nil
	}
	clear(stack[:cap(stack)])
	return stack[:0]
}

func reusableMap[K comparable, V any](m map[K]V) map[K]V {
	if len(m) > mostKept {
		return nil
	}
	clear(m)
	return m
}

// finding is a drop with its place in the text.
type finding struct {
	drop   Drop
	offset int
}

// Finding the pointer of an element costs the length of its array, so drops are
// bounded. In Strict mode one of them refuses the document and the rest is for
// information; in Lenient mode each must be told.
const (
	mostDropsStrict  = 256
	mostDropsLenient = 4096
)

// drop notes something left out of the dataset.
func (r *run) drop(code Code, at jsonx.Value, detail string) {
	switch {
	case r.mode == Standard:
	case r.mode == Strict && len(r.drops) == mostDropsStrict:
	case len(r.drops) == mostDropsLenient:
		r.untold = true
	default:
		r.owed += unitsPerDrop
		r.drops = append(r.drops, finding{Drop{At: at, Pointer: at.Pointer(), Code: code, Detail: detail}, at.Offset()})
	}
}

// found returns the drops in the order of the text.
func (r *run) found() []Drop {
	if len(r.drops) == 0 {
		return nil
	}
	slices.SortStableFunc(r.drops, func(a, b finding) int { return a.offset - b.offset })
	drops := make([]Drop, len(r.drops))
	for i, f := range r.drops {
		drops[i] = f.drop
	}
	return drops
}

func (r *run) fail(code Code, at jsonx.Value, detail string) error {
	return &Error{Code: code, Pointer: at.Pointer(), Detail: detail}
}

// step is called for each object, item and member: it looks for cancelation now
// and then.
func (r *run) step() error {
	if r.steps++; r.steps&1023 != 0 {
		return nil
	}
	return r.look()
}

func (r *run) look() error {
	if err := r.ctx.Err(); err != nil {
		return err
	}
	if err := r.checkQuads(); err != nil || r.in.Budget == nil {
		return err
	}
	units := r.owed + r.out.Len() - r.told
	r.owed, r.told = 0, r.out.Len()
	return r.in.Budget.Spend(units)
}

func (r *run) checkQuads() error {
	most, own := r.engine.limits.Quads, r.out.MaxLen
	switch {
	case own > 0 && r.out.Full() && r.out.Len() >= own:
		return &Error{Code: CodeTooManyQuads, Detail: fmt.Sprintf("more than %d statements", own)}
	case r.out.Full():
		return &Error{Code: CodeTooLarge, Detail: "longer statements than a document of this size may make"}
	case r.out.Len() > most:
		return &Error{Code: CodeTooManyQuads, Detail: fmt.Sprintf("more than %d statements", most)}
	}
	return nil
}
