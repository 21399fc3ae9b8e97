package main

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"io"
	"unicode"
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
func write(w io.Writer, v *view) error {
	var page bytes.Buffer
	if err := pages.ExecuteTemplate(&page, "page", v); err != nil {
		return err
	}
	_, err := w.Write(bytes.Map(allowed, page.Bytes()))
	return err
}

// allowed makes visible the characters that HTML forbids (Unicode's controls and
// noncharacters), which statements have from where they were copied.
func allowed(r rune) rune {
	switch {
	case r == '\f' || r == '\v':
		return ' '
	case unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r', r&0xfffe == 0xfffe, r >= 0xfdd0 && r <= 0xfdef:
		return unicode.ReplacementChar
	}
	return r
}

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
