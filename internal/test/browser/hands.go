package browser

import (
	"strconv"

	"github.com/stretchr/testify/require"
)

// Click clicks with the mouse in the middle of what a selector finds first.
func (p *Page) Click(selector string) {
	p.t.Helper()
	at := p.middle(selector)
	for _, kind := range []string{"mousePressed", "mouseReleased"} {
		p.call("Input.dispatchMouseEvent", map[string]any{"type": kind, "x": at[0], "y": at[1], "button": "left", "clickCount": 1}, nil)
	}
}

// middle is where the middle is of what a selector finds first, which is brought into view.
func (p *Page) middle(selector string) (at []float64) {
	p.t.Helper()
	p.Eval(`(() => {
		const e = document.querySelector(`+strconv.Quote(selector)+`);
		if (!e) return [];
		e.scrollIntoView({block: "center", behavior: "instant"});
		const r = e.getBoundingClientRect();
		return [r.x + r.width / 2, r.y + r.height / 2];
	})()`, &at)
	require.Len(p.t, at, 2, "no %s on %s", selector, p.URL())
	return at
}

// Submit clicks, and waits until the page is loaded to which that leads.
func (p *Page) Submit(selector string) {
	p.t.Helper()
	p.Loads(func() { p.Click(selector) })
}

// Fill types a text into a field, in place of what is there.
func (p *Page) Fill(selector, text string) {
	p.t.Helper()
	var there bool
	p.Eval(`(() => {
		const e = document.querySelector(`+strconv.Quote(selector)+`);
		if (!e) return false;
		e.focus(); if (e.select) e.select();
		return true;
	})()`, &there)
	require.True(p.t, there, "no %s on %s", selector, p.URL())
	p.Type(text)
}

// Type types a text where the focus is. A field that has it by itself (autofocus) has it only
// once the page was drawn, so that a page without a focus is waited for.
func (p *Page) Type(text string) {
	p.t.Helper()
	p.Until(`document.activeElement && document.activeElement !== document.body`)
	p.call("Input.insertText", map[string]any{"text": text}, nil)
}

// keys are those that people get around a page with.
var keys = map[string]struct {
	code int
	text string
}{
	"Tab": {9, ""}, "Enter": {13, "\r"}, "Escape": {27, ""}, " ": {32, " "},
	"ArrowDown": {40, ""}, "ArrowUp": {38, ""}, "ArrowLeft": {37, ""}, "ArrowRight": {39, ""},
}

// Press presses a key: Tab, Enter, Escape, a space or an arrow.
func (p *Page) Press(key string) {
	p.t.Helper()
	k, ok := keys[key]
	require.True(p.t, ok, "no key %q", key)
	down := "keyDown"
	if k.text == "" {
		down = "rawKeyDown"
	}
	p.call("Input.dispatchKeyEvent", map[string]any{"type": down, "key": key, "windowsVirtualKeyCode": k.code, "text": k.text}, nil)
	p.call("Input.dispatchKeyEvent", map[string]any{"type": "keyUp", "key": key, "windowsVirtualKeyCode": k.code}, nil)
}

// Focused says what has the focus: the name of its element, with its id, its name or
// its text.
func (p *Page) Focused() (what string) {
	p.Eval(`(() => {
		const e = document.activeElement;
		if (!e || e === document.body) return "";
		return e.tagName.toLowerCase() + " " + (e.id || e.name || e.textContent.trim().slice(0, 40));
	})()`, &what)
	return what
}

// Choose gives a field of files the files of these paths.
func (p *Page) Choose(selector string, paths ...string) {
	p.t.Helper()
	var document struct{ Root struct{ NodeID int } }
	p.call("DOM.getDocument", struct{}{}, &document)
	var found struct{ NodeID int }
	p.call("DOM.querySelector", map[string]any{"nodeId": document.Root.NodeID, "selector": selector}, &found)
	require.NotZero(p.t, found.NodeID, "no %s", selector)
	p.call("DOM.setFileInputFiles", map[string]any{"files": paths, "nodeId": found.NodeID}, nil)
}

// Drop drops the files of these paths in the middle of what a selector finds first, as by
// the mouse out of a folder.
func (p *Page) Drop(selector string, paths ...string) {
	p.t.Helper()
	at := p.middle(selector)
	data := map[string]any{"items": []any{}, "files": paths, "dragOperationsMask": 1}
	for _, kind := range []string{"dragEnter", "dragOver", "drop"} {
		p.call("Input.dispatchDragEvent", map[string]any{"type": kind, "x": at[0], "y": at[1], "data": data}, nil)
	}
}
