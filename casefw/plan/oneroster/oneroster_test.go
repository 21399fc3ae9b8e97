package oneroster_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/casefw/plan"
	"github.com/laurel-edu/laurel/casefw/plan/oneroster"
	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
)

const plansText = `[
	{"id": "oven", "version": 1, "framework": "00000000-0000-4000-8000-000000000001", "achievement": "https://crafts.example/achievements/oven",
	"onRegradeDown": "revoke", "onEvidenceDeleted": "revoke", "onPrerequisiteRevoked": "revoke",
	"condition": {"allOf": [{"item": "` + oven + `", "minPercent": "50"}, {"item": "` + dough + `", "minPercent": "50"}]}},
	{"id": "twice", "version": 1, "framework": "00000000-0000-4000-8000-000000000001", "achievement": "https://crafts.example/achievements/twice",
	"onRegradeDown": "revoke", "onEvidenceDeleted": "revoke", "onPrerequisiteRevoked": "revoke",
	"condition": {"item": "` + dough + `", "minPercent": "70", "minOccurrences": 2}}]`

const (
	oven  = "00000000-0000-4000-8000-000000000020"
	dough = "00000000-0000-4000-8000-000000000011"
)

func engine(t testing.TB) *plan.Engine {
	t.Helper()
	text, err := os.ReadFile("../testdata/framework.json")
	require.NoError(t, err)
	f, _, err := casefw.LoadBytes(text, casefw.Options{})
	require.NoError(t, err)
	plans, err := plan.Parse([]byte(plansText))
	require.NoError(t, err)
	e, err := plan.New(plans, plan.Config{Frameworks: casefw.NewCatalog(f), Now: testkit.Clock})
	require.NoError(t, err)
	return e
}

// everybody is known, as who the gradebook says.
var everybody = plan.LearnersFunc(func(_ context.Context, _, person string) (string, bool, error) {
	return "l-" + person, person != "", nil
})

// world is a gradebook with a clock, and who polls it.
type world struct {
	t      testing.TB
	book   *obtest.Gradebook
	at     time.Time
	client *oneroster.Client
	store  plan.MemoryStore
	cursor []byte
	warned map[vc.Code]bool
	slept  time.Duration
}

func newWorld(t testing.TB, book *obtest.Gradebook, change func(*oneroster.Config)) *world {
	w := &world{t: t, book: book, at: testkit.Now.Add(-1000 * time.Hour), warned: map[vc.Code]bool{}}
	c := oneroster.Config{BaseURL: served(t, book), Source: "sis", Learners: everybody, InsecureAllowLoopback: true, PageSize: 5,
		Now: func() time.Time { return w.at }, Sleep: func(_ context.Context, d time.Duration) error { w.slept += d; return nil }}
	if change != nil {
		change(&c)
	}
	var err error
	w.client, err = oneroster.New(c)
	require.NoError(t, err)
	return w
}

func served(t testing.TB, book *obtest.Gradebook) string {
	server := httptest.NewServer(book)
	t.Cleanup(server.Close)
	return server.URL
}

func (w *world) poll(e *plan.Engine) plan.Batch {
	batch, _, err := e.Poll(context.Background(), w.client, &w.store, w.cursor)
	require.NoError(w.t, err)
	w.cursor = batch.Cursor
	for _, p := range batch.Warnings {
		w.warned[p.Code] = true
	}
	return batch
}

const stamp = "2006-01-02T15:04:05.000Z"

func item(id, guid string, at time.Time) map[string]any {
	return map[string]any{"sourcedId": id, "status": "active", "dateLastModified": at.Format(stamp), "title": "T",
		"resultValueMin": 0, "resultValueMax": 10, "class": map[string]any{"sourcedId": "c1"},
		"learningObjectiveSet": []any{map[string]any{"source": "case", "learningObjectiveIds": []any{guid}}}}
}

func result(id, item, student string, score any, day int, at time.Time) map[string]any {
	return map[string]any{"sourcedId": id, "status": "active", "dateLastModified": at.Format(stamp), "scoreStatus": "fully graded",
		"lineItem": map[string]any{"sourcedId": item}, "student": map[string]any{"sourcedId": student}, "class": map[string]any{"sourcedId": "c1"},
		"scoreDate": time.Date(2025, 3, 1+day, 0, 0, 0, 0, time.UTC).Format(time.DateOnly), "score": score, "comment": "private words", "late": "false"}
}

