package format

// Kind is what some bytes are. The zero Kind is Unknown.
type Kind uint8

// The kinds. Those of one line share a code.
const (
	Unknown Kind = iota

	// What is read as a credential: the first four for [Sniff], which does not look
	// inside, the others for [Look].
	Object      // a JSON object
	Token       // three parts in the alphabet of a compact JWS
	BrokenToken // meant as a token, and none that can be read
	SDJWT       // a compact JWS and disclosures
	Credential
	EnvelopedCredential
	EnvelopedPresentation

	Presentation
	PresentationToken

	TokenQuoted
	TokenWrapped
	TokenBearer
	JWE
	JWEJSON
	SDJWTVC
	SDJWTJSON
	JSONJWS

	Container
	Array
	JSONString
	QuotedJSON
	JSONValue
	Base64
	PercentEncoded
	DataURL
	URL
	DID
	CredentialOffer

	OpenBadges2
	OpenBadges2Assertion
	OpenBadges2BadgeClass
	OpenBadges2Profile
	OpenBadges11
	OpenBadges10
	OpenBadges05
	CLR1
	Blockcerts
	CASE
	Europass
	CBOR

	PNG
	JPEG
	WebP
	GIF
	SVG
	TIFF
	HEIF

	ZIP
	Gzip
	SevenZip
	Tar
	RAR
	XZ
	Bzip2
	Zstandard

	PDF
	HTML
	XML
	Office
	OldOffice
	RTF
	PEM
	Text

	UTF16
	UTF16XML
	UTF32
	NotUTF8
	Empty

	kinds // how many there are
)

// String names the kind with its article, for use in messages.
func (k Kind) String() string { return k.row().name }

// Words returns what a report says of the kind; the code is empty for what is read as a
// credential and for what is unknown.
func (k Kind) Words() Words {
	row := k.row()
	w := words[row.code]
	w.Code = row.code
	return w
}

func (k Kind) row() *row {
	if k >= kinds {
		k = Unknown
	}
	return &rows[k]
}

// row is a kind's name and code.
type row struct {
	name string
	code Code
}

var rows = [kinds]row{
	Unknown:               {name: "something unknown"},
	Object:                {name: "a JSON object"},
	Token:                 {name: "a compact JWS"},
	BrokenToken:           {name: "a broken token"},
	Credential:            {name: "a credential"},
	EnvelopedCredential:   {name: "an enveloped credential"},
	EnvelopedPresentation: {name: "an enveloped presentation"},
	Presentation:          {"a presentation", CodePresentation},
	PresentationToken:     {"a presentation as a token", CodePresentation},
	TokenQuoted:           {"a token in quotes", CodeTokenQuoted},
	TokenWrapped:          {"a token with white space in it", CodeTokenWrapped},
	TokenBearer:           {"a token after the word Bearer", CodeTokenBearer},
	JWE:                   {"a compact JWE", CodeJWE},
	JWEJSON:               {"a JWE as JSON", CodeJWE},
	SDJWT:                 {name: "an SD-JWT"},
	SDJWTVC:               {"an SD-JWT VC, dc+sd-jwt", CodeSDJWT},
	SDJWTJSON:             {"an SD-JWT as JSON", CodeSDJWT},
	JSONJWS:               {"a JWS as JSON", CodeJSONJWS},
	Container:             {"a container", CodeContainer},
	Array:                 {"an array", CodeArray},
	JSONString:            {"a JSON string", CodeJSONString},
	QuotedJSON:            {"JSON in quotes", CodeJSONString},
	JSONValue:             {"a JSON value alone", CodeJSONValue},
	Base64:                {"base64", CodeBase64},
	PercentEncoded:        {"percent-encoded text", CodePercentEncoded},
	DataURL:               {"a data: URL", CodeDataURL},
	URL:                   {"a web address", CodeURL},
	DID:                   {"a DID", CodeURL},
	CredentialOffer:       {"a credential offer", CodeCredentialOffer},
	OpenBadges2:           {"an Open Badges 2 document", CodeOpenBadges2},
	OpenBadges2Assertion:  {"an Open Badges 2 Assertion", CodeOpenBadges2},
	OpenBadges2BadgeClass: {"an Open Badges 2 BadgeClass", CodeOpenBadges2},
	OpenBadges2Profile:    {"an Open Badges 2 Profile", CodeOpenBadges2},
	OpenBadges11:          {"an Open Badges 1.1 document", CodeOpenBadges1},
	OpenBadges10:          {"an Open Badges 1.0 document", CodeOpenBadges1},
	OpenBadges05:          {"an Open Badges 0.5 assertion", CodeOpenBadges1},
	CLR1:                  {"a CLR 1.0 document", CodeCLR1},
	Blockcerts:            {"a Blockcerts certificate", CodeBlockcerts},
	CASE:                  {"a CASE document", CodeCASE},
	Europass:              {"a European Digital Credential", CodeEuropass},
	CBOR:                  {"CBOR, as an mdoc is", CodeCBOR},
	PNG:                   {"a PNG image", CodePNG},
	JPEG:                  {"a JPEG image", CodeJPEG},
	WebP:                  {"a WebP image", CodeWebP},
	GIF:                   {"a GIF image", CodeGIF},
	SVG:                   {"an SVG image", CodeSVG},
	TIFF:                  {"a TIFF image", CodeTIFF},
	HEIF:                  {"a HEIF image", CodeHEIF},
	ZIP:                   {"a ZIP archive", CodeZIP},
	Gzip:                  {"gzip-compressed data", CodeGzip},
	SevenZip:              {"a 7z archive", CodeArchive},
	Tar:                   {"a tar archive", CodeArchive},
	RAR:                   {"a RAR archive", CodeArchive},
	XZ:                    {"xz-compressed data", CodeArchive},
	Bzip2:                 {"bzip2-compressed data", CodeArchive},
	Zstandard:             {"zstd-compressed data", CodeArchive},
	PDF:                   {"a PDF document", CodePDF},
	HTML:                  {"an HTML page", CodeHTML},
	XML:                   {"an XML document", CodeXML},
	Office:                {"an office document", CodeOffice},
	OldOffice:             {"an old office document", CodeOffice},
	RTF:                   {"an RTF document", CodeRTF},
	PEM:                   {"a PEM block", CodePEM},
	Text:                  {"plain text", CodeText},
	UTF16:                 {"text in UTF-16", CodeUTF16},
	UTF16XML:              {"XML in UTF-16", CodeUTF16},
	UTF32:                 {"text in UTF-32", CodeUTF32},
	NotUTF8:               {"text that is not UTF-8", CodeNotUTF8},
	Empty:                 {"nothing", CodeEmpty},
}
