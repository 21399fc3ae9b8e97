package obapi

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"

	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/ob/bake"
	"github.com/laurel-edu/laurel/vc"
)

// ImportOptions bounds [Keeper.Import]. The zero value has the defaults.
type ImportOptions struct {
	// MaxFiles is how many files are looked at, 10,000 by default.
	MaxFiles int
	// MaxFile is how many bytes a file may have, 64 MiB by default: as long as the longest
	// record. In a zip they are counted once they are unpacked.
	MaxFile int64
}

// ErrTooManyFiles ends an import that has more than ImportOptions.MaxFiles.
var ErrTooManyFiles = errors.New("obapi: there are more files than are looked at")

// Imported is what became of a file.
type Imported struct {
	Path    string // of the file
	Entry   hub.Stored
	Outcome hub.Outcome // 0 where it is not kept
	Err     error       // why it is not
}

// Import keeps the credentials in the files of a folder, or of a zip (a [zip.Reader] is a
// file system), for an owner: as JSON, as a token, or in an image that they are baked into.
// What a file is its content says and not its name. Files come in the order of their names.
//
// It yields one Imported a file, with an Err where it is not kept for what it is, as of
// [Keeper.Keep]. An error beside it ends the import: of the file system, of the store, of
// ctx, or [ErrTooManyFiles]; what came before is kept, and can be imported again.
func (k *Keeper) Import(ctx context.Context, o hub.Owner, files fs.FS, opt ImportOptions) iter.Seq2[Imported, error] {
	if opt.MaxFiles == 0 {
		opt.MaxFiles = 10_000
	}
	if opt.MaxFile == 0 {
		opt.MaxFile = hub.MaxRaw
	}
	return func(yield func(Imported, error) bool) {
		seen := 0
		err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case !d.Type().IsRegular():
				return ctx.Err()
			case seen == opt.MaxFiles:
				return ErrTooManyFiles
			}
			seen++
			done, err := k.importFile(ctx, o, files, path, opt.MaxFile)
			if err == nil && !yield(done, nil) {
				return fs.SkipAll
			}
			return err
		})
		if err != nil {
			yield(Imported{}, fmt.Errorf("obapi: import: %w", err))
		}
	}
}

// importFile keeps one file. The error is one that ends the import.
func (k *Keeper) importFile(ctx context.Context, o hub.Owner, files fs.FS, path string, most int64) (Imported, error) {
	done := Imported{Path: path}
	text, err := readFile(files, path, most)
	if err != nil {
		return done, err
	}
	if text == nil {
		done.Err = words.Problem(vc.CodeTooLarge, "", "")
		return done, nil
	}
	done.Entry, done.Outcome, err = k.KeepFile(ctx, o, text)
	if p, ok := errors.AsType[*vc.Problem](err); ok {
		done.Err = p
		return done, nil
	}
	return done, err
}

// KeepFile is as [Keeper.Keep] for a file of whatever name, which may be an image that the
// credential is baked into.
func (k *Keeper) KeepFile(ctx context.Context, o hub.Owner, file []byte) (hub.Stored, hub.Outcome, error) {
	text, err := unbaked(file)
	if err != nil {
		return hub.Stored{}, 0, err
	}
	return k.Keep(ctx, o, text)
}

// readFile reads a file, nil where it is too long. The length that a zip announces is not
// believed.
func readFile(files fs.FS, path string, most int64) ([]byte, error) {
	f, err := files.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, most+1))
	if int64(len(text)) > most {
		return nil, nil
	}
	return append([]byte{}, text...), err
}

// unbaked takes the credential out of an image. Anything else is returned as it is, and its
// reader says what is wrong with it.
func unbaked(text []byte) ([]byte, error) {
	if !bytes.HasPrefix(text, []byte("\x89PNG")) && !bytes.HasPrefix(trimmed(text), []byte("<")) {
		return text, nil
	}
	baked, err := bake.Extract(text)
	if err != nil {
		return nil, err
	}
	return baked.Credential, nil
}
