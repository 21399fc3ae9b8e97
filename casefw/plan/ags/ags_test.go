package ags_test

import (
	"context"
	"crypto"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/casefw/plan"
	"github.com/laurel-edu/laurel/casefw/plan/ags"
	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

const oven = "00000000-0000-4000-8000-000000000020"

var everybody = plan.LearnersFunc(func(_ context.Context, source, person string) (string, bool, error) {
	return source + "/" + person, person != "stranger", nil
})

// course is a platform that a client reads.
type course struct {
	t        testing.TB
	platform *obtest.Platform
	origin   string
	at       time.Time
	client   *ags.Client
	cursor   []byte
}

func newCourse(t testing.TB, p *obtest.Platform, change func(*ags.Config)) *course {
	server := httptest.NewServer(p)
	t.Cleanup(server.Close)
	c := &course{t: t, platform: p, origin: server.URL, at: testkit.Now}
	config := ags.Config{LineItems: server.URL + "/course/lineitems", Source: "lms", Learners: everybody, InsecureAllowLoopback: true,
		AlignByTag: true, Now: func() time.Time { return c.at }, Retries: -1}
	if change != nil {
		change(&config)
	}
	var err error
	c.client, err = ags.New(config)
	require.NoError(t, err)
	return c
}

func (c *course) pull() plan.Batch {
	batch, err := c.client.Pull(context.Background(), c.cursor)
	require.NoError(c.t, err)
	c.cursor = batch.Cursor
	return batch
}

// Results are told when they are new or changed, as provisional, and when they are gone.
func TestPull(t *testing.T) {
	p := &obtest.Platform{Query: "type_id=7"}
	c := newCourse(t, p, nil)
	var items []string
	p.Do(func(p *obtest.Platform) {
		for i := range 5 {
			items = append(items, p.LineItem(c.origin, i, map[string]any{"tag": "case:" + oven}))
			for _, user := range []string{"ana", "bo", "cy"} {
				p.Result(items[i], user, map[string]any{"resultScore": 40, "resultMaximum": 50})
			}
		}
		p.Result(items[0], "stranger", map[string]any{"resultScore": 0.83})
	})
	batch := c.pull()
	require.Len(t, batch.Events, 15)
	e := batch.Events[0]
	require.True(t, e.Current && !e.Final)
	require.Equal(t, "lms/ana", e.Learner)
	require.Equal(t, testkit.Now, e.At)
	require.Equal(t, "80", e.Scores[0].Percent.String())
	require.Equal(t, oven, e.Scores[0].Item.String())
	require.Equal(t, []plan.Parked{{Result: items[0] + " stranger", Person: "stranger", LineItem: items[0], Reason: plan.ReasonLearnerUnknown,
		Since: testkit.Now, Tries: 1}}, batch.Parked)
	require.NotContains(t, string(c.cursor), "private")
	require.Empty(t, c.pull().Events, "nothing new")

	c.at = c.at.Add(time.Hour)
	p.Do(func(p *obtest.Platform) {
		p.Result(items[1], "bo", map[string]any{"resultScore": 0.83}) // of 1
		p.Result(items[2], "cy", map[string]any{})                    // cleared
		p.Result(items[3], "ana", nil)
		p.DropLineItem(items[4])
	})
	batch = c.pull()
	require.Len(t, batch.Events, 6)
	require.Equal(t, "83", batch.Events[0].Scores[0].Percent.String())
	require.True(t, batch.Events[0].At.After(e.At))
	require.False(t, batch.Events[1].Current)
	for _, gone := range batch.Events[2:] {
		require.True(t, gone.Deleted)
	}

	p.Do(func(p *obtest.Platform) { p.Closed = true })
	batch = c.pull()
	require.True(t, batch.Frozen)
	require.Empty(t, batch.Events, "what is known stays")
}

// Where the platform's results are final they lead to awards, and a registry aligns them.
func TestFinal(t *testing.T) {
	p := &obtest.Platform{}
	guid, err := casefw.ParseGUID(oven)
	require.NoError(t, err)
	c := newCourse(t, p, func(c *ags.Config) {
		c.Results, c.AlignByTag = ags.ResultsFinal, false
		c.Align = func(string) []casefw.GUID { return []casefw.GUID{guid} }
		c.Skip = func(id string) bool { return strings.HasSuffix(id, "/9") }
	})
	for _, n := range []int{1, 9} {
		p.Result(p.LineItem(c.origin, n, nil), "ana", map[string]any{"resultScore": 1})
	}
	batch := c.pull()
	require.Len(t, batch.Events, 1)
	require.True(t, batch.Events[0].Final)
	require.Equal(t, guid, batch.Events[0].Scores[0].Item)
}

// The published results are read by the text reader.
func TestSharedResults(t *testing.T) {
	var all []json.RawMessage
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "case/gradebook/lti-ags-results.json"), &all))
	want := []string{"80", "", "83"}
	for i, text := range all {
		rec, err := plan.ParseAGSResult(text, plan.LineItem{ID: "li"}, testkit.Now, plan.RecordOptions{})
		require.NoError(t, err)
		require.Equal(t, want[i], rec.Percent.String())
		require.Equal(t, want[i] != "", rec.Current)
	}
}

