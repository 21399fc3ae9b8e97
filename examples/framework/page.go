package main

import (
	"bufio"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"strconv"

	"github.com/laurel-edu/laurel/casefw"
)

//go:embed style.css
var style string

//go:embed search.js
var script string

// deepest is how deep elements are nested: browsers flatten what is nested deeper
// than 512, and nobody reads it. The items below stand side by side.
const deepest = 60

// openUpTo is the size of a framework whose tree is shown open as a whole; of a
// larger one the first two levels are.
const openUpTo = 400

// page writes the page of one framework.
type page struct {
	w       *bufio.Writer // its errors stay until Flush
	f       *casefw.Framework
	anchors []string // of the items, by index
	shown   []bool
}

func newPage(w *bufio.Writer, f *casefw.Framework) *page {
	p := &page{w: w, f: f, anchors: make([]string, f.Len()), shown: make([]bool, f.Len())}
	taken := map[string]bool{}
	for item := range f.Items() {
		name := "i-" + item.GUID().String() // the same in the next version of the framework
		if item.GUID().IsZero() || taken[name] {
			name = "n-" + strconv.Itoa(item.Index())
		}
		taken[name] = true
		p.anchors[item.Index()] = name
	}
	return p
}

// printf writes; texts of others go through escape first.
func (p *page) printf(format string, args ...any) { fmt.Fprintf(p.w, format, args...) }

// write writes the page.
func (p *page) write() {
	p.head()
	p.document()
	p.printf("<nav><a href=\"#tree\">Tree</a> <a href=\"#codes\">Codes</a> <a href=\"#words\">Words</a></nav>\n<main>\n")
	p.tree()
	p.outside()
	p.codes()
	p.words()
	p.printf("</main>\n<script>%s</script>\n</body>\n</html>\n", script)
}

// head writes the head. The policy lets nothing run or load but what this program
// wrote, whatever a statement holds.
func (p *page) head() {
	lang := "en"
	if d := p.f.Document(); d != nil && d.Language != "" {
		lang = d.Language
	}
	p.printf("<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", escape(lang))
	p.printf("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src %s; script-src %s; "+
		"base-uri 'none'; form-action 'none'\">\n", hash(style), hash(script))
	p.printf("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
	p.printf("<meta name=\"referrer\" content=\"no-referrer\">\n")
	p.printf("<title>%s</title>\n<style>%s</style>\n</head>\n<body>\n", escape(p.f.Title()), style)
}

func hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// document writes what the framework says of itself.
func (p *page) document() {
	d := p.f.Document()
	if d == nil {
		d = &casefw.CFDocument{}
	}
	p.printf("<header>\n<h1 dir=\"auto\">%s</h1>\n", escape(p.f.Title()))
	if d.Description != "" {
		p.printf("<p class=\"about\" dir=\"auto\">%s</p>\n", escape(d.Description))
	}
	p.printf("<dl>\n")
	p.fact("Creator", d.Creator)
	p.fact("Publisher", d.Publisher)
	p.fact("Status", d.AdoptionStatus)
	p.fact("Version", d.Version)
	p.fact("In force", period(d.StatusStartDate, d.StatusEndDate))
	for i, s := range d.Subject {
		p.fact(map[bool]string{true: "Subject"}[i == 0], s)
	}
	if d.LicenseURI != nil {
		p.fact("Licence", d.LicenseURI.Title)
	}
	p.fact("Changed", d.LastChangeDateTime.String())
	p.linked("Source", string(d.OfficialSourceURL))
	p.printf("<dt>Size</dt><dd>%d items, %d associations</dd>\n</dl>\n</header>\n", p.f.Len(), p.f.LenAssociations())
}

func (p *page) fact(name, value string) {
	if value == "" {
		return
	}
	if name != "" {
		p.printf("<dt>%s</dt>", name)
	}
	p.printf("<dd dir=\"auto\">%s</dd>\n", escape(value))
}

func (p *page) linked(name, uri string) {
	if u, ok := webLink(uri); ok {
		p.printf("<dt>%s</dt><dd>%s</dd>\n", name, anchor(u, uri))
		return
	}
	p.fact(name, uri)
}

// anchor links out of the page; the text is HTML.
func anchor(u, text string) string {
	return fmt.Sprintf("<a href=\"%s\" rel=\"noopener noreferrer nofollow\">%s</a>", escape(u), escape(text))
}

func period(from, to string) string {
	switch {
	case from == "" && to == "":
		return ""
	case to == "":
		return "from " + from
	case from == "":
		return "until " + to
	}
	return from + " to " + to
}
