package obapi_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/ob/obapi"
)

// Whatever is asked is answered, with a status that the order of the checks allows and with
// JSON wherever it went wrong; what was posted is listed only where it was answered with
// 200 or 201, and then as it came.
func FuzzHandler(f *testing.F) {
	f.Add("GET", "/credentials?limit=1&since=2020-01-01T00:00:00Z", "ada", "", "*/*", "")
	f.Add("GET", "/credentials?after=zz&offset=9", "ada", "", "application/json;q=0", "")
	f.Add("POST", "/credentials", "ada", "application/json", "", `{"type":["VerifiableCredential"]}`)
	f.Add("POST", "/credentials", "ada", "text/plain; charset=x", "", "a.b.c")
	f.Add("PUT", "/profile", "ada", "application/json", "", profile)
	f.Add("PUT", "/profile", "writer", "", "", "")
	f.Add("BREW", "/%2e./x", "", "", "", "")
	ed := school.Ed(f, 1)
	signed := string(school.Sign(f, ed, ed.Badge(obtest.Badge{Number: 1}), nil))
	f.Add("POST", "/credentials", "ada", "application/vc+ld+json", "", signed)
	f.Fuzz(func(t *testing.T, method, path, token, media, accept, body string) {
		h := newHost(t, keeper(t, nil), nil)
		r := httptest.NewRequest(http.MethodGet, badges+"/", strings.NewReader(body))
		r.Method = method
		u, err := r.URL.Parse(badges + path)
		if err != nil {
			t.Skip()
		}
		r.URL = u
		r.Header = http.Header{"Authorization": {"Bearer " + token}, "Content-Type": {media}, "Accept": {accept}}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code == http.StatusInternalServerError || w.Code >= 400 && !json.Valid(w.Body.Bytes()) {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
		list := h.get(badges + "/credentials").Body.String()
		kept := method == http.MethodPost && (w.Code == http.StatusOK || w.Code == http.StatusCreated)
		if kept != (list != "{}") || kept && !strings.Contains(list, strings.TrimSpace(w.Body.String())) {
			t.Fatalf("%d, and the list is %s", w.Code, list)
		}
	})
}

// Whatever a host answers, a client ends, stays where it is, and reports no credential
// that the answer does not have.
func FuzzClient(f *testing.F) {
	f.Add(200, `<?offset=1>; rel="next"`, "3", `{"credential":[{"a":1}],"compactJwsString":["a.b.c"]}`)
	f.Add(200, `<https://evil.example/>; rel=next`, "x", `{"credentials":{"a":1}}`)
	f.Add(503, "", "", `{"imsx_codeMajor":"failure","imsx_CodeMinor":{"imsx_codeMinorField":[{"imsx_codeMinorFieldValue":"x"}]}}`)
	f.Fuzz(func(t *testing.T, status int, link, total, body string) {
		d := doer(func(r *http.Request) (*http.Response, error) {
			if !strings.HasPrefix(r.URL.String(), badges) {
				t.Fatalf("it asked %s", r.URL)
			}
			return &http.Response{StatusCode: status, Header: http.Header{"Link": {link}, "X-Total-Count": {total}},
				Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
		})
		cl, err := obapi.NewClient(obapi.ClientConfig{BaseURL: badges, Do: d, MaxPages: 5})
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for c, err := range cl.Credentials(t.Context(), obapi.List{}) {
			if err == nil && len(c.Raw) > len(body) {
				t.Fatalf("%s is not in the answer", c.Raw)
			}
			if n++; n > len(body)+1 {
				t.Fatal("more than there is")
			}
		}
	})
}
