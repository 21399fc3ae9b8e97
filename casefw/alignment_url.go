package casefw

import "strings"

// targetURL is a URL that an alignment points with, as it is looked for.
type targetURL struct {
	text  string // as sent
	plain string // without what is only spelling
	ids   []GUID // that stand in it
}

// readURL reads a URL. Encoding is undone before identifiers are looked for: %2F ends in
// a letter that they are written with.
func readURL(text string) targetURL {
	plain := plainURI(text)
	return targetURL{text, plain, FindGUIDs(plain)}
}

func (u targetURL) last() GUID {
	if len(u.ids) == 0 {
		return GUID{}
	}
	return u.ids[len(u.ids)-1]
}

// exactly returns the items that have the URL for their uri, to the letter.
func (c *Catalog) exactly(u targetURL) (items []Item) {
	if u.text == "" {
		return nil
	}
	for _, t := range c.spelled(u.plain, u.ids) {
		if t.URI() == u.text {
			items = append(items, t)
		}
	}
	return items
}

// alike returns the items that the URL leads to in some other way.
func (c *Catalog) alike(u targetURL) (items []Item, m Method, certainty Certainty) {
	if u.plain == "" {
		return nil, MethodNone, NoCertainty
	}
	if items = c.known(u.ids); len(items) > 0 {
		return items, MethodGUIDInURL, Probable
	}
	if items = c.spelled(u.plain, nil); len(items) > 0 {
		return items, MethodSimilarURI, Probable
	}
	// What follows a query or a fragment may be told of the visit, or be another thing;
	// an identifier in it is one that the catalog lacks.
	rest, tail := cutTail(u.plain)
	if items = c.spelled(strings.TrimRight(rest, "/"), nil); tail == "" || len(FindGUIDs(tail)) > 0 {
		return nil, MethodNone, NoCertainty
	}
	return items, MethodSimilarURI, Possible
}

// known returns the items of identifiers, the first ones of many. Where one of these is
// that of a framework which holds the item too, it is taken from there.
func (c *Catalog) known(ids []GUID) (items []Item) {
	home := &Catalog{}
	for _, id := range ids {
		if f := c.Framework(id); f != nil && len(home.frameworks) < maxCandidates {
			home.frameworks = append(home.frameworks, f)
		}
	}
	for _, id := range ids {
		t, ok := home.Find(id)
		if !ok {
			t, ok = c.Find(id)
		}
		if ok {
			items = join(items, t)
		}
		if len(items) == maxCandidates {
			break
		}
	}
	return items
}

// inCode returns the items that a code is an identifier or a URL of. A human code is
// neither, though there may be a colon in it.
func (c *Catalog) inCode(code string) []Item {
	u := readURL(code)
	if len(u.ids) == 0 && !strings.Contains(u.plain, "://") && !strings.HasPrefix(u.plain, "urn:") {
		return nil
	}
	if items := c.exactly(u); len(items) > 0 {
		return items
	}
	items, _, _ := c.alike(u)
	return items
}

// class returns the class that the path of the URL names last, in the plural of an
// endpoint or not: "/CFItems/…", "/cfitem/…". It is nil where none is named.
func (u targetURL) class() (named *class) {
	for segment := range strings.FieldsFuncSeq(u.plain, func(r rune) bool { return strings.ContainsRune("/?#&=", r) }) {
		if c := endpoints[strings.ToLower(segment)]; c != nil {
			named = c
		}
	}
	return named
}

// endpoints are the classes by the names that URLs have for them, in small letters.
var endpoints = func() map[string]*class {
	names := map[string]*class{"cfitemassociations": associationSetClass}
	for _, c := range classes() {
		if strings.HasPrefix(c.name, "CF") {
			names[strings.ToLower(c.name)], names[strings.ToLower(c.name)+"s"] = c, c
		}
		for i := range c.members {
			if m := &c.members[i]; m.holdsRecords() && m.many {
				names[strings.ToLower(m.name)] = m.of
			}
		}
	}
	return names
}()
