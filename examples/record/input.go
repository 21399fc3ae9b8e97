package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"

	"github.com/laurel-edu/laurel/vc/fetch"
)

// maxFile bounds what is read from a file: room for large artwork and records.
const maxFile = 64 << 20

// open has the bytes that the name on the command line stands for.
func (c *command) open(ctx context.Context) ([]byte, error) {
	switch name := c.options.name; {
	case name == "-":
		return readAll(c.stdin)
	case strings.HasPrefix(name, "https://"), strings.HasPrefix(name, "http://"):
		r, err := c.door.Fetch(ctx, name)
		if err != nil && !c.options.online {
			return nil, fmt.Errorf("a URL is fetched only with -online: %w", err)
		} else if err != nil {
			return nil, err
		}
		return r.Body, nil
	default:
		// Without O_NONBLOCK the opening of a named pipe waits until somebody writes to it.
		file, err := os.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
		if err != nil {
			return nil, err
		}
		defer file.Close()
		return readAll(file)
	}
}

func readAll(r io.Reader) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if len(b) > maxFile {
		return nil, fmt.Errorf("the file is longer than the %d bytes that are read", maxFile)
	}
	return b, err
}

// fetcher is where keys and status lists come from: the packs, then the network if it is
// allowed, else nowhere.
func (o *options) fetcher() (fetch.Fetcher, error) {
	pack, err := fetch.ReadPacks(o.packs...)
	if err != nil {
		return nil, err
	}
	if !o.online {
		return fetch.Layered(pack, nil), nil
	}
	client, err := fetch.NewClient(fetch.Config{Cache: fetch.NewMemoryCache(0)})
	if err != nil {
		return nil, err
	}
	return fetch.Layered(pack, client), nil
}
