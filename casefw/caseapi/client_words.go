package caseapi

import "github.com/laurel-edu/laurel/vc"

const (
	specBinding = "CASE 1.1 REST/JSON binding"
	specPaging  = specBinding + ", paging"
	specModel   = "CASE 1.1 information model"
	limit       = "a limit of this library"

	ours   = vc.TypeLaurel
	advice = vc.SeverityWarning // for what was understood all the same

	askForTotal = "ask the provider for X-Total-Count, or set List.Limit above the number of documents"
)

// words are what each code of the client says.
var words = vc.Words{
	CodeNetwork: {Type: ours, Message: "the provider gave no whole answer", Fix: "try again later", Spec: specBinding},
	CodeRefused: {
		Type: ours, Message: "the client does not go where the request leads",
		Fix: "set BaseURL to where the service stands, or send requests with a Do of your own", Spec: specBinding + ", security",
	},
	CodeLogin: {
		Type: ours, Message: "a web page came in place of CASE, most likely one to sign in at",
		Fix: "set Authorize, or ask the provider for the address of its API", Spec: specBinding,
	},
	CodeNotJSON: {Type: ours, Message: "the answer is not the JSON of what was asked for", Fix: "check BaseURL", Spec: specBinding},
	CodeTooLarge: {
		Type: ours, Message: "the answer is longer than is read",
		Fix: "raise MaxBody or MaxPackage, if the provider is trusted", Spec: limit,
	},
	CodeTooManyPages: {
		Type: ours, Message: "the list has more pages than are read", Fix: "raise List.Limit, or MaxPages", Spec: limit,
	},
	CodeTooManyDocuments: {
		Type: ours, Message: "the list has more documents than are read", Fix: "set a filter, or raise MaxDocuments", Spec: limit,
	},
	CodePaginationLoop: {
		Type: ours, Message: "a page of the list leads to one that was there before",
		Fix: "tell the provider; what came before is good", Spec: specPaging,
	},
	CodeCrossOrigin: {
		Type: ours, Message: "the next page of the list is on another host", Fix: "tell the provider, or set BaseURL to that host",
		Spec: specPaging,
	},
	CodeInsecureLink: {
		Type: ours, Message: "the next page of the list is to be had without encryption only", Fix: "tell the provider", Spec: specPaging,
	},
	CodeOutsideBase: {
		Type: ours, Message: "the next page of the list is on the host, outside the service",
		Fix: "tell the provider, or set BaseURL to what its links begin with", Spec: specPaging,
	},
	CodeNoService: {
		Type: ours, Message: "there is no service of CASE at BaseURL", Fix: "check BaseURL: what stands before /ims/case belongs to it",
		Spec: specBinding,
	},
	CodeNotModified: {Type: ours, Message: "what is held is still so", Fix: "nothing is to be done", Spec: "RFC 9110, 15.4.5"},
	CodeToken: {
		Type: ours, Message: "the token endpoint gave no token", Fix: "check TokenURL, ClientID, Secret and Scopes", Spec: "RFC 6749, 5",
	},
	CodeBadRequest: {Type: ours, Message: "the request cannot be made", Fix: "mend the arguments of the call", Spec: specBinding},
	CodeUnsupported: {
		Type: ours, Message: "the provider does not have what was asked for", Fix: "do without", Spec: specBinding + ", status codes",
	},
	CodeWrongPackage: {
		Type: ours, Message: "the package is that of another document than was asked for",
		Fix: "tell the provider; what is held stays", Spec: specModel + ", CFPackage",
	},
	CodeNameless: {
		Type: ours, Message: "the document has no identifier, so that its package cannot be asked for",
		Fix: "tell the provider", Spec: specModel + ", CFDocument",
	},

	WarnContentType: {
		Type: ours, Severity: advice, Message: "JSON is sent as something else", Fix: "read as JSON", Spec: specBinding,
	},
	WarnNoContentType: {Type: ours, Severity: advice, Message: "the answer has no Content-Type", Fix: "read as JSON", Spec: specBinding},
	WarnStatusSpelling: {
		Type: ours, Severity: advice, Message: "the status is spelt as its version does not", Fix: "read all the same",
		Spec: specBinding + ", status codes",
	},
	WarnNoStatusInfo: {
		Type: ours, Severity: advice, Message: "the error is no imsx_StatusInfo", Fix: "the HTTP status is read",
		Spec: specBinding + ", status codes",
	},
	WarnFailureWith200: {
		Type: ours, Severity: advice, Message: "a failure comes with status 200",
		Fix: "read as a failure", Spec: specBinding + ", status codes",
	},
	WarnOlderVersion: {
		Type: ours, Severity: advice, Message: "only the paths of CASE 1.0 answer", Fix: "CASE 1.0 is spoken", Spec: specBinding,
	},
	WarnNoDiscovery: {
		Type: ours, Severity: advice, Message: "there is no service description, which CASE 1.1 must have", Fix: "CASE 1.1 is spoken",
		Spec: specBinding + ", discovery",
	},
	WarnNoPagingHeaders: {
		Type: ours, Severity: advice, Message: "the list has neither Link nor X-Total-Count",
		Fix: "its end is looked for by asking", Spec: specPaging,
	},
	WarnTotalUnreadable: {
		Type: ours, Severity: advice, Message: "X-Total-Count is not a whole number", Fix: "taken for absent", Spec: specPaging,
	},
	WarnTotalContradicts: {
		Type: ours, Severity: advice, Message: "X-Total-Count is not the number of documents that came, so the list may be incomplete",
		Fix: "nothing is reported as gone", Spec: specPaging,
	},
	WarnListChanged: {
		Type: ours, Severity: advice, Message: "the list changed while it was read, so that it may be incomplete", Fix: "list again",
		Spec: specPaging,
	},
	WarnLimitIgnored: {
		Type: ours, Severity: advice, Message: "more documents came than were asked for", Fix: "all are read", Spec: specPaging,
	},
	WarnPageRepeats: {
		Type: ours, Severity: advice, Message: "documents come again that were on a page before, so that others may lack",
		Fix: "each is read once; list again", Spec: specPaging,
	},
	WarnOffsetIgnored: {
		Type: ours, Severity: advice, Message: "the provider does not heed the offset, so that the list may be incomplete",
		Fix: askForTotal, Spec: specPaging,
	},
	WarnPagesApart: {
		Type: ours, Severity: advice, Message: "the pages do not join where their offsets say, so that the list may be incomplete",
		Fix: askForTotal, Spec: specPaging,
	},
	WarnEndUnproven: {
		Type: ours, Severity: advice, Message: "nothing shows that the list ends where it seems to", Fix: askForTotal, Spec: specPaging,
	},
	WarnListEntry: {
		Type: ours, Severity: advice, Message: "the list has an entry that is no document, so that one may lack",
		Fix: "passed over; tell the provider", Spec: specModel + ", CFDocumentSet",
	},
	WarnNameless: {
		Type: ours, Severity: advice, Message: "a document in the list has no identifier; it may be any that is held",
		Fix: "nothing is reported as gone", Spec: specModel + ", CFDocument",
	},
	WarnManyTerms: {
		Type: ours, Severity: advice, Message: "the filter has more comparisons than every provider must take", Fix: "asked all the same",
		Spec: specBinding + ", filtering",
	},
	WarnPackageURI: {
		Type: ours, Severity: advice, Message: "CFPackageURI does not lead to the provider", Fix: "the package is asked for here",
		Spec: specModel + ", CFDocument",
	},
	WarnNoPackageURI: {
		Type: ours, Severity: advice, Message: "the document has no CFPackageURI",
		Fix:  "its own identifier is taken for that of the package",
		Spec: specModel + ", CFDocument",
	},
	WarnIdentifier: {
		Type: ours, Severity: advice, Message: "the answer has another identifier than was asked for", Fix: "compare before you use it",
		Spec: specBinding,
	},
	WarnWaited: {
		Type: ours, Severity: advice, Message: "the provider asked for more patience than is allowed",
		Fix:  "go on later, or raise MaxWaiting",
		Spec: limit,
	},

	CodeLinkAddress: {
		Type: ours, Severity: advice, Message: "the link has no address at which what it names can be asked for",
		Expected: "an https URL", Fix: "add the framework by hand, or ask its publisher for one", Spec: specModel + ", LinkGenURI",
	},
	CodeLinkNotCASE: {
		Type: ours, Severity: advice, Message: "what the link leads to is no item, document or package of CASE",
		Fix: "tell who publishes the link or its target", Spec: specModel + ", LinkGenURI",
	},
	CodeLinkAdrift: {
		Type: ours, Severity: advice, Message: "what the link leads to does not say where its framework is",
		Expected: "CFDocumentURI of an item, CFPackageURI of a document", Fix: "tell its publisher", Spec: specModel,
	},
	CodeLinkMissing: {
		Type: ours, Severity: advice, Message: "the framework does not have the item that the link names",
		Fix: "load the framework anew, or tell who publishes the link", Spec: specModel + ", LinkGenURI",
	},
	CodeLinkConflict: {
		Type: ours, Severity: advice, Message: "a framework has items of another one and gives them other statements",
		Fix: "the first framework counts; a person should look at the second", Spec: "CASE 1.1 implementation guide, 4.4",
	},
	CodeLinkHost: {
		Type: ours, Severity: advice, Message: "links to the host led nowhere before, so that its others are not followed",
		Fix: "raise MaxMisses, or add the framework by hand", Spec: limit,
	},
	CodeLinkBudget: {
		Type: ours, Severity: advice, Message: "there are more links than may be followed",
		Fix: "raise the limit, or follow fewer types of association", Spec: limit,
	},
}
