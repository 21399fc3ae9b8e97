package main

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/ob/obapi"
)

// errand is something that is done for one person instead of serving.
type errand struct {
	what  string // import, export or erase
	owner hub.Owner
	file  string
}

// setErrand reads TENANT/NAME=FILE, or TENANT/NAME.
func (o *options) setErrand(what, text string) error {
	who, file, found := strings.Cut(text, "=")
	tenant, user, ok := strings.Cut(who, "/")
	switch {
	case o.errand != nil:
		return errors.New("one errand at a time")
	case !ok || tenant == "" || user == "":
		return errors.New("it does not say TENANT/NAME")
	case found != (what != "erase") || found && file == "":
		return errors.New("it is TENANT/NAME=FILE, or TENANT/NAME to erase")
	}
	o.errand = &errand{what, hub.Owner{Tenant: tenant, User: user}, file}
	return nil
}

func (e *errand) do(ctx context.Context, s *stores, o *options, stdout io.Writer) error {
	switch e.what {
	case "import":
		return e.take(ctx, s, o, stdout)
	case "export":
		return e.give(ctx, s)
	}
	// Access ends before what it led to.
	if err := s.oauth.Erase(ctx, e.owner.Tenant, e.owner.User); err != nil {
		return err
	}
	return s.hub.Erase(ctx, e.owner)
}

// take keeps the credentials in a folder or a zip.
func (e *errand) take(ctx context.Context, s *stores, o *options, stdout io.Writer) error {
	files, end, err := open(e.file)
	if err != nil {
		return err
	}
	defer end()
	k, err := newKeeper(o, s, nil)
	if err != nil {
		return err
	}
	kept, left := 0, 0
	for f, err := range k.Import(ctx, e.owner, files, obapi.ImportOptions{}) {
		switch {
		case err != nil:
			return err
		case f.Err != nil:
			left++
			fmt.Fprintf(stdout, "%s: %v\n", f.Path, f.Err)
		default:
			kept++
			fmt.Fprintf(stdout, "%s: %s\n", f.Path, f.Outcome)
		}
	}
	fmt.Fprintf(stdout, "%d kept, %d not\n", kept, left)
	return nil
}

// open opens a folder, or a zip as if it were one.
func open(path string) (files fs.FS, end func(), err error) {
	about, err := os.Stat(path)
	if err != nil {
		return nil, nil, err
	}
	if about.IsDir() {
		return os.DirFS(path), func() {}, nil
	}
	z, err := zip.OpenReader(path)
	if err != nil {
		return nil, nil, fmt.Errorf("%s is neither a folder nor a zip: %w", path, err)
	}
	return z, func() { _ = z.Close() }, nil
}

// give writes everything that is kept of a person.
func (e *errand) give(ctx context.Context, s *stores) error {
	f, err := os.OpenFile(e.file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	err = hub.Export(ctx, s.hub, e.owner, f)
	return errors.Join(err, f.Close())
}
