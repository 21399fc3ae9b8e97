package caseapi_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/casefw/caseapi/storetest"
	"github.com/laurel-edu/laurel/internal/rest"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/stretchr/testify/require"
)

// archive is a store that has the texts of all answers, as one over files has, and counts
// how often one is opened.
type archive struct {
	*caseapi.Memory
	opened *atomic.Int64
}

func (s archive) Find(ctx context.Context, kind caseapi.Kind, id casefw.GUID) (*caseapi.Resource, error) {
	r, err := s.Memory.Find(ctx, kind, id)
	if err != nil {
		return nil, err
	}
	return s.archived(kind, id, r), nil
}

func (s archive) Documents(ctx context.Context, q *caseapi.Query) (*caseapi.Page, error) {
	p, err := s.Memory.Documents(ctx, q)
	if err != nil {
		return nil, err
	}
	page := *p
	page.Documents = nil
	for _, d := range p.Documents {
		page.Documents = append(page.Documents, s.archived(caseapi.KindDocument, casefw.GUID{1}, d))
	}
	return &page, nil
}

// archived makes of a resource one whose text is stored.
func (s archive) archived(kind caseapi.Kind, id casefw.GUID, r *caseapi.Resource) *caseapi.Resource {
	return caseapi.NewStored(kind, id, r.Modified(), func(ctx context.Context, v caseapi.Version) (caseapi.Text, error) {
		var b bytes.Buffer
		if err := r.WriteJSON(ctx, &b, v); err != nil {
			return caseapi.Text{}, err
		}
		return caseapi.Text{Tag: rest.Tag(b.Bytes()), Size: int64(b.Len()), Open: func(context.Context) (io.ReadCloser, error) {
			s.opened.Add(1)
			return io.NopCloser(&b), nil
		}}, nil
	})
}

func TestStoredTextsKeepThePromisesOfAStore(t *testing.T) {
	require.NoError(t, storetest.Test(t.Context(), func(f ...*casefw.Framework) (caseapi.Store, error) {
		m, err := caseapi.NewMemory(f...)
		return archive{m, new(atomic.Int64)}, err
	}))
}

// A text of the store is answered as any other: same bytes, same headers, in every way of
// asking; and is not opened for a client who has it, or for HEAD.
func TestStoredTexts(t *testing.T) {
	for _, cache := range []int64{0, 1000} { // kept, and streamed
		m, opened := sample(t), new(atomic.Int64)
		made := serving(t, caseapi.Config{Store: m, CacheBytes: cache})
		stored := serving(t, caseapi.Config{Store: archive{m, opened}, CacheBytes: cache})
		for _, target := range targets {
			for _, headers := range [][]string{nil, {"Accept-Encoding", "gzip"}} {
				a, b := get(t, made, target, headers...), get(t, stored, target, headers...)
				require.Equal(t, a.Code, b.Code)
				require.Equal(t, a.Header().Get("ETag"), b.Header().Get("ETag"), target)
				if a.Header().Get("Content-Encoding") == "gzip" {
					require.Equal(t, string(unzip(t, a.Body.Bytes())), string(unzip(t, b.Body.Bytes())))
				} else {
					require.Equal(t, a.Body.String(), b.Body.String())
					require.Equal(t, a.Header(), b.Header())
				}
				if strings.Contains(target, "CFDocuments") || strings.Contains(target, "discovery") {
					continue
				}
				before := opened.Load()
				require.Equal(t, http.StatusNotModified, get(t, stored, target, append(headers, "If-None-Match", a.Header().Get("ETag"))...).Code)
				head := ask(t, stored, http.MethodHead, target, headers...)
				require.Equal(t, http.StatusOK, head.Code)
				require.Equal(t, a.Header().Get("ETag"), head.Header().Get("ETag"))
				if headers == nil {
					require.Equal(t, fmt.Sprint(a.Body.Len()), head.Header().Get("Content-Length"))
				}
				require.Equal(t, before, opened.Load(), target)
				get(t, stored, target, headers...)
				if cache == 0 {
					require.Equal(t, before, opened.Load(), "it is kept")
				} else if len(target) > 0 && a.Body.Len() > 500 && headers == nil {
					require.Greater(t, opened.Load(), before, "it is not kept")
				}
			}
		}
		requireStatus(t, get(t, stored, base0+"/CFAssociations/"+storetest.IDResource), http.StatusNotFound, "unknownobject")
	}
}