// standing are the awards that stand, with their dates.
func standing(t testing.TB, s *plan.MemoryStore, learners ...string) (all []string) {
	for _, l := range learners {
		text, _, err := s.Load(context.Background(), l)
		require.NoError(t, err)
		if text == nil {
			continue
		}
		state, err := plan.ParseState(text)
		require.NoError(t, err)
		for _, a := range state.Awards() {
			if a.Active {
				all = append(all, l+" "+a.Plan+" "+a.AchievedAt.Format(time.RFC3339Nano))
			}
		}
	}
	return all
}

var people = []string{"l-ana", "l-bo", "l-cy"}

// switches are the habits of gradebooks, by name.
var switches = map[string]func(g *obtest.Gradebook){
	"good": func(*obtest.Gradebook) {}, "ignores filters": func(g *obtest.Gradebook) { g.IgnoreFilter = true },
	"ignores orders":    func(g *obtest.Gradebook) { g.IgnoreSort = true },
	"ignores both":      func(g *obtest.Gradebook) { g.IgnoreFilter, g.IgnoreSort, g.NoTotal = true, true, true },
	"refuses both":      func(g *obtest.Gradebook) { g.RefuseQuery = true },
	"small pages":       func(g *obtest.Gradebook) { g.MaxLimit, g.NoTotal = 2, true },
	"one page":          func(g *obtest.Gradebook) { g.IgnoreOffset, g.MaxLimit, g.NoTotal = true, 100, true },
	"links":             func(g *obtest.Gradebook) { g.Links, g.NoTotal, g.MaxLimit = true, true, 3 },
	"drops records":     func(g *obtest.Gradebook) { g.HardDelete = true },
	"drops, no singles": func(g *obtest.Gradebook) { g.HardDelete, g.NoSingles = true, true },
	"busy":              func(g *obtest.Gradebook) { g.BusyEvery, g.RetryAfter, g.CapitalC = 3, 2*time.Second, true },
	"forgets tokens":    func(g *obtest.Gradebook) { g.ClientID, g.Secret, g.TokenLife = "id", "secret", 3 },
	"dialect":           func(g *obtest.Gradebook) { g.TextNumbers, g.Booleans, g.Coarse, g.CapitalC = true, true, true, true },
	"everything at once": func(g *obtest.Gradebook) {
		*g = obtest.Gradebook{IgnoreFilter: true, IgnoreSort: true, NoTotal: true, MaxLimit: 3, HardDelete: true, CapitalC: true,
			TextNumbers: true, Booleans: true, Coarse: true, BusyEvery: 5, RetryAfter: time.Second, ClientID: "id", Secret: "secret", TokenLife: 4}
	},
}

// A gradebook that is polled while it changes ends with the awards of one reading of it,
// whatever its habits.
func TestPollsEndAsOneReading(t *testing.T) {
	e, rounds := engine(t), uint64(4)
	if os.Getenv("LAUREL_LONG") != "" {
		rounds = 60
	}
	for name, set := range switches {
		t.Run(name, func(t *testing.T) {
			for seed := range rounds {
				book := &obtest.Gradebook{}
				set(book)
				w := newWorld(t, book, func(c *oneroster.Config) { authorized(t, book, c) })
				random := rand.New(rand.NewPCG(seed, 20))
				book.Do(func(g *obtest.Gradebook) {
					for i := range 4 {
						g.Put("lineItems", item(fmt.Sprint("li", i), []string{oven, dough}[i%2], w.at))
					}
				})
				if seed%2 == 1 {
					book.Between = func(g *obtest.Gradebook, request int) {
						if request%7 == 0 {
							w.write(g, random)
						}
					}
				}
				for range 12 {
					w.at = w.at.Add(time.Duration(random.IntN(400)) * time.Minute)
					book.Do(func(g *obtest.Gradebook) {
						for range random.IntN(8) {
							w.write(g, random)
						}
					})
					w.poll(e)
				}
				book.Do(func(g *obtest.Gradebook) { g.Between = nil })
				for range 3 { // the gradebook is still, and everything is read
					w.at = w.at.Add(25 * time.Hour)
					w.poll(e)
				}
				plain := &obtest.Gradebook{}
				for _, collection := range []string{"lineItems", "results"} {
					for _, r := range book.Records(collection) {
						plain.Put(collection, r)
					}
				}
				once := newWorld(t, plain, nil)
				once.at = w.at
				require.True(t, once.poll(e).Full)
				require.Equal(t, standing(t, &once.store, people...), standing(t, &w.store, people...), "seed %d", seed)
				require.NotContains(t, string(w.cursor), "private")
				again := len(w.poll(e).Events)
				require.Zero(t, again, "nothing new")
			}
		})
	}
}

