package main

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"io"
)

//go:embed page.html
var pageHTML string

//go:embed style.css
var style string

//go:embed search.js
var script string

// policy lets nothing run or load but what this program wrote, whatever a statement holds.
var policy = "default-src 'none'; style-src " + hash(style) + "; script-src " + hash(script) + "; img-src data:; " +
	"base-uri 'none'; form-action 'none'"

func hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// write writes the page.
func write(w io.Writer, v *view) error { return pages.ExecuteTemplate(w, "page", v) }

var pages = template.Must(template.New("").Funcs(template.FuncMap{
	"named":  named,
	"link":   func(s string) template.URL { return template.URL(s) }, //nolint:gosec // webLink let it through
	"style":  func() template.CSS { return template.CSS(style) },     //nolint:gosec // ours
	"script": func() template.JS { return template.JS(script) },      //nolint:gosec // ours
	"policy": func() string { return policy },
	"in":     func(s *sheet, several bool) sheetIn { return sheetIn{s, several} },
}).Parse(pageHTML))

// sheetIn is a framework among others or alone, which decides what its headings are.
type sheetIn struct {
	*sheet
	Several bool
}
