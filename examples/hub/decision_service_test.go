package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// imsx wants a refusal in the words of the standard.
func (a answer) imsx(t *testing.T, status int, minor string) {
	t.Helper()
	require.Equal(t, status, a.status, string(a.body))
	var info struct {
		Major string `json:"imsx_codeMajor"`
		Minor struct {
			Field []struct {
				Value string `json:"imsx_codeMinorFieldValue"`
			} `json:"imsx_codeMinorField"`
		} `json:"imsx_codeMinor"`
	}
	require.NoError(t, json.Unmarshal(a.body, &info), string(a.body))
	require.Equal(t, "failure", info.Major)
	require.Equal(t, minor, info.Minor.Field[0].Value)
}

// plain sends a request with headers, name and value by turns.
func (s *stranger) plain(method, to, host string, headers ...string) answer {
	s.t.Helper()
	r, err := http.NewRequest(method, to, nil)
	require.NoError(s.t, err)
	if host != "" {
		r.Host = host
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return s.read(s.http.Do(r))
}

// fresh is a stranger with a token of bob, who has nothing but what the test gives him. A
// tenant of his own keeps tests apart.
func fresh(t *testing.T) (*stranger, *issuer) {
	t.Helper()
	r := start(t, "-store", "memory")
	return r.connected(t, badgesAt), newIssuer(t.Name())
}

var serviceDecisions = []decision{
	{5, "5 the description may be kept, and asked for anew", func(t *testing.T, r *running) {
		s := newStranger(t, r.authority)
		got := s.plain("GET", r.base+badgesAt+"/discovery", "")
		require.Contains(t, got.header.Get("Cache-Control"), "max-age")
		for _, tags := range []string{got.header.Get("ETag"), `"x", W/` + got.header.Get("ETag")} {
			require.Equal(t, 304, s.plain("GET", r.base+badgesAt+"/discovery", "", "If-None-Match", tags).status)
		}
	}},
	{6, "6 where tokens are revoked is told in three places", func(t *testing.T, r *running) {
		s := r.known(t)
		meta := s.plain("GET", r.base+"/.well-known/oauth-authorization-server/demo", "").object(t)
		require.Equal(t, s.revoke, meta["revocation_endpoint"])
		require.Equal(t, s.revoke, s.registering(nil).object(t)["revocation_endpoint"])
	}},
	{7, "7 the issuer is the tenant", func(t *testing.T, r *running) {
		s := r.joined(t)
		meta := s.plain("GET", r.base+"/.well-known/oauth-authorization-server/demo", "").object(t)
		require.Equal(t, r.base+"/demo", meta["issuer"])
		s.refusedAs(map[string][]string{"state": nil}, "invalid_request") // which looks at iss
	}},
	{8, "8 another host is not served, whatever was forwarded", func(t *testing.T, r *running) {
		s := newStranger(t, r.authority)
		for _, path := range []string{badgesAt + "/discovery", badgesAt + "/credentials", "/demo/oauth/token", "/demo/login", "/", "/nothing"} {
			s.plain("GET", r.base+path, "evil.example", "X-Forwarded-Host", strings.TrimPrefix(r.base, "https://")).imsx(t, 421, "misdirected_request")
		}
		text := s.plain("GET", r.base+badgesAt+"/discovery", "", "X-Forwarded-Host", "evil.example", "X-Forwarded-Proto", "http").body
		require.NotContains(t, string(text), "evil")
	}},
	{9, "9 pages of other origins read the description alone", func(t *testing.T, r *running) {
		s := newStranger(t, r.authority)
		from := []string{"Origin", "https://evil.example", "Access-Control-Request-Method", "GET"}
		for _, method := range []string{"GET", "OPTIONS"} {
			require.Equal(t, "*", s.plain(method, r.base+badgesAt+"/discovery", "", from...).header.Get("Access-Control-Allow-Origin"))
			for _, path := range []string{badgesAt + "/credentials", "/demo/oauth/authorize"} {
				require.Empty(t, s.plain(method, r.base+path, "", from...).header.Get("Access-Control-Allow-Origin"))
			}
		}
	}},
	{10, "10 methods and paths that there are not", func(t *testing.T, r *running) {
		s := newStranger(t, r.authority)
		got := s.plain("POST", r.base+badgesAt+"/discovery", "")
		got.imsx(t, 405, "not_allowed")
		require.Contains(t, got.header.Get("Allow"), "GET")
		for _, path := range []string{"/nobody/ims/ob/v3p0/discovery", "/demo/nothing", "/", "/demo/ims/ob/v3p0/nothing"} {
			s.plain("GET", r.base+path, "").imsx(t, 404, "not_found")
		}
	}},
	{38, "38 the order of the checks", func(t *testing.T, r *running) {
		s := r.joined(t)
		s.connect("ada", adasPassword, "https://purl.imsglobal.org/spec/ob/v3p0/scope/credential.readonly")
		long := bytes.Repeat([]byte("x"), 2<<20)
		s.call("DELETE", "/credentials", long, "x/y").imsx(t, 405, "not_allowed")
		s.call("POST", "/credentials", []byte("x"), "x/y").imsx(t, 403, "forbidden")
		s.access = "unknown"
		s.call("DELETE", "/credentials", nil, "x/y").imsx(t, 405, "not_allowed")
		s.call("POST", "/credentials", []byte("x"), "x/y").imsx(t, 401, "unauthorizedrequest")
		s.call("GET", "/nothing", nil, "").imsx(t, 404, "not_found")
	}},
	{39, "39 without a token there is no error to tell", func(t *testing.T, r *running) {
		got := newStranger(t, r.authority).plain("GET", r.base+badgesAt+"/credentials", "")
		got.imsx(t, 401, "unauthorizedrequest")
		require.Equal(t, "Bearer", got.header.Get("WWW-Authenticate"))
	}},
	{40, "40 the words are those of Open Badges", func(t *testing.T, r *running) {
		newStranger(t, r.authority).plain("GET", r.base+recordsAt+"/credentials", "").imsx(t, 401, "unauthorizedrequest")
	}},
	{41, "41 an older credential changes nothing", func(t *testing.T, _ *running) {
		s, i := fresh(t)
		newer := i.sign(i.badge(numbered(1), "2025-02-01T00:00:00Z", nil))
		require.Equal(t, 201, s.post1(newer).status)
		s.post1(i.sign(i.badge(numbered(1), "2025-01-01T00:00:00Z", nil))).imsx(t, 409, "invalid_data")
		require.Equal(t, []string{newer}, s.all(""))
	}},
	{42, "42 one of the same instant replaces", func(t *testing.T, _ *running) {
		s, i := fresh(t)
		require.Equal(t, 201, s.post1(i.sign(i.badge(numbered(1), "2025-02-01T00:00:00Z", nil))).status)
		again := i.sign(i.badge(numbered(1), "2025-02-01T01:00:00.000+01:00", nil))
		require.Equal(t, 200, s.post1(again).status)
		require.Equal(t, []string{again}, s.all(""))
	}},
	{43, "43 a token and JSON of one identity are one entry", func(t *testing.T, _ *running) {
		s, i := fresh(t)
		require.Equal(t, 201, s.post1(i.sign(i.badge(numbered(1), "2025-01-01T00:00:00Z", nil))).status)
		token := i.token(i.badge(numbered(1), "2025-06-01T00:00:00Z", nil))
		require.Equal(t, 200, s.post1(token).status)
		require.Equal(t, []string{token}, s.all(""))
	}},
	{44, "44 what is not authentic is not kept", func(t *testing.T, _ *running) {
		s, i := fresh(t)
		good := i.sign(i.badge(numbered(1), "2025-01-01T00:00:00Z", nil))
		unsigned := string(canonical(i.badge(numbered(1), "2025-01-01T00:00:00Z", nil)))
		stolen := i.sign(newIssuer("a bank").badge(numbered(1), "2025-01-01T00:00:00Z", nil))
		elsewhere := i.sign(i.badge(numbered(1), "2025-01-01T00:00:00Z", func(all map[string]any) {
			all["issuer"] = map[string]any{"id": "https://127.0.0.1/issuer", "type": []any{"Profile"}}
		}))
		token := i.token(i.badge(numbered(1), "2025-01-01T00:00:00Z", nil))
		for _, text := range []string{strings.Replace(good, "ten knots", "six knots", 1), unsigned, stolen, elsewhere, token[:len(token)-6] + "AAAAAA"} {
			s.post1(text).imsx(t, 400, "invalid_data")
		}
		require.Empty(t, s.all(""))
		require.Equal(t, 201, s.post1(good).status)
	}},
	{45, "45 what has expired, or begins later, is kept", func(t *testing.T, _ *running) {
		s, i := fresh(t)
		for n, change := range []func(map[string]any){
			func(all map[string]any) { all["validUntil"] = "2025-03-01T00:00:00Z" },
			func(all map[string]any) { all["validFrom"] = soon() },
			func(all map[string]any) {
				all["credentialStatus"] = map[string]any{"type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "7",
					"statusListCredential": "https://status.example/1", "id": "https://status.example/1#7"}
			},
		} {
			require.Equal(t, 201, s.post1(i.sign(i.badge(numbered(n), "2025-01-01T00:00:00Z", change))).status, n)
		}
	}},
	{46, "46 nothing is from years ahead", func(t *testing.T, _ *running) {
		s, i := fresh(t)
		s.post1(i.sign(i.badge(numbered(1), "9999-01-01T00:00:00Z", nil))).imsx(t, 400, "invalid_data")
	}},
	{47, "47 whom it is about is not compared", func(t *testing.T, _ *running) {
		s, i := fresh(t)
		require.Equal(t, 201, s.post1(i.sign(i.badge(numbered(1), "2025-01-01T00:00:00Z", nil))).status, "did:example:ada is nobody here")
	}},
	{48, "48 each service has its kind", func(t *testing.T, _ *running) {
		s, i := fresh(t)
		badge := i.sign(i.badge(numbered(1), "2025-01-01T00:00:00Z", nil))
		s.post1(i.sign(i.record(numbered(2), badge))).imsx(t, 400, "invalid_data")
		s.service = strings.Replace(s.service, "/ob/v3p0", "/clr/v2p0", 1)
		s.post1(badge).imsx(t, 403, "forbidden")
		s.discover(s.service)
		s.join()
		s.connect("ada", adasPassword, s.scopes...)
		s.post1(badge).imsx(t, 400, "invalid_data")
		require.Equal(t, 201, s.post1(i.sign(i.record(numbered(2), badge))).status)
	}},
	{49, "49 media types", func(t *testing.T, _ *running) {
		s, i := fresh(t)
		badge, token := i.sign(i.badge(numbered(1), "2025-01-01T00:00:00Z", nil)), i.token(i.badge(numbered(2), "2025-01-01T00:00:00Z", nil))
		post := func(body, media string) answer { return s.call("POST", "/credentials", []byte(body), media) }
		require.Equal(t, 201, post(badge, "Application/JSON; charset=utf-8").status)
		require.Equal(t, 200, post(badge, "application/vc+ld+json;x=y").status)
		require.Equal(t, 201, post(token, "text/PLAIN; charset=us-ascii").status)
		for _, media := range []string{"", "application/xml"} {
			got := post(badge, media)
			got.imsx(t, 415, "invalid_data")
			require.NotEmpty(t, got.header.Get("Accept-Post"))
		}
		post(token, "application/json").imsx(t, 400, "invalid_data")
		post(badge, "text/plain").imsx(t, 400, "invalid_data")
	}},
	{50, "50 how long a body may be", func(t *testing.T, _ *running) {
		s, i := fresh(t)
		s.call("POST", "/credentials", bytes.Repeat([]byte(" "), 5<<20), "application/json").imsx(t, 413, "invalid_data")
		wide := i.sign(i.badge(numbered(1), "2025-01-01T00:00:00Z", func(all map[string]any) { all["description"] = strings.Repeat("long ", 100<<10) }))
		require.Equal(t, 201, s.post1(wide).status)
		require.Equal(t, []string{wide}, s.all(""))
	}},
	{51, "51 what is kept is the bytes that came", func(t *testing.T, _ *running) {
		s, i := fresh(t)
		odd := strings.Replace(i.sign(i.badge(numbered(1), "2025-01-01T00:00:00Z", nil)), `"name":"Knots"`, `"name" :  "Kn\u006fts"`, 1)
		got := s.call("POST", "/credentials", []byte("\n "+odd+" \n"), "application/json")
		require.Equal(t, 201, got.status, string(got.body))
		require.Equal(t, odd, strings.TrimSpace(string(got.body)))
		require.Equal(t, []string{odd}, s.all(""))
	}},
	{52, "52 no answer to a write is 304", func(t *testing.T, _ *running) {
		s, i := fresh(t)
		badge := i.sign(i.badge(numbered(1), "2025-01-01T00:00:00Z", nil))
		for _, want := range []int{201, 200, 200} {
			require.Equal(t, want, s.post1(badge).status)
		}
		require.Equal(t, 200, s.call("PUT", "/profile", []byte(adasProfile), "application/json").status)
		require.Equal(t, 200, s.call("PUT", "/profile", []byte(adasProfile), "application/json").status)
	}},
	{53, "53 an answer that is not accepted", func(t *testing.T, r *running) {
		s := r.connected(t, badgesAt)
		s.plain("GET", s.service+"/credentials", "", "Authorization", "Bearer "+s.access, "Accept", "text/html").imsx(t, 406, "not_acceptable")
		require.Equal(t, 200, s.plain("GET", s.service+"/credentials", "", "Authorization", "Bearer "+s.access, "Accept", "text/html, */*;q=0.1").status)
	}},
	{54, "54 answers to a token are kept by nobody else", func(t *testing.T, r *running) {
		s := r.connected(t, badgesAt)
		s.call("PUT", "/profile", []byte(adasProfile), "application/json")
		for _, path := range []string{"/credentials", "/profile"} {
			got := s.call("GET", path, nil, "")
			require.Contains(t, got.header.Get("Cache-Control"), "private")
			require.Equal(t, "nosniff", got.header.Get("X-Content-Type-Options"))
		}
	}},
}

var profileDecisions = []decision{
	{60, "60 no profile yet", func(t *testing.T, _ *running) {
		s, _ := fresh(t)
		s.call("GET", "/profile", nil, "").imsx(t, 404, "not_found")
	}},
	{61, "61 a profile is shown as it came, and checked before", func(t *testing.T, _ *running) {
		s, _ := fresh(t)
		for _, bad := range []string{"{}", strings.Replace(adasProfile, `["Profile"]`, `["X"]`, 1), strings.Replace(adasProfile, `"Ada"`, "1", 1),
			adasProfile + "x", strings.Replace(adasProfile, `"name"`, `"id":"x","name"`, 1)} {
			s.call("PUT", "/profile", []byte(bad), "application/json").imsx(t, 400, "invalid_data")
		}
		require.Equal(t, adasProfile, string(s.call("PUT", "/profile", []byte(adasProfile), "application/json").body))
		require.Equal(t, adasProfile, string(s.call("GET", "/profile", nil, "").body))
	}},
	{62, "62 of sixteen that replace one profile one does", func(t *testing.T, _ *running) {
		s, _ := fresh(t)
		s.call("PUT", "/profile", []byte(adasProfile), "application/json")
		tag := s.call("GET", "/profile", nil, "").header.Get("ETag")
		codes := make([]int, 16)
		var all sync.WaitGroup
		for n := range codes {
			all.Go(func() {
				body := strings.Replace(adasProfile, "Ada", fmt.Sprint("Ada ", n), 1)
				r, err := http.NewRequest(http.MethodPut, s.service+"/profile", strings.NewReader(body))
				if err != nil {
					return
				}
				r.Header = http.Header{"Authorization": {"Bearer " + s.access}, "Content-Type": {"application/json"}, "If-Match": {tag}}
				if resp, err := s.http.Do(r); err == nil {
					codes[n] = resp.StatusCode
					_ = resp.Body.Close()
				}
			})
		}
		all.Wait()
		count := map[int]int{}
		for _, code := range codes {
			count[code]++
		}
		require.Equal(t, map[int]int{200: 1, 412: 15}, count)
	}},
	{63, "63 a profile is not posted", func(t *testing.T, r *running) {
		got := r.connected(t, badgesAt).call("POST", "/profile", []byte(adasProfile), "application/json")
		got.imsx(t, 405, "not_allowed")
		require.Contains(t, got.header.Get("Allow"), "GET")
		require.Contains(t, got.header.Get("Allow"), "PUT")
	}},
}
