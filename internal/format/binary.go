package format

import "bytes"

// signature is what the files of a kind begin with, or have at an offset.
type signature struct {
	at    int
	start string
	kind  Kind
}

var signatures = [...]signature{
	{0, "\x89PNG", PNG},
	{0, "\xff\xd8\xff", JPEG},
	{0, "GIF87a", GIF},
	{0, "GIF89a", GIF},
	{0, "RIFF", WebP},
	{0, "II*\x00", TIFF},
	{0, "MM\x00*", TIFF},
	{4, "ftyp", HEIF},
	{0, "%PDF-", PDF},
	{0, "{\\rtf", RTF},
	{0, "-----BEGIN ", PEM},
	{0, "PK\x03\x04", ZIP},
	{0, "PK\x05\x06", ZIP}, // an empty one
	{0, "\x1f\x8b", Gzip},
	{0, "7z\xbc\xaf\x27\x1c", SevenZip},
	{0, "Rar!\x1a\x07", RAR},
	{0, "\xfd7zXZ\x00", XZ},
	{0, "BZh", Bzip2},
	{0, "\x28\xb5\x2f\xfd", Zstandard},
	{257, "ustar", Tar},
	{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OldOffice},
	{0, "\xd9\xd9\xf7", CBOR},         // the tag of RFC 8949, 3.4.6
	{0, "\xd2\x84\x43\xa1\x01", CBOR}, // COSE_Sign1 whose header has an algorithm (RFC 9052, 4.2)
	{0, "\x84\x43\xa1\x01", CBOR},     // the same without its tag
}

// binary tells by its first bytes what is no text, or text with a word to begin with.
func binary(b []byte) Kind {
	for _, s := range signatures {
		if len(b) >= s.at && bytes.HasPrefix(b[s.at:], []byte(s.start)) && s.confirmed(b) {
			if s.kind == ZIP && isOffice(b) {
				return Office
			}
			return s.kind
		}
	}
	if isMDoc(b) {
		return CBOR
	}
	return Unknown
}

// confirmed looks further where the signature alone says too little.
func (s signature) confirmed(b []byte) bool {
	switch s.kind {
	case WebP:
		return len(b) >= 12 && string(b[8:12]) == "WEBP"
	case Bzip2:
		return len(b) >= 10 && string(b[4:10]) == "1AY&SY"
	case HEIF:
		return len(b) >= 12 && isImageBrand(string(b[8:12]))
	}
	return true
}

// isImageBrand tells the images of ISO 23008-12 from films.
func isImageBrand(name string) bool {
	switch name {
	case "heic", "heix", "heim", "heis", "hevc", "mif1", "msf1", "avif", "avis":
		return true
	}
	return false
}

// looked is how much of something is looked at to name it: the names of the first
// files, the first members of a map, the first paragraphs.
const looked = 4096

// isOffice tells the documents of office programs by the names of their first files.
func isOffice(b []byte) bool {
	return containsAny(b, "[Content_Types].xml", "mimetypeapplication/vnd.oasis.opendocument", "word/", "xl/", "ppt/")
}

// isMDoc tells a CBOR map that has a member of ISO 18013-5 (8.3.2.1.2).
func isMDoc(b []byte) bool {
	return len(b) > 0 && b[0]&0xe0 == 0xa0 && containsAny(b, "\x6anameSpaces", "\x6aissuerAuth", "\x67docType", "\x69documents")
}

func containsAny(b []byte, names ...string) bool {
	b = b[:min(len(b), looked)]
	for _, name := range names {
		if bytes.Contains(b, []byte(name)) {
			return true
		}
	}
	return false
}
