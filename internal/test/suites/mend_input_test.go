package suites_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// mendNullContext exchanges the null context of graphs for one that takes all
// other terms back, which is the same without the loss.
func mendNullContext(c *comparison) bool {
	mended, w, none := false, web{}, map[string]any{"@vocab": nil, "@language": nil}
	documents := map[string]map[string]any{}
	var own map[string]any
	if json.Unmarshal(c.text, &own) == nil {
		takeBack(none, own["@context"])
	}
	for url, text := range c.w {
		w[url] = text
		var document map[string]any
		if bytes.Contains(c.text, []byte(url)) && json.Unmarshal(text, &document) == nil {
			documents[url] = document
			takeBack(none, document["@context"])
		}
	}
	for url, document := range documents {
		if exchangeNullContexts(document["@context"], none) {
			mended = true
			w[url], _ = json.Marshal(document)
		}
	}
	if mended {
		d := &comparison{text: c.text, w: w}
		d.runPeer()
		if mended = d.peerForm != c.peerForm; mended {
			c.w, c.peer, c.peerForm, c.peerError = w, d.peer, d.peerForm, d.peerError
		}
	}
	return mended
}

// takeBack maps the terms of a context and of its scoped contexts to null.
func takeBack(none map[string]any, local any) {
	for name, definition := range definitions(local) {
		none[name] = nil
		if m, ok := definition.(map[string]any); ok {
			takeBack(none, m["@context"])
		}
	}
}

// exchangeNullContexts changes the definitions of graphs in a local context.
func exchangeNullContexts(v any, none map[string]any) (changed bool) {
	m, _ := v.(map[string]any)
	for name, definition := range m {
		d, _ := definition.(map[string]any)
		if scoped, ok := d["@context"]; ok && scoped == nil && d["@container"] == "@graph" {
			others := maps.Clone(none)
			delete(others, name)
			d["@context"] = others
			changed = true
		} else {
			changed = exchangeNullContexts(definition, none) || changed
		}
	}
	return changed
}

// mendSets writes the values of sets without the sets, where we alone see an error.
func mendSets(c *comparison) bool {
	var document any
	if c.ourError == nil || c.peerError != nil || json.Unmarshal(c.text, &document) != nil {
		return false
	}
	text, _ := json.Marshal(withoutSets(document))
	d := &comparison{text: text, w: c.w}
	d.runPeer()
	c.text, c.peer, c.peerForm, c.peerError = text, d.peer, d.peerForm, d.peerError
	return true
}

func withoutSets(v any) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = withoutSets(v[i])
		}
	case map[string]any:
		if set, ok := v["@set"]; ok {
			return withoutSets(set)
		}
		for name, value := range v {
			if name != "@context" {
				v[name] = withoutSets(value)
			}
		}
	}
	return v
}

// noResult takes our statements for json-gold's where it ended with one of the
// messages: there is nothing to compare.
func noResult(messages ...string) func(*comparison) bool {
	return func(c *comparison) bool {
		if c.ourError != nil || c.peerError == nil ||
			!slices.ContainsFunc(messages, func(m string) bool { return strings.Contains(c.peerError.Error(), m) }) {
			return false
		}
		c.peer, c.peerForm, c.peerError = c.ours, c.ourForm, nil
		return true
	}
}

// mendNodeLanguage takes the languages of nodes out of the document.
func mendNodeLanguage(c *comparison) bool {
	var document any
	if c.peerError == nil || json.Unmarshal(c.text, &document) != nil || !dropNodeLanguages(document) {
		return false
	}
	text, _ := json.Marshal(document)
	d := &comparison{text: text, w: c.w}
	d.runPeer()
	c.text, c.peer, c.peerForm, c.peerError = text, d.peer, d.peerForm, d.peerError
	return true
}

func dropNodeLanguages(v any) (changed bool) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			changed = dropNodeLanguages(item) || changed
		}
	case map[string]any:
		if v["@language"] != nil && v["@value"] == nil {
			delete(v, "@language")
			changed = true
		}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if name != "@context" {
				changed = dropNodeLanguages(v[name]) || changed
			}
		}
	}
	return changed
}
