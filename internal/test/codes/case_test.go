package codes_test

import (
	"strings"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/vc"
)

// bakers is a good framework: items B, with B.1, B.2 and B.10 below it, and O, with O.1
// and O.1-2015.
const bakers = "casefw/testdata/bakers.json"

// Its parts, by what they are called there.
const (
	itemB, itemB1, itemO2015 = "/CFItems/0", "/CFItems/1", "/CFItems/6"
	linkB, linkB1, linkB2    = "/CFAssociations/0", "/CFAssociations/2", "/CFAssociations/3"
	precedes, replaced       = "/CFAssociations/7", "/CFAssociations/9"
	criterion                = "/CFRubrics/0/CFRubricCriteria/0"
	level                    = criterion + "/CFRubricCriterionLevels/0"

	idB       = "8b6dfab7-ca9d-5877-9cc9-f2ac31e81b49"
	idB1      = "a4330d66-5c66-5e10-b0da-15b09d85e064"
	idB2      = "65cead2e-7438-553c-9591-f9271871bdf5"
	idO       = "3314ec01-f5d8-57d6-a266-826895478356"
	idO1      = "244db544-87a8-5be1-8387-797511f7c914"
	idO2015   = "ff4e9059-ec3a-581f-96af-c6af484af4cc"
	idNone    = "11111111-1111-4111-8111-111111111111"
	caseURL   = "https://frameworks.laurel.example/ims/case/v1p1/"
	inOneZero = `/CFDocument/uri = "https://frameworks.laurel.example/ims/case/v1p0/CFDocuments/e4780883-dd76-5228-911c-496c53fd5326"`
)

// node is an end of an association, an item.
func node(id string) string {
	return `{"title":"x","identifier":"` + id + `","uri":"` + caseURL + `CFItems/` + id + `"}`
}

// tie is an association between items.
func tie(kind, from, to string) string {
	return `{"identifier":"` + idNone + `","uri":"` + caseURL + `CFAssociations/` + idNone + `","associationType":"` + kind +
		`","originNodeURI":` + node(from) + `,"destinationNodeURI":` + node(to) + `,"lastChangeDateTime":"2025-05-05T08:00:00Z"}`
}

// loaded is a row about a framework that is read tolerantly.
func loaded(code vc.Code, edits ...string) row {
	return row{code, named(bakers, edits), func(d *desk) []*vc.Problem { return load(d.draft(bakers, edits...), casefw.Options{}) }}
}

// loadedText is loaded for a text that is no edit.
func loadedText(code vc.Code, input, text string) row {
	return row{code, input, func(*desk) []*vc.Problem { return load(text, casefw.Options{}) }}
}

// altered is loaded for what edits of JSON do not reach: one text is put in place of another.
func altered(code vc.Code, input, old, text string) row {
	return row{code, input, func(d *desk) []*vc.Problem {
		good := d.draft(bakers)
		require.Contains(d.t, good, old)
		return load(strings.Replace(good, old, text, 1), casefw.Options{})
	}}
}

func load(text string, o casefw.Options) []*vc.Problem {
	_, report, _ := casefw.LoadBytes([]byte(text), o)
	return report.Findings
}

// single is a row about one resource of a class.
func single[R casefw.Resource](code vc.Code, input, text string) row {
	return row{code, input, func(*desk) []*vc.Problem {
		_, report, _ := casefw.Parse[R]([]byte(text), casefw.Options{})
		return report.Findings
	}}
}

// validated is a row about a framework that is held against the schema of a version.
func validated(code vc.Code, version casefw.Version, edits ...string) row {
	return row{code, named(bakers, edits) + ", validated as CASE " + version.String(), func(d *desk) []*vc.Problem {
		return casefw.Validate[casefw.CFPackage]([]byte(d.draft(bakers, edits...)), version, casefw.Options{}).Findings
	}}
}

// linted is a row about what shows in the framework as a whole.
func linted(code vc.Code, input string, edits ...string) row {
	return row{code, "a framework " + input, func(d *desk) []*vc.Problem { return d.framework(edits...).Lint(0).Findings }}
}

func (d *desk) framework(edits ...string) *casefw.Framework {
	d.t.Helper()
	f, _, err := casefw.LoadBytes([]byte(d.draft(bakers, edits...)), casefw.Options{})
	require.NoError(d.t, err)
	return f
}

// changed is a row about a new version of the framework, which was adopted in 2025.
func changed(code vc.Code, input string, edits ...string) row {
	return row{code, "a new version " + input, func(d *desk) []*vc.Problem {
		now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		return casefw.Diff(d.framework(), d.framework(edits...)).Lint(now).Findings
	}}
}

