package jsonld

// keyword is a JSON-LD keyword, as a number to switch on.
type keyword uint8

const (
	notKeyword keyword = iota
	kwID
	kwType
	kwValue
	kwLanguage
	kwDirection
	kwIndex
	kwList
	kwSet
	kwGraph
	kwReverse
	kwIncluded
	kwNest
	kwContext
	kwJSON
	kwNone
	kwBase
	kwContainer
	kwImport
	kwPrefix
	kwPropagate
	kwProtected
	kwVersion
	kwVocab
	keywordCount
)

// keywordNames are the keywords of JSON-LD 1.1, 1.7. A keyword's number is also
// its symbol, see [symbols].
var keywordNames = [keywordCount]string{
	kwID: "@id", kwType: "@type", kwValue: "@value", kwLanguage: "@language",
	kwDirection: "@direction", kwIndex: "@index", kwList: "@list", kwSet: "@set",
	kwGraph: "@graph", kwReverse: "@reverse", kwIncluded: "@included", kwNest: "@nest",
	kwContext: "@context", kwJSON: "@json", kwNone: "@none", kwBase: "@base",
	kwContainer: "@container", kwImport: "@import", kwPrefix: "@prefix",
	kwPropagate: "@propagate", kwProtected: "@protected", kwVersion: "@version",
	kwVocab: "@vocab",
}

// keywordOf returns the keyword that s is, notKeyword for any other string.
func keywordOf(s string) keyword {
	if len(s) < 3 || s[0] != '@' {
		return notKeyword
	}
	for k := kwID; k < keywordCount; k++ {
		if keywordNames[k] == s {
			return k
		}
	}
	return notKeyword
}

// hasKeywordForm reports whether s looks like a keyword ("@" 1*ALPHA). Such
// strings are reserved: what is no keyword today may become one.
func hasKeywordForm(s string) bool {
	if len(s) < 2 || s[0] != '@' {
		return false
	}
	for i := 1; i < len(s); i++ {
		if c := s[i] | 0x20; c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}
