package contexts

import (
	"bytes"
	"embed"
	"encoding/json"
)

//go:embed archive/*.json
var archive embed.FS

// State is a context document as a URL served it before its present content.
type State struct {
	// Date is the day since which the content stood, as YYYY-MM-DD: the day of
	// its commit where the publisher's history is public. It stood until the
	// date of the next newer state.
	Date string
	// Note says in a sentence how the state differs from the next newer one.
	Note string
	// Document is the whole JSON-LD document.
	Document []byte
}

// Archived returns the older contents of a URL, newest first, or nil if the
// content never changed or the URL is not known. Only contents that badges can
// have been signed with are among them, each meaning once.
//
// The documents are put together at each call, which takes a parse of the
// document per state: call it when a signature fails, not before.
func Archived(url string) []State {
	name, ok := nameOf(url)
	if !ok {
		return nil
	}
	history, err := archive.ReadFile("archive/" + name + ".json")
	if err != nil {
		return nil
	}
	newer, _ := document(name)
	return unfold(history, newer)
}

// step is how a state is written down: what it takes to come from the next
// newer state, or from the document that Of names, to this one.
type step struct {
	Date, Note, Of string
	// Rename replaces the beginning of the IRIs before Change is applied.
	Rename struct{ From, To string }
	// Change is a JSON merge patch (RFC 7396) of the @context. A term that the
	// specification defines as null could not be written with it; none is.
	Change map[string]any
}

// unfold applies the steps of a history, each to the result of the one before.
// The files are our own and a test unfolds them all; should a step not be
// readable all the same, it and what builds upon it are left out, which can
// only make a verification fail.
func unfold(history, newer []byte) []State {
	var steps []step
	if json.Unmarshal(history, &steps) != nil {
		return nil
	}
	states := make([]State, 0, len(steps))
	for _, s := range steps {
		older, ok := s.apply(newer)
		if !ok {
			break
		}
		states = append(states, State{Date: s.Date, Note: s.Note, Document: older})
		newer = older
	}
	return states
}

// apply returns the document that the step makes of a newer one.
func (s step) apply(newer []byte) (older []byte, ok bool) {
	if s.Of != "" {
		if newer, ok = document(s.Of); !ok {
			return nil, false
		}
	}
	if s.Rename.From != "" {
		newer = bytes.ReplaceAll(newer, []byte(`"`+s.Rename.From), []byte(`"`+s.Rename.To))
	}
	var doc map[string]any
	if json.Unmarshal(newer, &doc) != nil {
		return nil, false
	}
	context, ok := doc["@context"].(map[string]any)
	if !ok {
		return nil, false
	}
	merge(context, s.Change)
	older, err := json.Marshal(doc)
	return older, err == nil
}

// merge changes target by a merge patch (RFC 7396, 2).
func merge(target, patch map[string]any) {
	for name, change := range patch {
		switch change := change.(type) {
		case nil:
			delete(target, name)
		case map[string]any:
			inner, ok := target[name].(map[string]any)
			if !ok {
				inner = make(map[string]any, len(change))
				target[name] = inner
			}
			merge(inner, change)
		default:
			target[name] = change
		}
	}
}