// downgraded is a row about a framework that is written as CASE 1.0.
func downgraded(code vc.Code, edits ...string) row {
	return row{code, named(bakers, edits) + ", written as CASE 1.0", func(d *desk) []*vc.Problem {
		return casefw.Downgrade(d.framework(edits...).Package()).Findings
	}}
}

var caseRows = []row{
	{casefw.CodeByteOrderMark, "a framework behind a byte order mark", func(d *desk) []*vc.Problem {
		return load("\ufeff"+d.draft(bakers), casefw.Options{})
	}},
	{casefw.CodeByteOrderMark, "a framework behind a byte order mark, validated as CASE 1.1", func(d *desk) []*vc.Problem {
		return casefw.Validate[casefw.CFPackage]([]byte("\ufeff"+d.draft(bakers)), casefw.V1p1, casefw.Options{}).Findings
	}},
	loadedText(casefw.CodeNotJSON, "a page of HTML", "<html>Service unavailable</html>"),
	loadedText(casefw.CodeNotJSON, "a framework cut off in its second item", `{"CFItems":[{"identifier":"`+idB+`"},{"ident`),
	loadedText(casefw.CodeNotJSON, "a framework without a comma", `{"CFItems":[{"identifier":"`+idB+`" "uri":"urn:x"}]}`),
	altered(casefw.CodeInvalidUTF8, "a framework with a statement in Latin-1", "Oven", "\xd6fen"),
	loadedText(casefw.CodeTrailingData, "two frameworks in one file", `{"CFItems":[]} {"CFItems":[]}`),
	loadedText(casefw.CodeNestingTooDeep, "an extension of arrays in arrays, 70 deep",
		`{"CFItems":[{"extensions":{"x":`+strings.Repeat("[", 70)+strings.Repeat("]", 70)+`}}]}`),
	{casefw.CodeTooLarge, "a framework longer than 1,000 bytes, with MaxBytes so", func(d *desk) []*vc.Problem {
		return load(d.draft(bakers), casefw.Options{MaxBytes: 1000})
	}},
	{casefw.CodeTooLarge, "a framework with an item longer than 500 bytes, with MaxRecord so", func(d *desk) []*vc.Problem {
		return load(d.draft(bakers), casefw.Options{MaxRecord: 500})
	}},
	altered(casefw.CodeDuplicateJSONKey, "a framework with an item of two statements", `"fullStatement":"Oven"`,
		`"fullStatement":"Oven","fullStatement":"Ovens"`),
	single[casefw.CFItem](casefw.CodeWrongResource, "a status in place of an item", `{"imsx_codeMajor":"failure"}`),
	loadedText(casefw.CodeWrongResource, "an array in place of a framework", `[]`),
	loadedText(casefw.CodeWrongResource, "a status in place of a framework", `{"imsx_codeMajor":"failure"}`),

	loadedText(casefw.CodeWrappedResource, "a framework in an object CFPackage", `{"CFPackage":{"CFItems":[]}}`),
	single[casefw.CFDocumentSet](casefw.CodeArrayInsteadOfSet, "an array in place of a set of documents", `[{"title":"Baker's craft"}]`),
	single[casefw.CFItemTypeSet](casefw.CodeSingleInsteadOfSet, "an item type in place of a set of them", `{"identifier":"`+idB+`"}`),
	single[casefw.CFDocumentSet](casefw.CodeEmptySet, "a set of no documents", `{"CFDocuments":[]}`),
	loaded(casefw.CodeItemsNotArray, `/CFItems = {"B": {}}`),
	loaded(casefw.CodeDefinitionsNotObject, `/CFDefinitions = []`),
	loaded(casefw.CodePackageWithoutItems, `/CFItems = []`),
	loaded(casefw.CodeNullValue, itemB1+`/notes = null`),
	loaded(casefw.CodeNullValue, itemB1+`/educationLevel/0 = null`),
	loaded(casefw.CodeUnknownProperty, itemB+`/colour = "brown"`),
	loaded(casefw.CodeUnknownProperty, itemB+`/humanCodingScheme`, itemB+`/HumanCodingScheme = "B"`),
	loaded(casefw.CodeStandaloneMemberInPackage, itemB+`/CFDocumentURI = `+node(idB)),
	loaded(casefw.CodeRequiredPropertyMissing, itemB+`/lastChangeDateTime`),
	loaded(casefw.CodeRequiredPropertyMissing, itemB+`/fullStatement`, itemB+`/FullStatement = "Dough"`),
	loaded(casefw.CodeStringInsteadOfArray, itemB1+`/educationLevel = "01"`),
	loaded(casefw.CodeArrayInsteadOfObject, itemB1+`/licenseURI = [`+node(idB)+`]`),
	loaded(casefw.CodeObjectInsteadOfArray, itemB1+`/subjectURI = `+node(idB)),
	loaded(casefw.CodeNodeNotObject, linkB+`/originNodeURI = "`+caseURL+`CFItems/`+idB+`"`),
	loaded(casefw.CodeNumberAsString, linkB+`/sequenceNumber = "1"`),
	loaded(casefw.CodeNumberOutOfRange, linkB+`/sequenceNumber = 4000000000`),
	altered(casefw.CodeNumberOutOfRange, "a framework with a score of 1e400", `"score":1.5`, `"score":1e400`),
	loaded(casefw.CodeWrongType, itemB+`/fullStatement = 7`),
	loaded(casefw.CodeWrongType, linkB+`/sequenceNumber = 1.5`),
	loaded(casefw.CodeWrongType, itemB1+`/licenseURI = "CC0"`),

	loaded(casefw.CodeUUIDNotLowercase, itemB+`/identifier = "`+strings.ToUpper(idB)+`"`),
	loaded(casefw.CodeUUIDVersionNotAllowed, itemB+`/identifier = "018f4d3c-7c1a-7c4e-8b1a-2b5d0c9e6f10"`),
	loaded(casefw.CodeIdentifierNotUUID, itemB+`/identifier = "B"`),
	loaded(casefw.CodeIdentifierNotUUID, itemB+`/identifier = "{`+idB+`}"`),
	loaded(casefw.CodeIdentifierNotUUID, itemB+`/identifier = 17`),
	{casefw.CodeIdentifierSyntax, "the text B.1 for an identifier", func(*desk) []*vc.Problem {
		_, err := casefw.ParseGUID("B.1")
		return of(err)
	}},
	loaded(casefw.CodeItemWithoutIdentifier, itemB+`/identifier`),
	loaded(casefw.CodeURINotAbsolute, itemB+`/uri = "CFItems/`+idB+`"`),
	loaded(casefw.CodeNodeURINotAbsolute, linkB+`/destinationNodeURI/uri = "CFDocuments/1"`),
	loaded(casefw.CodeURIIdentifierMismatch, itemB+`/uri = "`+caseURL+`CFItems/`+idNone+`"`),
	loaded(casefw.CodeUnsafeURI, itemB+`/uri = "javascript:alert(1)"`),
	loaded(casefw.CodeUnsafeURI, itemB1+`/notes = "See [this](javascript:alert(1))."`),
	loaded(casefw.CodeBadDateTime, itemB+`/lastChangeDateTime = "2025-05-05 08:00"`),
	loaded(casefw.CodeBadDateTime, itemB+`/lastChangeDateTime = "last May"`),
	loaded(casefw.CodeBadDateTime, itemB+`/lastChangeDateTime = 1746432000`),
	loaded(casefw.CodeBadDate, itemB1+`/statusStartDate = "2025-01-01T00:00:00Z"`),
	loaded(casefw.CodeBadDate, itemB1+`/statusStartDate = "New Year"`),
	loaded(casefw.CodeEndBeforeStart, itemB1+`/statusEndDate = "2024-12-31"`),
	loaded(casefw.CodeUnknownAssociationType, linkB+`/associationType = "isCousinOf"`),
	loaded(casefw.CodeAssociationRepaired, linkB+`/associationType = "Is Child Of"`),
	loaded(casefw.CodeUnknownTargetType, linkB+`/originNodeURI/targetType = "Film"`),
	loaded(casefw.CodeFullStatementRepaired, itemB1+`/fullStatement`),
	loaded(casefw.CodeControlCharacter, itemB+`/fullStatement = "Dough\u0007"`),
	altered(casefw.CodeControlCharacter, "a framework with half a surrogate pair", `"Oven"`, `"Oven \ud83d"`),
	{casefw.CodeTextLong, "a framework with a statement of 5,000 letters, with Advise", func(d *desk) []*vc.Problem {
		return load(d.draft(bakers, itemB+`/fullStatement = "`+strings.Repeat("x", 5000)+`"`), casefw.Options{Advise: true})
	}},

	loaded(casefw.CodeBadCaseVersion, `/CFDocument/caseVersion = "1.2"`),
	loaded(casefw.CodeCaseVersionMissing, `/CFDocument/caseVersion`),
	validated(casefw.CodeTokenNewerThanVersion, casefw.V1p0),
	loaded(casefw.CodeTokenNewerThanVersion, `/CFDocument/caseVersion`, inOneZero),

	downgraded(casefw.CodeMemberLost),
	downgraded(casefw.CodeTypeGeneralized),
	downgraded(casefw.CodeTargetTypeLost),
	downgraded(casefw.CodeLineBreaksFolded, `/CFDocument/title = "Baker's\ncraft"`),
}
