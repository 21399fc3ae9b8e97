package intake

import "github.com/laurel-edu/laurel/vc"

// Codes of archives. Besides them a reading has the codes of package vc/verify, and those
// that name what came in place of a credential.
const (
	CodeArchiveMalformed vc.Code = "archive-malformed" // not a ZIP archive that can be read
	CodeArchiveTooMany   vc.Code = "archive-too-many"  // more files than Limits.Members
	CodeArchiveTooLarge  vc.Code = "archive-too-large" // files longer than Limits allow, alone or together
	CodeArchiveRatio     vc.Code = "archive-ratio"     // a file is compressed more than Limits.Ratio
	CodeArchiveTooDeep   vc.Code = "archive-too-deep"  // archives in archives, deeper than Limits.Depth
	CodeArchiveName      vc.Code = "archive-name"      // a file whose name is no relative path, or stands twice
	CodeArchiveEncrypted vc.Code = "archive-encrypted" // a file that needs a password
	CodeArchiveMethod    vc.Code = "archive-method"    // a file compressed in a way that is not read
	CodeArchiveEmpty     vc.Code = "archive-empty"     // no file that holds a credential
)

// limit is the clause of what no specification bounds.
const limit = "a limit of this library"

// words are what each code says.
var words = vc.Words{
	CodeArchiveMalformed: {
		Type: vc.TypeParsing, Message: "the archive is damaged, or no ZIP archive",
		Fix: "pack the files again, or hand in each by itself", Spec: "APPNOTE.TXT 6.3, 4.3",
	},
	CodeArchiveTooMany: {
		Type: vc.TypeParsing, Message: "the archive holds more files than are read",
		Fix: "hand in the credentials in several archives, or raise Limits.Members", Spec: limit,
	},
	CodeArchiveTooLarge: {
		Type: vc.TypeParsing, Message: "what the archive holds is longer than is read",
		Fix: "hand in the credentials without other files, or raise Limits.MemberBytes and Limits.Bytes", Spec: limit,
	},
	CodeArchiveRatio: {
		Type: vc.TypeParsing, Message: "a file of the archive becomes many times longer than credentials do",
		Fix: "hand in the file by itself, or raise Limits.Ratio", Spec: limit,
	},
	CodeArchiveTooDeep: {
		Type: vc.TypeParsing, Message: "archives stand in one another deeper than is looked at",
		Fix: "unpack the inner archive and hand in its files, or raise Limits.Depth", Spec: limit,
	},
	CodeArchiveName: {
		Type: vc.TypeParsing, Message: "a file of the archive has a name that is no relative path, or that another has",
		Fix: "pack the files again, under names of their own", Spec: "APPNOTE.TXT 6.3, 4.4.17",
	},
	CodeArchiveEncrypted: {
		Type: vc.TypeParsing, Message: "a file of the archive needs a password",
		Fix: "hand in the file without one", Spec: "APPNOTE.TXT 6.3, 4.4.4",
	},
	CodeArchiveMethod: {
		Type: vc.TypeParsing, Message: "a file of the archive is compressed in a way that is not read",
		Expected: "stored or deflated", Fix: "pack the files again with the usual compression", Spec: "APPNOTE.TXT 6.3, 4.4.5",
	},
	CodeArchiveEmpty: {
		Type: vc.TypeParsing, Message: "the archive holds no credential",
		Fix: "hand in the credentials themselves: JSON, tokens, or baked images", Spec: "VCDM 2.0, 6",
	},
}
