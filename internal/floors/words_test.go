package floors_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// mostWords is how many words a message has at most, and a fix.
const mostWords = 20

// saying is the entry of a code in a table of words.
type saying struct {
	code  string // of another package with its name, "fetch.CodeBudget"
	texts map[string]string
}

// tablesOf returns the entries of the tables of a package: the package's variables
// called words, and others of the type vc.Words. An entry is a Problem, or below vc its type URL and its fix.
func tablesOf(s source) (all []saying) {
	known := constants(s)
	for _, file := range s.Files {
		for _, decl := range file.Decls {
			group, ok := decl.(*ast.GenDecl)
			if !ok || group.Tok != token.VAR {
				continue
			}
			for _, spec := range group.Specs {
				line := spec.(*ast.ValueSpec)
				if len(line.Values) != 1 {
					continue
				}
				table, ok := line.Values[0].(*ast.CompositeLit)
				if !ok || line.Names[0].Name != "words" && nameOf(table.Type) != "vc.Words" {
					continue
				}
				for _, entry := range table.Elts {
					all = append(all, sayingOf(entry.(*ast.KeyValueExpr), known))
				}
			}
		}
	}
	return all
}

func sayingOf(entry *ast.KeyValueExpr, known map[string]ast.Expr) saying {
	s := saying{code: nameOf(entry.Key), texts: map[string]string{}}
	below := [...]string{"Type", "Fix"}
	for i, field := range entry.Value.(*ast.CompositeLit).Elts {
		if named, ok := field.(*ast.KeyValueExpr); ok {
			s.texts[nameOf(named.Key)] = textOf(named.Value, known)
		} else {
			s.texts[below[i]] = textOf(field, known)
			s.texts["Message"] = "each error's own"
		}
	}
	return s
}

// nameOf is the name of a constant, without a conversion around it.
func nameOf(expr ast.Expr) string {
	switch e := expr.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return nameOf(e.X) + "." + e.Sel.Name
	case *ast.CallExpr:
		if len(e.Args) == 1 {
			return nameOf(e.Args[0])
		}
	}
	return ""
}

// textOf is a constant text; of another package's constant it is the name.
func textOf(expr ast.Expr, known map[string]ast.Expr) string {
	switch e := expr.(type) {
	case *ast.BasicLit:
		text, _ := strconv.Unquote(e.Value)
		return text
	case *ast.BinaryExpr:
		return textOf(e.X, known) + textOf(e.Y, known)
	case *ast.Ident:
		if value := known[e.Name]; value != nil {
			return textOf(value, known)
		}
	}
	return nameOf(expr)
}

// constants are the package's own.
func constants(s source) map[string]ast.Expr {
	all := map[string]ast.Expr{}
	for _, file := range s.Files {
		for _, decl := range file.Decls {
			if group, ok := decl.(*ast.GenDecl); ok && group.Tok == token.CONST {
				for _, spec := range group.Specs {
					if line := spec.(*ast.ValueSpec); len(line.Values) == 1 {
						all[line.Names[0].Name] = line.Values[0]
					}
				}
			}
		}
	}
	return all
}

// lacking says what is wrong with an entry, "" for nothing.
func lacking(s saying) string {
	for _, name := range [...]string{"Type", "Message", "Fix"} {
		text := s.texts[name]
		switch {
		case text == "":
			return s.code + " has no " + name
		case name != "Type" && len(strings.Fields(text)) > mostWords:
			return s.code + " has more than twenty words: " + text
		}
	}
	return ""
}

// Every code has its words in the table of its package, or where it is one of package
// proof in the table of a package that reports it: a type URL that a service can answer
// with, a message and a fix of twenty words at most.
func TestCodesHaveWords(t *testing.T) {
	all := codes(t)
	_, packages := sources(t)
	tables := map[string][]saying{} // by package
	said := 0
	for _, s := range packages {
		tables[s.Dir] = tablesOf(s)
		said += len(tables[s.Dir])
		for _, entry := range tables[s.Dir] {
			if s.Dir == "internal/format" {
				entry.texts["Type"] = "vc.TypeParsing" // of them all, since vc words what it recognises
			}
			require.Empty(t, lacking(entry), s.Dir)
		}
	}
	require.Greater(t, said, 250)
	for _, s := range packages {
		for _, c := range all {
			if c.Dir == s.Dir && s.public() && c.Own {
				require.True(t, worded(tables, c), "%s.%s has no words", c.Dir, c.Name)
			}
		}
	}
}

func worded(tables map[string][]saying, c code) bool {
	has := func(table []saying, name string) bool {
		return slices.ContainsFunc(table, func(e saying) bool { return e.code == name })
	}
	if has(tables[c.Dir], c.Name) {
		return true
	}
	for _, table := range tables {
		if c.Dir == "proof" && has(table, "proof."+c.Name) {
			return true
		}
	}
	return false
}

// The rule is seen to refuse each thing that can lack.
func TestWordsCanRefuse(t *testing.T) {
	const text = `package p
const fix = "mend it"
var words = vc.Words{
	CodeGood: {Type: vc.TypeParsing, Message: "the text is " + "none", Fix: fix},
	vc.Code(fetch.CodeBudget): {Type: vc.TypeParsing, Message: "the text is none", Fix: fix},
	CodeNoType: {Message: "the text is none", Fix: fix},
	CodeNoFix: {Type: vc.TypeParsing, Message: "the text is none"},
	CodeLong: {Type: vc.TypeParsing, Message: "a b c d e f g h i j k l m n o p q r s t u", Fix: fix},
	CodeBelow: {typeDID + "X", fix},
	CodeBelowBare: {"", fix},
}`
	file, err := parser.ParseFile(token.NewFileSet(), "p.go", text, 0)
	require.NoError(t, err)
	var found []string
	for _, s := range tablesOf(source{Files: []*ast.File{file}}) {
		found = append(found, s.code+": "+lacking(s))
	}
	require.Equal(t, []string{
		"CodeGood: ", "fetch.CodeBudget: ", "CodeNoType: CodeNoType has no Type", "CodeNoFix: CodeNoFix has no Fix",
		"CodeLong: CodeLong has more than twenty words: a b c d e f g h i j k l m n o p q r s t u", "CodeBelow: ", "CodeBelowBare: CodeBelowBare has no Type",
	}, found)

	tables := map[string][]saying{"proof": {{code: "CodeHere"}}, "token": {{code: "proof.CodeThere"}, {code: "fetch.CodeThere"}}}
	require.True(t, worded(tables, code{Dir: "proof", Name: "CodeHere"}))
	require.True(t, worded(tables, code{Dir: "proof", Name: "CodeThere"}))
	require.False(t, worded(tables, code{Dir: "proof", Name: "CodeNowhere"}))
	require.False(t, worded(tables, code{Dir: "token", Name: "CodeHere"}))
	require.False(t, worded(tables, code{Dir: "fetch", Name: "CodeThere"}))
}