// A package that was answered once is not made again for a client who has it, though the
// cache forgot it.
func TestUnchangedPackagesAreNotMade(t *testing.T) {
	f := numbered(t, 1, strings.Repeat("n", 300_000))
	h := serving(t, caseapi.Config{Store: memory(t, f), CacheBytes: 1000})
	for _, base := range []string{base0, base1} {
		target := base + "/CFPackages/" + numberedID(1)
		tag := get(t, h, target).Header().Get("ETag")
		for _, c := range []struct {
			method, header string
			status         int
		}{{"GET", tag, 304}, {"HEAD", "", 200}} {
			var w *sinkRecorder
			spent := testkit.Allocated(func() { w = sinkOf(h, c.method, target, c.header) })
			require.Equal(t, c.status, w.status)
			require.Equal(t, tag, w.head.Get("ETag"))
			require.Less(t, spent, uint64(32<<10), "%s of %d bytes", c.method, 300_000)
		}
	}
}

type sinkRecorder struct {
	sink
	status int
}

func (s *sinkRecorder) WriteHeader(status int) { s.status = status }

func sinkOf(h http.Handler, method, target, tag string) *sinkRecorder {
	r, err := http.NewRequest(method, target, nil)
	if err != nil {
		panic(err)
	}
	if tag != "" {
		r.Header.Set("If-None-Match", tag)
	}
	w := &sinkRecorder{sink: sink{head: http.Header{}}}
	h.ServeHTTP(w, r)
	return w
}

// Tags tell the texts of one resource apart, not those of all.
func TestStoredTextsOfOneTag(t *testing.T) {
	text := func(body string) func(context.Context, caseapi.Version) (caseapi.Text, error) {
		return func(_ context.Context, v caseapi.Version) (caseapi.Text, error) {
			body := strings.Replace(body, "V", v.Segment(), 1)
			return caseapi.Text{Tag: "1", Size: int64(len(body)), Open: func(context.Context) (io.ReadCloser, error) {
				return io.NopCloser(strings.NewReader(body)), nil
			}}, nil
		}
	}
	h := serving(t, caseapi.Config{Store: finding(func(kind caseapi.Kind, id casefw.GUID) (*caseapi.Resource, error) {
		return caseapi.NewStored(kind, id, time.Time{}, text(`{"a":"`+kind.Path()+id.String()+`V"}`)), nil
	})})
	seen := map[string]bool{}
	for _, base := range []string{base0, base1} {
		for _, kind := range caseapi.Kinds() {
			for i := range 3 {
				seen[get(t, h, base+"/"+kind.Path()+"/"+numberedID(i)).Body.String()] = true
			}
		}
	}
	require.Len(t, seen, 2*3*len(caseapi.Kinds()))

	gone := serving(t, caseapi.Config{Store: finding(func(kind caseapi.Kind, id casefw.GUID) (*caseapi.Resource, error) {
		return caseapi.NewStored(kind, id, time.Time{}, func(context.Context, caseapi.Version) (caseapi.Text, error) {
			return caseapi.Text{Tag: "1", Size: 2, Open: func(context.Context) (io.ReadCloser, error) { return nil, errors.New("disk") }}, nil
		}), nil
	})})
	requireStatus(t, get(t, gone, base1+"/CFItems/"+numberedID(1)), http.StatusInternalServerError, "internal_server_error")
	require.Equal(t, http.StatusOK, ask(t, gone, http.MethodHead, base1+"/CFItems/"+numberedID(1)).Code, "nobody looked")
}

// finding is a store of what a function finds.
type finding func(kind caseapi.Kind, id casefw.GUID) (*caseapi.Resource, error)

func (finding) Documents(context.Context, *caseapi.Query) (*caseapi.Page, error) {
	return &caseapi.Page{}, nil
}
func (f finding) Find(_ context.Context, kind caseapi.Kind, id casefw.GUID) (*caseapi.Resource, error) {
	return f(kind, id)
}
