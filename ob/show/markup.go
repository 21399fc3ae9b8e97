package show

import (
	"bytes"
	"html/template"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/laurel-edu/laurel/vc"
)

// Markup returns a text of a competency framework as HTML that does nothing: CASE permits
// Markdown and LaTeX, and what is published has HTML besides. Emphasis, lists of points,
// tables, code and links to https, http and mailto are shown as they are meant, subscripts,
// superscripts and the like of HTML too; a picture is a link to it. All other tags, LaTeX, and
// what only looks like Markdown (the number before a statement, 2*3*4, a blank to be filled
// in) are shown as they are written, so that no word is lost. What is opened is closed.
//
// It is safe for concurrent use.
func Markup(written string) template.HTML {
	written = strings.ReplaceAll(strings.TrimSpace(written), "\r\n", "\n")
	if written == "" {
		return ""
	}
	convert := plainly
	if points.FindStringIndex(written) != nil {
		convert = listed
	}
	var out bytes.Buffer
	if len(written) > maxMarkdown || convert.Convert([]byte(written), &out) != nil {
		return paragraphs(written)
	}
	return template.HTML(balanced(markupPolicy.Sanitize(out.String()))) //nolint:gosec // sanitised here
}

// points finds two lines that begin as points of a list: a single one is more often a minus,
// or a dash.
var points = regexp.MustCompile(`(?m)^[ \t]*[-*+] +\S[^\n]*\n(?s:.*?\n)?[ \t]*[-*+] +\S`)

// plainly reads texts without lists, and listed those with some. Neither knows headings,
// quotations, rules and indented code, which statements have without meaning them.
var plainly, listed = reading(), reading(
	util.Prioritized(parser.NewListParser(), 300), util.Prioritized(parser.NewListItemParser(), 400))

func reading(blocks ...util.PrioritizedValue) goldmark.Markdown {
	return goldmark.New(
		goldmark.WithParser(parser.NewParser(
			parser.WithBlockParsers(append(blocks, util.Prioritized(parser.NewParagraphParser(), 1000))...),
			parser.WithInlineParsers(append(parser.DefaultInlineParsers(),
				util.Prioritized(formula{}, 150), util.Prioritized(product{}, 450))...))),
		goldmark.WithExtensions(extension.Table),
		goldmark.WithRendererOptions(html.WithHardWraps(), renderer.WithNodeRenderers(util.Prioritized(tags{}, 1))),
	)
}

// formula keeps LaTeX between dollars as it is written.
type formula struct{}

// latex finds it. Money is none: where it is told of twice, a space stands before the second
// dollar, or a digit behind it.
var latex = regexp.MustCompile(`^(?:\$\$[^$]+\$\$|\$[^ $\n](?:[^$\n]*[^ $\n])?\$)(?:[^0-9]|$)`)

// Trigger implements parser.InlineParser.
func (formula) Trigger() []byte { return []byte{'$'} }

// Parse implements parser.InlineParser.
func (formula) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	found := latex.Find(line)
	end := bytes.LastIndexByte(found, '$') + 1
	if end == 0 {
		return nil
	}
	node := ast.NewString(bytes.Clone(line[:end]))
	node.SetRaw(true)
	block.Advance(end)
	return node
}

// product keeps a star beside a digit and between letters or digits, which is no emphasis in
// a statement.
type product struct{}

// Trigger implements parser.InlineParser.
func (product) Trigger() []byte { return []byte{'*'} }

// Parse implements parser.InlineParser.
func (product) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, segment := block.PeekLine()
	before, next := block.PrecendingCharacter(), rune(0)
	if len(line) > 1 {
		next, _ = utf8.DecodeRune(line[1:])
	}
	digit := unicode.IsDigit(before) || unicode.IsDigit(next)
	if !digit || !unicode.IsDigit(before) && !unicode.IsLetter(before) || !unicode.IsDigit(next) && !unicode.IsLetter(next) {
		return nil
	}
	block.Advance(1)
	return ast.NewTextSegment(segment.WithStop(segment.Start + 1))
}

// tags writes the tags that the policy knows or takes out, every other as text, and
// pictures as links.
type tags struct{}

// RegisterFuncs implements renderer.NodeRenderer.
func (tags) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindRawHTML, func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkSkipChildren, nil
		}
		written := string(n.(*ast.RawHTML).Segments.Value(source))
		if m := tag.FindStringSubmatchIndex(written); m == nil || m[0] > 0 || !slices.Contains(known, strings.ToLower(written[m[4]:m[5]])) {
			written = template.HTMLEscapeString(written)
		}
		_, err := w.WriteString(written)
		return ast.WalkSkipChildren, err
	})
	r.Register(ast.KindImage, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		written := "</a>"
		if entering {
			written = `<a href="` + template.HTMLEscapeString(string(n.(*ast.Image).Destination)) + `">`
			if n.FirstChild() == nil {
				written += "Picture"
			}
		}
		_, err := w.WriteString(written)
		return ast.WalkContinue, err
	})
}

// tag finds a tag of HTML: whether it closes, its name.
var tag = regexp.MustCompile(`<(/?)([A-Za-z][A-Za-z0-9]*)[^>]*>`)

// stays are the elements of HTML that stay, and known besides those that say how a text looks
// and are taken out.
var (
	stays = []string{"p", "br", "em", "strong", "b", "i", "u", "s", "del", "ins", "sub", "sup", "small", "code", "ul", "ol", "li",
		"table", "thead", "tbody", "tr", "th", "td"}
	known = append([]string{"a", "span", "font", "div", "big", "center", "tt", "nobr", "h1", "h2", "h3", "h4", "h5", "h6"}, stays...)
)

var markupPolicy = func() *bluemonday.Policy {
	p := linking()
	p.AllowElements(stays...)
	p.AllowAttrs("start").Matching(bluemonday.Integer).OnElements("ol")
	return p
}()

// linking permits links that are safe to open by a click.
func linking() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowAttrs("href").OnElements("a")
	p.AllowURLSchemes("mailto")
	for _, scheme := range []string{"https", "http"} {
		p.AllowURLSchemeWithCustomPolicy(scheme, func(u *url.URL) bool { return Link(vc.IRI(u.String())) != "" })
	}
	p.RequireParseableURLs(true)
	p.AllowRelativeURLs(false)
	p.RequireNoFollowOnLinks(true)
	p.RequireNoReferrerOnLinks(true)
	return p
}

// balanced closes what was opened, and leaves out what closes nothing, so that a text ends
// what its author began and nothing of the page around it.
func balanced(written string) string {
	var out strings.Builder
	var open []string
	end := func(n int) {
		for ; len(open) > n; open = open[:len(open)-1] {
			out.WriteString("</" + open[len(open)-1] + ">")
		}
	}
	last := 0
	for _, m := range tag.FindAllStringSubmatchIndex(written, -1) {
		out.WriteString(written[last:m[0]])
		last = m[1]
		name := written[m[4]:m[5]]
		switch closes := m[3] > m[2]; {
		case name == "br" || name == "hr":
			out.WriteString(written[m[0]:m[1]])
		case !closes && len(open) < maxOpen:
			open = append(open, name)
			out.WriteString(written[m[0]:m[1]])
		case closes:
			for i := len(open) - 1; i >= 0; i-- {
				if open[i] == name {
					end(i)
					break
				}
			}
		}
	}
	out.WriteString(written[last:])
	end(0)
	return out.String()
}

// maxOpen bounds elements in elements: browsers flatten what is deeper than 512, with the
// page around it.
const maxOpen = 64