func authorized(t testing.TB, book *obtest.Gradebook, c *oneroster.Config) {
	if book.ClientID == "" {
		return
	}
	credentials, err := caseapi.NewClientCredentials(caseapi.Credentials{TokenURL: c.BaseURL + "/token", ClientID: book.ClientID,
		Secret: book.Secret, Scopes: []string{oneroster.ScopeCoreReadonly}, InsecureAllowLoopback: true})
	require.NoError(t, err)
	c.Authorize = credentials
}

// write changes the gradebook as teachers do.
func (w *world) write(g *obtest.Gradebook, random *rand.Rand) {
	n := random.IntN(14)
	id, li, who := fmt.Sprint("r", n), fmt.Sprint("li", n%4), []string{"ana", "bo", "cy"}[n%3]
	if random.IntN(3) > 0 { // many records of one instant
		w.at = w.at.Add(time.Duration(random.IntN(90)) * time.Second)
	}
	switch random.IntN(12) {
	case 0:
		g.Delete("results", id, w.at)
	case 1:
		g.Put("lineItems", item(li, []string{oven, dough}[random.IntN(2)], w.at)) // aligned anew
	case 2:
		if random.IntN(4) == 0 {
			g.Delete("lineItems", li, w.at)
		}
	case 3:
		g.Put("results", result(id, li, []string{"ana", "bo", "cy"}[random.IntN(3)], random.IntN(11), random.IntN(20), w.at)) // of another student
	default:
		g.Put("results", result(id, li, who, random.IntN(11), random.IntN(20), w.at))
	}
}

// A gradebook that does not do what it is asked is told of once.
func TestHabitsAreTold(t *testing.T) {
	for name, code := range map[string]vc.Code{"ignores filters": oneroster.CodeIgnores, "ignores both": oneroster.CodeIgnores,
		"refuses both": oneroster.CodeIgnores, "good": ""} {
		book := &obtest.Gradebook{}
		switches[name](book)
		w, e := newWorld(t, book, nil), engine(t)
		for i := range 12 {
			book.Put("results", result(fmt.Sprint("r", i), "li0", "ana", 5, 1, w.at.Add(time.Duration(-i)*time.Hour)))
		}
		book.Put("lineItems", item("li0", oven, w.at))
		w.poll(e)
		w.poll(e)
		require.Equal(t, code != "", w.warned[code], name)
	}
}

// What cannot be mapped waits, and is told once it can.
func TestParked(t *testing.T) {
	book, known := &obtest.Gradebook{}, map[string]bool{}
	w := newWorld(t, book, func(c *oneroster.Config) {
		c.Tries = 3
		c.Learners = plan.LearnersFunc(func(_ context.Context, source, person string) (string, bool, error) {
			require.Equal(t, "sis", source)
			return "l-" + person, known[person], nil
		})
	})
	e := engine(t)
	book.Put("results", result("r1", "li0", "ana", 9, 1, w.at))
	batch := w.poll(e)
	require.Empty(t, batch.Events)
	require.Equal(t, plan.ReasonLineItemUnknown, batch.Parked[0].Reason)

	book.Put("lineItems", item("li0", oven, w.at))
	batch = w.poll(e)
	waits := plan.Parked{Result: "r1", Person: "ana", LineItem: "li0", Reason: plan.ReasonLearnerUnknown, Since: w.at, Tries: 2}
	require.Equal(t, []plan.Parked{waits}, batch.Parked)
	require.True(t, w.poll(e).Parked[0].Dead, "somebody has to look")
	known["ana"] = true
	batch = w.poll(e)
	require.Empty(t, batch.Parked)
	require.Equal(t, "l-ana", batch.Events[0].Learner)
	require.Equal(t, "li0", batch.Events[0].LineItem)

	bad := result("r2", "li0", "ana", 9, 1, w.at)
	bad["scoreDate"] = "soon"
	book.Put("results", bad)
	require.Equal(t, plan.ReasonRecordMalformed, w.poll(e).Parked[0].Reason)
	book.Put("results", result("r2", "li0", "ana", 9, 1, w.at.Add(time.Second)))
	require.Len(t, w.poll(e).Events, 1)
}