// A token is had for an assertion of the tool's key, each of its own, and for none of
// another key.
func TestAssertion(t *testing.T) {
	tool := obtest.Key(obtest.RSA, "tool")
	public := tool.Public().(*rsa.PublicKey)
	for name, key := range map[string]crypto.Signer{"tool": tool, "other": obtest.Key(obtest.RSA, "b")} {
		p := &obtest.Platform{ClientID: "tool-7", Tool: public}
		c := newCourse(t, p, func(c *ags.Config) {
			origin := strings.TrimSuffix(c.LineItems, "/course/lineitems")
			p.TokenURL = origin + "/token"
			assert, err := ags.NewAssertion(ags.Key{Signer: key, ID: "k1", ClientID: "tool-7", TokenURL: p.TokenURL})
			require.NoError(t, err)
			c.Authorize, err = caseapi.NewClientCredentials(caseapi.Credentials{TokenURL: p.TokenURL, ClientID: "tool-7", Assertion: assert,
				Scopes: ags.Scopes(), InsecureAllowLoopback: true})
			require.NoError(t, err)
		})
		_, err := c.client.Pull(t.Context(), nil)
		if name == "tool" {
			require.NoError(t, err)
			continue
		}
		require.ErrorContains(t, err, "not signed by the tool")
	}
	assert, err := ags.NewAssertion(ags.Key{Signer: tool, ID: "k1", ClientID: "tool-7", TokenURL: "https://lms.example/token", Now: testkit.Clock})
	require.NoError(t, err)
	one, err := assert(t.Context())
	require.NoError(t, err)
	two, err := assert(t.Context())
	require.NoError(t, err)
	require.NotEqual(t, one, two)
	head, err := base64.RawURLEncoding.DecodeString(strings.Split(one, ".")[0])
	require.NoError(t, err)
	require.JSONEq(t, `{"alg":"RS256","kid":"k1","typ":"JWT"}`, string(head))

	for _, bad := range []ags.Key{{}, {Signer: obtest.Key(obtest.Ed25519, "x"), ClientID: "t", TokenURL: "https://lms.example"}} {
		_, err := ags.NewAssertion(bad)
		require.ErrorContains(t, err, "ags: Key")
	}
}

// Configurations that contradict themselves, and cursors of others, are errors.
func TestErrors(t *testing.T) {
	good := ags.Config{LineItems: "https://lms.example/lineitems", Source: "lms", Learners: everybody}
	for text, change := range map[string]func(*ags.Config){"Source": func(c *ags.Config) { c.Source = "" },
		"not both": func(c *ags.Config) { c.LineItem = c.LineItems }, "https": func(c *ags.Config) { c.LineItems = "http://lms.example" },
		"negative": func(c *ags.Config) { c.MaxPages = -1 }, "Results": func(c *ags.Config) { c.Results = 7 }} {
		c := good
		change(&c)
		_, err := ags.New(c)
		require.ErrorContains(t, err, text)
	}
	client, err := ags.New(good)
	require.NoError(t, err)
	_, err = client.Pull(t.Context(), []byte(`{"v":9}`))
	require.ErrorContains(t, err, "no cursor of this package")

	p := &obtest.Platform{}
	c := newCourse(t, p, nil)
	p.LineItem("https://evil.example", 1, nil)
	_, err = c.client.Pull(t.Context(), nil)
	require.ErrorContains(t, err, "on another host")
	p.Closed = true
	_, err = c.client.Pull(t.Context(), nil)
	require.ErrorContains(t, err, "status 403")
}
