package intake

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/laurel-edu/laurel/vc"
)

// archive hands out the files of a ZIP archive one after the other, within the limits of a
// reading. Nothing is written anywhere, so a name is no more than a name.
type archive struct {
	limits Limits
	left   *int // bytes that may still be inflated
	names  map[string]bool
}

// longestName bounds the names of files, which stand in the reading of every entry.
const longestName = 256

// directoryMark is how each file of an archive begins in its directory.
const directoryMark = "PK\x01\x02"

// directoryFactor bounds what the directory takes before it can be counted: files of
// archives within the archive are counted too, where they are not compressed.
const directoryFactor = 16

// files opens the directory. A problem beside files says that there are more.
func (a *archive) files(b []byte) ([]*zip.File, *vc.Problem) {
	if bytes.Count(b, []byte(directoryMark)) > directoryFactor*max(a.limits.Members, 1) {
		return nil, words.Problem(CodeArchiveTooMany, "", "")
	}
	r, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, words.Problem(CodeArchiveMalformed, "", "")
	}
	var files []*zip.File
	for _, f := range r.File {
		switch {
		case f.FileInfo().IsDir() || aside(f.Name):
		case len(files) == a.limits.Members:
			return files, words.Problem(CodeArchiveTooMany, "", "")
		default:
			files = append(files, f)
		}
	}
	return files, nil
}

// aside reports whether a file is what a system of files puts beside those of people.
func aside(name string) bool {
	base := name[strings.LastIndexByte(name, '/')+1:]
	return strings.HasPrefix(name, "__MACOSX/") || base == ".DS_Store" || base == "Thumbs.db" || base == "desktop.ini"
}

// open inflates one file.
func (a *archive) open(f *zip.File) ([]byte, *vc.Problem) {
	switch {
	case !a.named(f.Name):
		return nil, words.Problem(CodeArchiveName, "", vc.Quote(f.Name))
	case f.Flags&1 != 0:
		return nil, words.Problem(CodeArchiveEncrypted, "", vc.Quote(f.Name))
	case f.Method != zip.Store && f.Method != zip.Deflate:
		return nil, words.Problem(CodeArchiveMethod, "", vc.Quote(f.Name))
	}
	most, code := a.most(f)
	r, err := f.Open()
	if err != nil {
		return nil, words.Problem(CodeArchiveMalformed, "", vc.Quote(f.Name))
	}
	defer r.Close()
	var b bytes.Buffer
	b.Grow(min(int(min(f.UncompressedSize64, uint64(most))), firstRead) + bytes.MinRead)
	n, err := io.Copy(&b, io.LimitReader(r, int64(most)+1))
	*a.left -= min(int(n), most)
	switch {
	case err != nil && !errors.Is(err, io.EOF):
		return nil, words.Problem(CodeArchiveMalformed, "", vc.Quote(f.Name))
	case int(n) > most:
		return nil, words.Problem(code, "", vc.Quote(f.Name))
	}
	return b.Bytes(), nil
}

// firstRead is what is kept ready for a file that says it is long, before it is.
const firstRead = 1 << 20

// smallFile is what any file may become, however small it is in the archive.
const smallFile = 64 << 10

// most is how long a file may become, and which code names the limit.
func (a *archive) most(f *zip.File) (int, vc.Code) {
	most, code := min(a.limits.MemberBytes, *a.left), CodeArchiveTooLarge
	ratio := uint64(max(a.limits.Ratio, 1))
	if packed := f.CompressedSize64; packed < uint64(most)/ratio {
		if small := max(int(packed*ratio), smallFile); small < most {
			return small, CodeArchiveRatio
		}
	}
	return most, code
}

// named reports whether a name is a relative path that no other file has.
func (a *archive) named(name string) bool {
	if len(name) > longestName || !fs.ValidPath(name) || !utf8.ValidString(name) || strings.ContainsRune(name, '\\') || a.names[name] {
		return false
	}
	if strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return false
	}
	a.names[name] = true
	return true
}
