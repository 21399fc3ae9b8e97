package main

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"path"

	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/ob/obapi"
	"github.com/laurel-edu/laurel/vc"
)

// The bounds of an upload: in all as many bytes as the longest record that is verified, a
// file as long as the longest record of the services, and no more files than a page tells
// of. Few come at a time, since each is held in memory.
const (
	longestUpload = 64 << 20
	longestFile   = 16 << 20
	mostFiles     = 200
	mostUploads   = 4
)

// came is what became of a file.
type came struct {
	File, Says, Fix string
	Wrong           bool
}

var saysOf = map[hub.Outcome]string{
	hub.OutcomeCreated: "is in your wallet now.", hub.OutcomeReplaced: "replaced an earlier one of the same badge.",
	hub.OutcomeUnchanged: "was here already.", hub.OutcomeOlder: "was not taken: a newer one of the same badge is here.",
}

// upload keeps the files of a form, and shows what became of each.
func (s *site) upload(w http.ResponseWriter, r *http.Request, p page, o hub.Owner) {
	if !s.posted(w, r) {
		return
	}
	select {
	case s.uploads <- struct{}{}:
		defer func() { <-s.uploads }()
	case <-r.Context().Done():
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, longestUpload)
	all, err := s.take(r, o)
	var long *http.MaxBytesError
	switch {
	case errors.As(err, &long):
		s.notice(w, r, p, http.StatusRequestEntityTooLarge, "That is too much at once",
			"Bring fewer files at a time: together at most 64 MiB.")
	case errors.Is(err, errNoForm):
		s.notice(w, r, p, http.StatusBadRequest, "That did not work",
			"The form was not complete. Go back, and choose the files again.")
	case err != nil:
		s.failed(w, r, p, err)
	default:
		s.showWallet(w, r, p, o, all)
	}
}

var errNoForm = errors.New("the body is no form of files")

// take keeps the files of a form.
func (s *site) take(r *http.Request, o hub.Owner) (all []came, err error) {
	form, err := r.MultipartReader()
	if err != nil {
		return nil, errNoForm
	}
	for len(all) < mostFiles {
		part, err := form.NextPart()
		switch {
		case errors.Is(err, io.EOF):
			return all, nil
		case err != nil:
			return nil, unread(err)
		case part.FileName() == "": // none was chosen, or another field
			continue
		}
		some, err := s.takeFile(r.Context(), o, part)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return append(all, came{"The rest", "is more than is taken at once.", "Bring it separately.", true}), nil
}

// unread is the error of a form that cannot be read to its end.
func unread(err error) error {
	if long, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return long
	}
	return errNoForm
}

func (s *site) takeFile(ctx context.Context, o hub.Owner, part *multipart.Part) ([]came, error) {
	name := clip(part.FileName(), 100)
	text, err := io.ReadAll(io.LimitReader(part, longestFile+1))
	switch {
	case err != nil:
		return nil, unread(err)
	case len(text) > longestFile:
		return []came{{name, "is longer than 16 MiB.", "", true}}, nil
	}
	if z, err := zip.NewReader(bytes.NewReader(text), int64(len(text))); err == nil && bytes.HasPrefix(text, []byte("PK")) {
		return s.takeZip(ctx, o, z)
	}
	_, outcome, err := s.keeper.KeepFile(ctx, o, text)
	one, err := cameOf(name, outcome, err)
	return []came{one}, err
}

func (s *site) takeZip(ctx context.Context, o hub.Owner, z *zip.Reader) (all []came, err error) {
	for f, err := range s.keeper.Import(ctx, o, z, obapi.ImportOptions{MaxFiles: mostFiles, MaxFile: longestFile}) {
		switch {
		case errors.Is(err, obapi.ErrTooManyFiles):
			return append(all, came{"The rest", "is more than is taken at once.", "Make smaller zips of it.", true}), nil
		case errors.Is(err, zip.ErrFormat), errors.Is(err, zip.ErrChecksum), errors.Is(err, zip.ErrAlgorithm):
			return append(all, came{"The zip", "is broken.", "", true}), nil
		case err != nil:
			return all, err
		}
		one, err := cameOf(clip(path.Base(f.Path), 100), f.Outcome, f.Err)
		if err != nil {
			return all, err
		}
		all = append(all, one)
	}
	return all, nil
}

// cameOf tells of a file, unless the error is none that is about it.
func cameOf(name string, outcome hub.Outcome, err error) (came, error) {
	if p, ok := errors.AsType[*vc.Problem](err); ok {
		return came{name, "was not taken: " + p.Message + ".", p.Fix, true}, nil
	}
	return came{name, saysOf[outcome], "", outcome == hub.OutcomeOlder}, err
}
