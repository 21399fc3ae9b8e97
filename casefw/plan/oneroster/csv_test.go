package oneroster_test

import (
	"fmt"
	"os"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw/plan"
	"github.com/laurel-edu/laurel/casefw/plan/oneroster"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

var csvConfig = oneroster.Config{Source: "sis", Learners: everybody, Now: testkit.Clock}

const (
	lineItemsHead = "sourcedId,status,dateLastModified,title,resultValueMin,resultValueMax\n"
	resultsHead   = "sourcedId,status,dateLastModified,lineItemSourcedId,studentSourcedId,scoreStatus,score,scoreDate,comment,textScore\n"
	alignedHead   = "sourcedId,status,dateLastModified,lineItemSourcedId,source,learningObjectiveId\n"
)

func folder(rows string, more map[string]string) fstest.MapFS {
	f := fstest.MapFS{
		"lineItems.csv":                    {Data: []byte(lineItemsHead + "li0,active,,Oven,0.0,10.0\nli1,active,,Dough,0.0,10.0\n")},
		"lineItemLearningObjectiveIds.csv": {Data: []byte(alignedHead + "a0,active,,li0,case," + oven + "\na1,active,,li1,case," + dough + "\n")},
		"results.csv":                      {Data: []byte("\xef\xbb\xbf" + resultsHead + rows)},
	}
	for name, text := range more {
		f[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return f
}

// Tables lead to awards, what a bulk table no longer has is deleted, and what a delta does
// not have is not.
func TestCSV(t *testing.T) {
	e := engine(t)
	var s plan.MemoryStore
	read := func(f fstest.MapFS, cursor []byte) plan.Batch {
		batch, err := oneroster.ReadCSV(t.Context(), f, cursor, csvConfig)
		require.NoError(t, err)
		for _, event := range batch.Events {
			_, err := e.Process(t.Context(), &s, event)
			require.NoError(t, err)
		}
		return batch
	}
	const first, second = "r1,active,,li0,ana,fully graded,8.7,2025-03-02,\"Good, but \"\"late\"\"\",\n", "r2,active,,li1,ana,fully graded,6,2025-03-04,,\n"
	batch := read(folder(first+second, nil), nil)
	require.True(t, batch.Full)
	require.Equal(t, []string{"l-ana oven 2025-03-04T23:59:59.999999999Z"}, standing(t, &s, people...))
	require.NotContains(t, string(batch.Cursor), "Good")
	require.Empty(t, read(folder(first+second, nil), batch.Cursor).Events)

	delta := map[string]string{"manifest.csv": "propertyName,value\nmanifest.version,1.0\nfile.results,delta\nfile.lineItems,absent\n"}
	batch = read(folder("r3,active,,li0,bo,fully graded,5,2025-03-05,,\n", delta), batch.Cursor)
	require.Len(t, batch.Events, 1)
	require.False(t, batch.Full)
	require.Len(t, standing(t, &s, people...), 1)

	batch = read(folder(first, nil), batch.Cursor)
	require.Len(t, batch.Events, 2, "r2 and r3 are gone")
	require.Empty(t, standing(t, &s, people...))

	_, err := oneroster.ReadCSV(t.Context(), folder("r1,\n", nil), nil, csvConfig)
	require.ErrorContains(t, err, "results.csv")
}

// The published tables are read: the score of an objective, by its scale, beside the whole.
func TestSharedCSV(t *testing.T) {
	batch, err := oneroster.ReadCSV(t.Context(), os.DirFS(testkit.Shared(t, "case/gradebook/oneroster-csv")), nil, csvConfig)
	require.NoError(t, err)
	require.Len(t, batch.Events, 1)
	event := batch.Events[0]
	require.True(t, event.Final && event.Late)
	require.Equal(t, time.Date(2025, 3, 2, 23, 59, 59, 999999999, time.UTC), event.At)
	require.Len(t, event.Scores, 1)
	require.Equal(t, "Proficient 4", fmt.Sprint(event.Scores[0].Text, " ", event.Scores[0].Raw))
}

// Whatever the tables, nothing panics, and what was read once is nothing new.
func FuzzCSV(f *testing.F) {
	f.Add(lineItemsHead+"li0,active,,T,0,10\n", resultsHead+"r1,active,2025-01-01T00:00:00Z,li0,ana,fully graded,9,2025-03-02,,A\n", "propertyName,value\nfile.results,delta\n")
	f.Add("a\n", "\"", "x")
	f.Fuzz(func(t *testing.T, items, results, manifest string) {
		files := fstest.MapFS{"lineItems.csv": {Data: []byte(items)}, "results.csv": {Data: []byte(results)}, "manifest.csv": {Data: []byte(manifest)}}
		batch, err := oneroster.ReadCSV(t.Context(), files, nil, csvConfig)
		if err != nil {
			return
		}
		again, err := oneroster.ReadCSV(t.Context(), files, batch.Cursor, csvConfig)
		require.NoError(t, err)
		require.Empty(t, again.Events)
	})
}
