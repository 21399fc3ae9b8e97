package main

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/laurel-edu/laurel/casefw"
)

// tree writes the items in the order of the tree. An item with several parents
// stands at the first and is linked from the others. The walk is a loop, not a
// recursion: published frameworks are ten levels deep, hostile ones thousands.
func (p *page) tree() {
	p.printf("<section id=\"tree\" aria-label=\"Tree\">\n")
	var open []bool // for each level that is open: whether it is a details element
	for item, depth := range p.f.Tree() {
		nested := min(depth, deepest)
		for len(open) >= nested {
			open = p.close(open)
		}
		open = append(open, p.open(item, depth))
	}
	for len(open) > 0 {
		open = p.close(open)
	}
	p.printf("</section>\n")
}

// outside writes the items that the tree does not reach.
func (p *page) outside() {
	rest := 0
	for item := range p.f.Items() {
		if p.shown[item.Index()] {
			continue
		}
		if rest == 0 {
			p.printf("<section id=\"outside\">\n<h2>Outside the tree</h2>\n<p>No link leads from the document to these items.</p>\n")
		}
		rest++
		p.shown[item.Index()] = true
		p.printf("<div class=\"item\" id=\"%s\">", p.anchors[item.Index()])
		p.line(item)
		p.details(item)
		p.printf("</div>\n")
	}
	if rest > 0 {
		p.printf("</section>\n")
	}
}

// open begins an item: a details element where it has children, so that it can be
// folded without a script.
func (p *page) open(item casefw.Item, depth int) (folds bool) {
	p.shown[item.Index()] = true
	anchor := p.anchors[item.Index()]
	folds = !item.Leaf() && depth < deepest
	if !folds {
		p.printf("<div class=\"item\" id=\"%s\">", anchor)
		p.line(item)
		p.details(item)
		return false
	}
	state := ""
	if p.f.Len() <= openUpTo || depth < 3 {
		state = " open"
	}
	p.printf("<details class=\"item\" id=\"%s\"%s><summary>", anchor, state)
	p.line(item)
	p.printf("</summary>\n<div class=\"below\">")
	p.details(item)
	return true
}

func (p *page) close(open []bool) []bool {
	last := len(open) - 1
	if open[last] {
		p.printf("</div></details>\n")
	} else {
		p.printf("</div>\n")
	}
	return open[:last]
}

// line writes what names an item: code, statement, type.
func (p *page) line(item casefw.Item) {
	if code := item.Code(); code != "" {
		p.printf("<a class=\"code\" href=\"#%s\">%s</a> ", p.anchors[item.Index()], escape(code))
	}
	p.printf("<span class=\"statement\" dir=\"auto\">%s</span>", escape(item.Statement()))
	if kind := item.Type(); kind != "" {
		p.printf(" <span class=\"kind\">%s</span>", escape(kind))
	}
	if when := period(item.StartDate(), item.EndDate()); when != "" {
		p.printf(" <span class=\"when\">%s</span>", escape(when))
	}
}

// details writes the rest of an item, where there is any.
func (p *page) details(item casefw.Item) {
	if short := item.ShortStatement(); short != "" && short != item.Statement() {
		p.printf("<p class=\"note\" dir=\"auto\">In short: %s</p>", escape(short))
	}
	if notes := item.Notes(); notes != "" {
		p.printf("<p class=\"note\" dir=\"auto\">%s</p>", escape(notes))
	}
	p.tags(item)
	p.links(item)
}

// tags writes the short lists of an item on one line.
func (p *page) tags(item casefw.Item) {
	begun := false
	for _, list := range []struct {
		name   string
		values []string
	}{{"Level", item.EducationLevels()}, {"Subject", item.Subjects()}, {"Keywords", item.Keywords()}} {
		if len(list.values) == 0 {
			continue
		}
		if !begun {
			p.printf("<p class=\"tags\">")
			begun = true
		}
		p.printf("<b>%s</b>", list.name)
		for _, v := range list.values {
			p.printf(" <span>%s</span>", escape(v))
		}
		p.printf(" ")
	}
	if begun {
		p.printf("</p>")
	}
}

// links writes the associations of an item: all that begin at it but the place in
// the tree, and those of a kind that says something at the other end too.
func (p *page) links(item casefw.Item) {
	parents := slices.Collect(item.Parents())
	var lines []string
	for _, other := range parents[min(1, len(parents)):] {
		lines = append(lines, "also under "+p.inside(other))
	}
	for a := range item.Outgoing() {
		if a.Type() != casefw.IsChildOf {
			lines = append(lines, escape(string(a.Type()))+" "+p.node(a.Destination()))
		}
	}
	for a := range item.Incoming(casefw.Precedes, casefw.ReplacedBy) {
		lines = append(lines, escape(a.Type().Semantics().Inverse)+" "+p.node(a.Origin()))
	}
	if len(lines) == 0 {
		return
	}
	p.printf("<ul class=\"links\">")
	for _, l := range lines {
		p.printf("<li>%s</li>", l)
	}
	p.printf("</ul>")
}

// inside links to an item of the page; the text is HTML.
func (p *page) inside(item casefw.Item) string {
	name := item.Code()
	if name == "" {
		name = short(item.Statement(), 40)
	}
	return fmt.Sprintf("<a href=\"#%s\">%s</a>", p.anchors[item.Index()], escape(name))
}

// node links to an end of an association; the text is HTML.
func (p *page) node(n casefw.Node) string {
	if item := n.Item(); !item.IsZero() {
		return p.inside(item)
	}
	name := cmp.Or(n.Title(), n.URI(), n.Identifier(), "something unnamed")
	if u, ok := webLink(n.URI()); ok {
		return anchor(u, name)
	}
	return escape(name)
}
