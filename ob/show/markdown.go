package show

import (
	"bytes"
	"html"
	"html/template"
	"strings"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"

	"github.com/laurel-edu/laurel/vc"
)

// Rich is a text that its author wrote in Markdown, as HTML that does nothing: no
// scripts, no pictures, no styles, no headings that would mingle with those of the
// page, and links to https, http and mailto alone.
type Rich struct {
	HTML      template.HTML
	Lang, Dir string
}

// maxMarkdown bounds what is read as Markdown. A longer text is shown as it is
// written: nobody formats a book in a badge, and what is shown costs the host time for
// each reader.
const maxMarkdown = 64 << 10

func (m maker) rich(t vc.Text) Rich {
	if m.brief {
		return Rich{}
	}
	plain := m.text(t)
	return Rich{HTML: markdown(plain.Value), Lang: plain.Lang, Dir: plain.Dir}
}

func markdown(text string) template.HTML {
	if strings.TrimSpace(text) == "" {
		return ""
	}
	var out bytes.Buffer
	if len(text) > maxMarkdown || converter.Convert([]byte(text), &out) != nil {
		return paragraphs(text)
	}
	return template.HTML(policy.SanitizeBytes(out.Bytes())) //nolint:gosec // sanitised here
}

// paragraphs is a plain text in HTML.
func paragraphs(text string) template.HTML {
	var out strings.Builder
	for part := range strings.SplitSeq(text, "\n\n") {
		if part = strings.TrimSpace(part); part != "" {
			out.WriteString("<p>" + html.EscapeString(part) + "</p>\n")
		}
	}
	return template.HTML(out.String()) //nolint:gosec // escaped here
}

// converter renders CommonMark with tables, and raw HTML as nothing.
var converter = goldmark.New(
	goldmark.WithExtensions(extension.Table, extension.Strikethrough),
	goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(headings{}, 1))),
)

// headings shows the headings of a text as paragraphs in bold.
type headings struct{}

// RegisterFuncs implements renderer.NodeRenderer.
func (headings) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindHeading, func(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
		tag := "</strong></p>\n"
		if entering {
			tag = "<p><strong>"
		}
		_, err := w.WriteString(tag)
		return ast.WalkContinue, err
	})
}

// policy is what of the rendered HTML stays. The renderer makes nothing else, and this
// is not left to the renderer alone.
var policy = func() *bluemonday.Policy {
	p := linking()
	p.AllowElements("p", "strong", "em", "del", "blockquote", "ul", "ol", "li", "code", "pre", "br", "hr",
		"table", "thead", "tbody", "tr", "th", "td")
	return p
}()
