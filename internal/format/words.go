package format

// Code names what was recognised, where it is no credential. Codes pass into problems
// as they are.
type Code string

// The codes.
const (
	CodePresentation    Code = "format-presentation"     // a presentation where a credential was asked for
	CodeTokenQuoted     Code = "format-token-quoted"     // a token in quotes
	CodeTokenWrapped    Code = "format-token-wrapped"    // a token with line ends or spaces in it
	CodeTokenBearer     Code = "format-token-bearer"     // a token as it stands in an HTTP header
	CodeJWE             Code = "format-jwe"              // encrypted, compact or as JSON
	CodeSDJWT           Code = "format-sd-jwt"           // a token with disclosures as JSON, or one of another profile: dc+sd-jwt
	CodeJSONJWS         Code = "format-json-jws"         // a JWS in a JSON serialization, flattened or general
	CodeContainer       Code = "format-container"        // a JSON object around credentials, such as an API's answer
	CodeArray           Code = "format-array"            // a JSON array, of one or many
	CodeJSONString      Code = "format-json-string"      // JSON written into a string
	CodeJSONValue       Code = "format-json-value"       // null, true, false or a number
	CodeBase64          Code = "format-base64"           // base64 or base64url of something
	CodePercentEncoded  Code = "format-percent-encoded"  // taken out of a URL or a form
	CodeDataURL         Code = "format-data-url"         // a data: URL alone
	CodeURL             Code = "format-url"              // an address in place of what is there
	CodeCredentialOffer Code = "format-credential-offer" // what a wallet fetches a credential with (OID4VCI 1.0, 4.1)
	CodeOpenBadges2     Code = "format-open-badges-2"    // a document of Open Badges 2.0 or 2.1
	CodeOpenBadges1     Code = "format-open-badges-1"    // a document of Open Badges 0.5, 1.0 or 1.1
	CodeCLR1            Code = "format-clr-1"            // a document of CLR 1.0
	CodeBlockcerts      Code = "format-blockcerts"       // a certificate whose proof is a transaction of a blockchain
	CodeCASE            Code = "format-case"             // a framework or a part of one
	CodeEuropass        Code = "format-europass"         // a European Digital Credential without an embedded proof
	CodeCBOR            Code = "format-cbor"             // CBOR or COSE, as an mdoc of ISO 18013-5
	CodePNG             Code = "format-png"              // an image that a credential may be baked into
	CodeSVG             Code = "format-svg"              // a drawing that a credential may be baked into
	CodeJPEG            Code = "format-jpeg"             // an image that carries no credential
	CodeWebP            Code = "format-webp"             // an image that carries no credential
	CodeGIF             Code = "format-gif"              // an image that carries no credential
	CodeTIFF            Code = "format-tiff"             // an image that carries no credential
	CodeHEIF            Code = "format-heif"             // an image that carries no credential, HEIC or AVIF
	CodeZIP             Code = "format-zip"              // an archive of files
	CodeGzip            Code = "format-gzip"             // compressed, as .svgz is
	CodeArchive         Code = "format-archive"          // 7z, tar, RAR, xz, bzip2 or zstd
	CodePDF             Code = "format-pdf"              // a document for people
	CodeHTML            Code = "format-html"             // a web page, often one that asks to sign in
	CodeXML             Code = "format-xml"              // XML that is no SVG
	CodeOffice          Code = "format-office"           // of a word processor, a spreadsheet or slides
	CodeRTF             Code = "format-rtf"              // a document of a word processor
	CodePEM             Code = "format-pem"              // a key or certificate between dashes
	CodeText            Code = "format-text"             // text, Markdown among it, that is none of these
	CodeUTF16           Code = "format-utf-16"           // text in UTF-16, with its mark or without
	CodeUTF32           Code = "format-utf-32"           // text in UTF-32, with its mark or without
	CodeNotUTF8         Code = "format-not-utf-8"        // text in another encoding, such as Latin-1
	CodeEmpty           Code = "format-empty"            // nothing but white space
)

// Words are what the problems of a code have in common, in twenty words each at most.
type Words struct {
	Code               Code
	Message, Fix, Spec string
}

