package main

import (
	"cmp"
	"fmt"
	"html"
	"html/template"
	"regexp"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/ob/show"
)

// view is what there is to show: frameworks, and what they say of one another.
type view struct {
	Title  string
	Sheets []*sheet

	catalog *casefw.Catalog
	places  map[*casefw.Framework]*sheet
	links   map[place][]link
	said    map[saying]bool
	refs    map[place]ref
}

// Several reports whether there is more than one framework.
func (v *view) Several() bool { return len(v.Sheets) > 1 }

// place is an item of a framework.
type place struct {
	f *casefw.Framework
	i int
}

func at(item casefw.Item) place { return place{item.Framework(), item.Index()} }

// text is a text of somebody in a language, "" for that which is around it.
type text struct {
	HTML template.HTML
	Lang string
}

// written is a text that may have Markdown and HTML.
func written(s, lang string) text { return text{show.Markup(s), lang} }

// said is a text that has neither.
func said(s, lang string) text { return text{template.HTML(html.EscapeString(s)), lang} } //nolint:gosec // escaped here

// plain is a text as it is read, in one line, for the label of a link.
func plain(s string) string {
	words := inline.ReplaceAllString(string(show.Markup(s)), "")
	return strings.Join(strings.Fields(html.UnescapeString(block.ReplaceAllString(words, " "))), " ")
}

// inline are the elements that stand within words, and block all others.
var (
	inline = regexp.MustCompile(`</?(em|strong|b|i|u|s|del|ins|sub|sup|small|code|a)( [^>]*)?>`)
	block  = regexp.MustCompile(`<[^>]*>`)
)

// sheet is a framework.
type sheet struct {
	ID, Lang string
	Title    text
	By       string
	About    text
	Size     string
	Facts    []fact
	Tree     []*entry
	Outside  []*entry // what the tree does not reach
	Links    []stated // between what stands in none of the frameworks
	Rubrics  []rubric
	Terms    []terms
	Codes    []ref
	Letters  []letter

	f       *casefw.Framework
	p       *casefw.CFPackage
	anchors []string // of the items, by index
	shown   map[int]bool
	scored  map[int][]scored // of the items, by index
}

// newView gathers what there is to show of frameworks.
func newView(all []*casefw.Framework) *view {
	v := &view{catalog: casefw.NewCatalog(all...), places: map[*casefw.Framework]*sheet{}, links: map[place][]link{},
		said: map[saying]bool{}, refs: map[place]ref{}}
	taken := map[string]bool{}
	unique := func(name, otherwise string) string {
		if name == "" || taken[name] {
			name = otherwise
		}
		taken[name] = true
		return name
	}
	for n, f := range all {
		if v.places[f] != nil {
			continue
		}
		s := &sheet{f: f, p: f.Package(), anchors: make([]string, f.Len()), shown: map[int]bool{}}
		s.ID = unique(anchor("f-", f.GUID()), fmt.Sprint("f-", n))
		for item := range f.Items() { // the same in the next version of the framework
			s.anchors[item.Index()] = unique(anchor("i-", item.GUID()), fmt.Sprintf("n-%d-%d", n, item.Index()))
		}
		v.Sheets, v.places[f] = append(v.Sheets, s), s
	}
	v.relate()
	for _, s := range v.Sheets {
		v.fill(s)
	}
	v.Title = "Competency frameworks"
	if len(v.Sheets) == 1 {
		v.Title = cmp.Or(plain(v.Sheets[0].f.Title()), "Framework without a title")
	}
	return v
}

func anchor(kind string, id casefw.GUID) string {
	if id.IsZero() {
		return ""
	}
	return kind + id.String()
}

// fill describes a framework.
func (v *view) fill(s *sheet) {
	d := s.f.Document()
	if d == nil {
		d = &casefw.CFDocument{}
	}
	s.Lang, s.By = d.Language, d.Creator
	s.Title = said(cmp.Or(s.f.Title(), "Framework without a title"), s.Lang)
	s.About = written(d.Description, s.Lang)
	s.Size = counted(s.f.Len(), "statement")
	if n := len(s.f.Rubrics()); n > 0 {
		s.Size += ", " + counted(n, "rubric")
	}
	s.Facts = append(facts(d, "title", "description", "CFPackageURI"), extra(s.p)...)
	s.scored = scoring(s)
	v.grow(s)
	s.Rubrics, s.Terms = v.rubrics(s), termsOf(s)
	v.index(s)
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprint(n, " ", what, "s")
}

// ref is a link to an item of the page.
type ref struct{ ID, Code, Name, Lang string }

// ref returns the link to an item.
func (v *view) ref(item casefw.Item) ref {
	r, known := v.refs[at(item)]
	if !known {
		r = ref{v.places[item.Framework()].anchors[item.Index()], item.Code(),
			short(cmp.Or(plain(item.ShortStatement()), plain(item.Statement())), 90), item.Language()}
		v.refs[at(item)] = r
	}
	return r
}
