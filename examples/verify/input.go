package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"syscall"

	"github.com/laurel-edu/laurel/ob/bake"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/verify"
)

// Codes of what cannot be read at all, besides those of the packages that read.
const (
	codeFileNotFound vc.Code = "file-not-found"
	codeFile         vc.Code = "file-unreadable"
	codeFileTooLarge vc.Code = "file-too-large"
	codeURLOffline   vc.Code = "url-not-fetched" // a URL without -online
	codeURL          vc.Code = "url-unavailable"
	codeHosted       vc.Code = "hosted-open-badge-2" // the image names an address and holds no credential
)

// maxFile bounds what is read from a file: room for large artwork and records.
const maxFile = 64 << 20

// read has the bytes that a name on the command line stands for.
func (c *command) read(ctx context.Context, name string) ([]byte, *vc.Problem) {
	switch {
	case name == "-":
		return readAll(c.stdin)
	case isURL(name):
		return c.fetch(ctx, name)
	}
	// Without O_NONBLOCK the opening of a named pipe waits until somebody writes to it.
	file, err := os.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, fileProblem(err)
	}
	defer file.Close()
	return readAll(file)
}

func readAll(r io.Reader) ([]byte, *vc.Problem) {
	b, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	switch {
	case err != nil:
		return nil, fileProblem(err)
	case len(b) > maxFile:
		return nil, &vc.Problem{Code: codeFileTooLarge, Message: "the file is longer than is read",
			Expected: fmt.Sprintf("at most %d bytes", maxFile), Fix: "look whether it is the right file"}
	}
	return b, nil
}

func fileProblem(err error) *vc.Problem {
	if errors.Is(err, fs.ErrNotExist) {
		return &vc.Problem{Code: codeFileNotFound, Message: "there is no such file", Fix: "check the name", Err: err}
	}
	cause := err
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		cause = path.Err // the report names the file already
	}
	return &vc.Problem{Code: codeFile, Message: "the file cannot be read: " + cause.Error(), Fix: "name a file that may be read", Err: err}
}

func isURL(name string) bool {
	return strings.HasPrefix(name, "https://") || strings.HasPrefix(name, "http://")
}

// fetch asks the trust packs for a document and, with -online, the network.
func (c *command) fetch(ctx context.Context, url string) ([]byte, *vc.Problem) {
	r, err := c.door.Fetch(ctx, url)
	if err == nil {
		return r.Body, nil
	}
	p := &vc.Problem{Code: codeURL, Message: "the URL cannot be had: " + err.Error(),
		Fix: "check the address, or download the file and name that", Err: err}
	if cause, ok := errors.AsType[*fetch.Error](err); ok {
		p.Message = "the URL cannot be had: " + cause.Detail + " (" + string(cause.Code) + ")"
	}
	if !c.options.online {
		p.Code, p.Message, p.Fix = codeURLOffline, "a URL is fetched only with -online", "add -online, or download the file and name that"
	}
	return nil, p
}

// found is one credential of a file, or why there is none.
type found struct {
	from       string // "Open Badges 3.0 in PNG" for an image
	credential []byte
	hosted     bool // the credential is the address of an assertion of Open Badges 2
	warnings   []*vc.Problem
	problem    *vc.Problem
}

// credentials takes the credentials out of an image. Every other content is taken
// for the credential itself: what it is instead, the verifier says.
func (c *command) credentials(content []byte) []found {
	switch bake.Detect(content) {
	case bake.PNG, bake.SVG:
		return c.baked(content)
	}
	return []found{{credential: content}}
}

// baked reads an image. One that carries credentials of several kinds gives each.
func (c *command) baked(image []byte) []found {
	first, err := c.extract(image, 0)
	if !errors.Is(err, &vc.Problem{Code: bake.CodeSeveralKinds}) {
		return []found{first}
	}
	var all []found
	for _, kind := range [...]bake.Kind{bake.OpenBadge3, bake.CLR2, bake.OpenBadge2} {
		f, err := c.extract(image, kind)
		if !errors.Is(err, &vc.Problem{Code: bake.CodeNoCredential}) {
			all = append(all, f)
		}
	}
	return all
}

func (c *command) extract(image []byte, kind bake.Kind) (found, error) {
	b, err := bake.ExtractWith(image, bake.ExtractOptions{Kind: kind, Lenient: c.options.lenient})
	if err != nil {
		return found{problem: problemOf(err)}, err
	}
	f := found{from: fmt.Sprintf("%s in %s", b.Kind, b.Format), credential: b.Credential, warnings: b.Warnings}
	if f.hosted = b.Content == bake.URL; f.hosted && c.older == nil {
		f.problem = &vc.Problem{Code: codeHosted,
			Message: "the image names the address of an Open Badges 2.0 assertion and holds no credential",
			Found:   vc.Quote(b.HostedURL), Fix: "add -online, or a trust pack that holds the assertion, its badge class and its issuer"}
	}
	return f, nil
}

func problemOf(err error) *vc.Problem {
	if p, ok := errors.AsType[*vc.Problem](err); ok {
		return p
	}
	return &vc.Problem{Code: codeFile, Message: err.Error(), Err: err}
}

// unreadable is the report of something that no credential could be taken from.
func (c *command) unreadable(p *vc.Problem) *verify.Report {
	return &verify.Report{Verdict: verify.VerdictUnreadable, At: c.options.instant(),
		Checks: []verify.Check{{Name: verify.CheckParse, Outcome: verify.OutcomeFailed, Problems: []*vc.Problem{p}}}}
}