// A pause that is asked for is made, up to a bound, and what fails says why.
func TestPatience(t *testing.T) {
	book := &obtest.Gradebook{BusyEvery: 2, RetryAfter: 7 * time.Second}
	w := newWorld(t, book, nil)
	w.poll(engine(t))
	require.Positive(t, w.slept)
	require.Zero(t, w.slept%(7*time.Second))

	book.BusyEvery, book.RetryAfter = 1, time.Hour
	_, err := w.client.Pull(t.Context(), w.cursor)
	var e *plan.SourceError
	require.ErrorAs(t, err, &e)
	require.Equal(t, 429, e.Status)
	require.Equal(t, time.Hour, e.RetryAfter)
	require.True(t, e.Passing)

	book.BusyEvery, book.ClientID = 0, "somebody"
	_, err = w.client.Pull(t.Context(), w.cursor)
	require.ErrorAs(t, err, &e)
	require.Equal(t, 401, e.Status)
	require.False(t, e.Passing)
}

// Our own line items are no evidence, a class is read alone, and a date that nobody lives
// to see ends no news.
func TestChoices(t *testing.T) {
	book := &obtest.Gradebook{}
	w := newWorld(t, book, func(c *oneroster.Config) {
		c.Class, c.Skip = "c1", func(id string) bool { return strings.HasPrefix(id, "ours") }
	})
	e := engine(t)
	other := result("r2", "li0", "ana", 9, 1, w.at)
	other["class"] = map[string]any{"sourcedId": "c2"}
	future := result("r4", "li0", "bo", 9, 1, w.at.AddDate(80, 0, 0))
	for _, r := range []map[string]any{result("r1", "li0", "ana", 9, 1, w.at), other, result("r3", "ours-1", "ana", 9, 1, w.at), future} {
		book.Put("results", r)
	}
	book.Put("lineItems", item("li0", oven, w.at))
	require.Len(t, w.poll(e).Events, 2)
	w.at = w.at.Add(time.Hour)
	book.Put("results", result("r5", "li0", "ana", 9, 1, w.at))
	require.Len(t, w.poll(e).Events, 1)
}

// Cursors of others, and configurations that contradict themselves, are errors.
func TestErrors(t *testing.T) {
	w := newWorld(t, &obtest.Gradebook{}, nil)
	for _, cursor := range []string{"x", `{"v":2}`, `[]`} {
		_, err := w.client.Pull(t.Context(), []byte(cursor))
		require.ErrorContains(t, err, "no cursor of this package")
	}
	good := oneroster.Config{BaseURL: "https://sis.example", Source: "sis", Learners: everybody}
	_, err := oneroster.New(good)
	require.NoError(t, err)
	for text, change := range map[string]func(*oneroster.Config){"Source": func(c *oneroster.Config) { c.Source = "" },
		"Learners": func(c *oneroster.Config) { c.Learners = nil }, "https": func(c *oneroster.Config) { c.BaseURL = "http://sis.example" },
		"negative": func(c *oneroster.Config) { c.PageSize = -1 }, "no URL": func(c *oneroster.Config) { c.BaseURL = "sis" }} {
		c := good
		change(&c)
		_, err := oneroster.New(c)
		require.ErrorContains(t, err, text)
	}
}