const (
	asJSON  = "VCDM 2.0, 6"
	asToken = "RFC 7515, 7.1"
	baked   = "OB 3.0, 5.3"

	noImage = "hand in the PNG or SVG as downloaded, or the credential as JSON or a token"
)

var words = map[Code]Words{
	CodePresentation: {Message: "this is a presentation, which holds credentials and is none",
		Fix: "hand in a credential that stands in verifiableCredential, or verify it as a presentation", Spec: "VCDM 2.0, 4.13"},
	CodeTokenQuoted: {Message: "this is a token in quotes", Fix: "hand in the token alone, without the quotes around it", Spec: asToken},
	CodeTokenWrapped: {Message: "this is a token with line ends or spaces in it",
		Fix: "hand in the token on one line, without white space", Spec: asToken},
	CodeTokenBearer: {Message: "this is a token as an HTTP header has it",
		Fix: "hand in the token alone, without the words before it", Spec: asToken},
	CodeJWE: {Message: "this is encrypted, and only its recipient can read what it holds",
		Fix: "let the recipient decrypt it, and hand in the credential", Spec: "RFC 7516, 7"},
	CodeSDJWT: {Message: "this is an SD-JWT in a form or of a profile that is not verified here",
		Fix:  "hand in a W3C credential as vc+sd-jwt in the compact form, or as a plain token or JSON",
		Spec: "RFC 9901, 4; VC-JOSE-COSE 1.0, 3.2"},
	CodeJSONJWS: {Message: "this is a JWS as a JSON object, and the credential is its payload",
		Fix: "hand in the compact form: protected, payload and signature, joined by dots", Spec: "RFC 7515, 7.2"},
	CodeContainer: {Message: "this is a container of credentials and none itself",
		Fix: "hand in each credential alone, as it stands at the pointer", Spec: asJSON},
	CodeArray: {Message: "this is a JSON array, and a credential is an object or a token",
		Fix: "hand in each element alone", Spec: asJSON},
	CodeJSONString: {Message: "this is a JSON string, and what it holds was encoded twice",
		Fix: "hand in what stands in the string, decoded once", Spec: asJSON},
	CodeJSONValue: {Message: "this is a lone JSON value, as a service answers that has nothing",
		Fix: "look whether the download went well, and hand in the credential", Spec: asJSON},
	CodeBase64: {Message: "this is base64, and what it holds stands in it encoded",
		Fix: "hand in what it decodes to", Spec: asJSON},
	CodePercentEncoded: {Message: "this is percent-encoded, as text in a URL or a form is",
		Fix: "hand in what it decodes to", Spec: asJSON},
	CodeDataURL: {Message: "this is a data: URL, and what it holds stands behind the comma",
		Fix: "hand in what stands behind the comma, decoded", Spec: "RFC 2397"},
	CodeURL: {Message: "this is an address and not what is found there",
		Fix: "fetch the document at the address, and hand in that", Spec: asJSON},
	CodeCredentialOffer: {Message: "this is an offer by which a wallet fetches a credential",
		Fix: "accept the offer in a wallet, and hand in the credential that it got", Spec: "OID4VCI 1.0, 4.1"},
	CodeOpenBadges2: {Message: "this is of Open Badges 2, an older standard, and no verifiable credential",
		Fix: "verify it with package ob/ob2, which also carries it over to Open Badges 3.0", Spec: "OB 2.0"},
	CodeOpenBadges1: {Message: "this is of an Open Badges standard before 2.0, which is not verified here",
		Fix: "use a verifier of old badges, or hand in the badge as Open Badges 3.0", Spec: "OB 2.0"},
	CodeCLR1: {Message: "this is a Comprehensive Learner Record 1.0, which is not verified here",
		Fix: "use a verifier of CLR 1.0, or hand in the record as CLR 2.0", Spec: "CLR 1.0"},
	CodeBlockcerts: {Message: "this is a Blockcerts certificate, whose proof stands in a blockchain and is not verified here",
		Fix: "use a verifier of Blockcerts, or hand in a credential with another proof", Spec: "Blockcerts v3"},
	CodeCASE: {Message: "this is of CASE, a framework of competencies, and says nothing of a person",
		Fix: "hand in the credential that refers to it; package casefw reads frameworks", Spec: "CASE 1.0"},
	CodeEuropass: {Message: "this is a European Digital Credential, whose electronic seal is not verified here",
		Fix: "verify it with the viewer of Europass, or hand in a credential with an embedded proof", Spec: "ELM"},
	CodeCBOR: {Message: "this is CBOR, as an mdoc is, which is not verified here",
		Fix: "use a verifier of mdoc, or hand in the credential as JSON or a token", Spec: "ISO 18013-5"},
	CodePNG: {Message: "this is a PNG image, which a credential may be baked into",
		Fix: "take the credential out of the image (package ob/bake), and hand in that", Spec: baked},
	CodeSVG: {Message: "this is an SVG image, which a credential may be baked into",
		Fix: "take the credential out of the image (package ob/bake), and hand in that", Spec: baked},
	CodeJPEG: {Message: "this is a JPEG image, and badges are baked into PNG and SVG only", Fix: noImage, Spec: baked},
	CodeWebP: {Message: "this is a WebP image, and badges are baked into PNG and SVG only", Fix: noImage, Spec: baked},
	CodeGIF:  {Message: "this is a GIF image, and badges are baked into PNG and SVG only", Fix: noImage, Spec: baked},
	CodeTIFF: {Message: "this is a TIFF image, and badges are baked into PNG and SVG only", Fix: noImage, Spec: baked},
	CodeHEIF: {Message: "this is a HEIF image, and badges are baked into PNG and SVG only", Fix: noImage, Spec: baked},
	CodeZIP: {Message: "this is a ZIP archive of files",
		Fix: "unpack it, and hand in the file with the credential", Spec: asJSON},
	CodeGzip: {Message: "this is compressed with gzip",
		Fix: "decompress it, and hand in what comes out", Spec: asJSON},
	CodeArchive: {Message: "this is an archive or compressed",
		Fix: "unpack it, and hand in the file with the credential", Spec: asJSON},
	CodePDF: {Message: "this is a PDF document, which is made for people to read",
		Fix: "hand in the credential that it was made from: a JSON file, a token, or a baked image", Spec: asJSON},
	CodeHTML: {Message: "this is a web page, perhaps one that asks to sign in",
		Fix: "download the credential that the page shows, and hand in that", Spec: asJSON},
	CodeXML: {Message: "this is XML, and neither SVG nor a credential",
		Fix: "hand in the credential as JSON, a token, or a baked image", Spec: asJSON},
	CodeOffice: {Message: "this is a document of an office program, which is made for people to read",
		Fix: "hand in the credential that it speaks of: a JSON file, a token, or a baked image", Spec: asJSON},
	CodeRTF: {Message: "this is an RTF document, which is made for people to read",
		Fix: "save as plain text if the credential was pasted into it, and hand in that", Spec: asJSON},
	CodePEM: {Message: "this is a key or a certificate in PEM",
		Fix: "hand in the credential; if this is a private key, replace it, since it was shown", Spec: asJSON},
	CodeText: {Message: "this is plain text", Fix: "hand in the credential itself: a JSON file, a token, or a baked image", Spec: asJSON},
	CodeUTF16: {Message: "this is text in UTF-16, and credentials are UTF-8",
		Fix: "hand in the file as downloaded, or save it as UTF-8", Spec: "RFC 8259, 8.1"},
	CodeUTF32: {Message: "this is text in UTF-32, and credentials are UTF-8",
		Fix: "hand in the file as downloaded, or save it as UTF-8", Spec: "RFC 8259, 8.1"},
	CodeNotUTF8: {Message: "this is text in an encoding other than UTF-8, and no credential",
		Fix: "hand in the credential itself: a JSON file, a token, or a baked image", Spec: "RFC 8259, 8.1"},
	CodeEmpty: {Message: "the document is empty", Fix: "look whether the download went well, and hand in the credential", Spec: asJSON},
}
