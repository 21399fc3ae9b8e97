package caseapi

import (
	"mime"
	"net/http"
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/vc"
)

// The codes of warnings about a provider that are not codes of casefw.
const (
	WarnContentType      vc.Code = "wrong-content-type"      // JSON that is sent as something else
	WarnNoContentType    vc.Code = "content-type-missing"    // JSON that nothing calls so
	WarnStatusSpelling   vc.Code = "status-spelling"         // a code minor in the other version's spelling
	WarnNoStatusInfo     vc.Code = "status-info-missing"     // an error without imsx_StatusInfo
	WarnFailureWith200   vc.Code = "failure-with-200"        // an error that comes with status 200
	WarnOlderVersion     vc.Code = "older-version-only"      // only the paths of 1.0 are served
	WarnNoDiscovery      vc.Code = "discovery-missing"       // 1.1 without service description
	WarnNoPagingHeaders  vc.Code = "paging-headers-absent"   // neither Link nor X-Total-Count
	WarnTotalUnreadable  vc.Code = "total-count-unreadable"  // X-Total-Count is no number
	WarnTotalContradicts vc.Code = "total-count-contradicts" // X-Total-Count is not what came
	WarnListChanged      vc.Code = "list-changed"            // X-Total-Count is another on a later page
	WarnLimitIgnored     vc.Code = "limit-ignored"           // more documents than were asked for
	WarnPageRepeats      vc.Code = "page-repeats"            // documents that were on a page before
	WarnOffsetIgnored    vc.Code = "offset-ignored"          // the same page for another offset
	WarnPagesApart       vc.Code = "pages-apart"             // an offset does not count documents, or the list moved
	WarnEndUnproven      vc.Code = "end-unproven"            // what would show the end of a list cannot be had
	WarnListEntry        vc.Code = "list-entry-malformed"    // the list has what is no document
	WarnNameless         vc.Code = "list-entry-nameless"     // the list has a document without identifier
	WarnManyTerms        vc.Code = "filter-many-terms"       // more than the two that every provider must know
	WarnPackageURI       vc.Code = "package-uri-foreign"     // CFPackageURI leads elsewhere
	WarnNoPackageURI     vc.Code = "package-uri-missing"     // the document's identifier is taken
	WarnIdentifier       vc.Code = "identifier-differs"      // the answer is another object than was asked for
	WarnWaited           vc.Code = "waiting-exhausted"       // ClientConfig.MaxWaiting was used up
)

// warning is one way in which a provider deviates from the standard and was understood
// all the same: a problem whose Pointer is the URL that answered so. Its code is one of
// the codes above, or that of a finding of casefw about the shape of the answer, such as
// casefw.CodeWrappedResource.
func warning(code vc.Code, url, found string) *vc.Problem { return words.Problem(code, url, found) }

// shapes are the findings about an answer as a whole. What is wrong inside is in
// the report.
func shapes() []vc.Code {
	return []vc.Code{casefw.CodeWrappedResource, casefw.CodeArrayInsteadOfSet, casefw.CodeSingleInsteadOfSet, casefw.CodeEmptySet,
		casefw.CodeByteOrderMark, casefw.CodeItemsNotArray, casefw.CodeDefinitionsNotObject}
}

// warnShape makes warnings of the findings about the answer as a whole.
func warnShape(list []*vc.Problem, url string, report *casefw.Report) []*vc.Problem {
	if report == nil {
		return list
	}
	for _, f := range report.Findings {
		if !slices.Contains(shapes(), f.Code) || slices.ContainsFunc(list, func(p *vc.Problem) bool { return p.Code == f.Code }) {
			continue
		}
		p := *f
		p.Severity, p.Pointer = vc.SeverityWarning, url
		list = append(list, &p)
	}
	return list
}

// warnStatus judges the status information of an error.
func warnStatus(url string, info *StatusInfo, body []byte) []*vc.Problem {
	if info == nil {
		return []*vc.Problem{warning(WarnNoStatusInfo, url, "")}
	}
	v := casefw.VersionOfURL(url)
	for _, f := range info.CodeMinor {
		if v != 0 && !strings.Contains(string(body), `"`+f.Value.In(v)+`"`) {
			p := warning(WarnStatusSpelling, url, "")
			p.Expected = vc.Quote(f.Value.In(v))
			return []*vc.Problem{p}
		}
	}
	if len(info.CodeMinor) > 0 && !strings.Contains(string(body), `"imsx_codeMinor"`) {
		return []*vc.Problem{warning(WarnStatusSpelling, url, "imsx_CodeMinor")}
	}
	return nil
}

// warnType judges the content type of an answer that holds JSON.
func warnType(list []*vc.Problem, url string, h http.Header) []*vc.Problem {
	text := h.Get("Content-Type")
	if text == "" {
		return append(list, warning(WarnNoContentType, url, ""))
	}
	kind, _, err := mime.ParseMediaType(text)
	if err != nil || kind != "application/json" && !strings.HasSuffix(kind, "+json") {
		return append(list, warning(WarnContentType, url, vc.Quote(text)))
	}
	return list
}
