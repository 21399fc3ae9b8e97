package jsonld

import (
	"context"
	"fmt"

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
	loaded   map[string]*document // by Config.Load
	contexts int                  // context definitions processed, for Limits.Contexts
	steps    int                  // objects entered, for cancelation
	drops    []Drop
	members  []member    // stack of the members of the objects being expanded
	types    []typeEntry // stack of their types
	text     []byte      // arena for text that stands nowhere in the document
}

var plainInput = &origin{}

func (r *run) begin(ctx context.Context, in Input, out *rdf.Dataset) {
	r.ctx, r.in, r.out, r.mode = ctx, in, out, in.Mode
	r.policy, r.rdfDirection, r.inputOrigin = r.engine.config.Policy, I18nDatatype, plainInput
	if in.Mode == Standard {
		r.policy, r.rdfDirection = allowAll, in.Standard.Direction
		if in.Standard.Base != "" {
			r.inputOrigin = &origin{base: in.Standard.Base}
		}
	}
}

// end forgets the document, so that the pool does not keep it alive.
func (r *run) end() {
	clear(r.labels)
	clear(r.indexes)
	clear(r.members[:cap(r.members)])
	clear(r.types[:cap(r.types)])
	r.loaded, r.drops, r.text = nil, nil, nil
	r.members, r.types = r.members[:0], r.types[:0]
	r.ctx, r.in, r.out, r.inputOrigin = nil, Input{}, nil, nil
	r.contexts, r.steps = 0, 0
}

// checksScoped reports whether scoped contexts are checked when they are defined,
// as the specification says. The other modes check them when they are used: one
// that is never used changes no statement.
func (r *run) checksScoped() bool { return r.mode == Standard }

// drop notes something left out of the dataset.
func (r *run) drop(code Code, at jsonx.Value, detail string) {
	if r.mode != Standard {
		r.drops = append(r.drops, Drop{Pointer: at.Pointer(), Code: code, Detail: detail})
	}
}

func (r *run) fail(code Code, at jsonx.Value, detail string) error {
	return &Error{Code: code, Pointer: at.Pointer(), Detail: detail}
}

// step is called for each object: it looks for cancelation now and then.
func (r *run) step() error {
	if r.steps++; r.steps&1023 != 0 {
		return nil
	}
	if err := r.ctx.Err(); err != nil {
		return err
	}
	return r.checkQuads()
}

func (r *run) checkQuads() error {
	if most := r.engine.limits.Quads; len(r.out.Quads) > most {
		return &Error{Code: CodeTooManyQuads, Detail: fmt.Sprintf("more than %d statements", most)}
	}
	return nil
}
