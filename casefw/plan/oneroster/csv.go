package oneroster

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/casefw/plan"
	"github.com/laurel-edu/laurel/internal/jsonx"
)

// maxCSV is the longest table: a result takes some 150 bytes, so that this is half a
// million of them.
const maxCSV = 64 << 20

// ReadCSV reads the tables of the CSV binding of OneRoster 1.2 from the root of a folder or
// of a zip archive, and returns what changed since a cursor, as [Client.Pull] does over the
// service: line items, results, their learning objectives and score scales. manifest.csv
// says for each table whether it holds everything (bulk) or what changed (delta); one that
// it does not name, and every table where there is no manifest, is taken for all. What a
// bulk table of results no longer has is deleted. In a delta, the learning objectives of a
// line item or a result are all those that the delta has of it.
//
// Of the Config Source, Learners, Zone, Skip, Class, Tries, MaxRecords and Now are used.
func ReadCSV(ctx context.Context, files fs.FS, cursor []byte, c Config) (plan.Batch, error) {
	if c.BaseURL == "" {
		c.BaseURL = "https://csv.invalid"
	}
	client, err := New(c)
	if err != nil {
		return plan.Batch{}, err
	}
	m, err := remembered(cursor)
	if err != nil {
		return plan.Batch{}, err
	}
	t, err := readTables(files)
	if err != nil {
		return plan.Batch{}, err
	}
	p := client.begin(ctx, m)
	if err := p.tables(t); err != nil {
		return plan.Batch{}, err
	}
	return p.end()
}

// tables are those of a folder as JSON: what they say in the form of the service.
type tables struct {
	scales, items, results []map[string]any
	bulk                   map[string]bool // by table
}

// readTables reads what there is. A table that is absent changes nothing.
func readTables(files fs.FS) (t tables, err error) {
	t.bulk = map[string]bool{}
	manifest, err := table(files, "manifest.csv")
	if err != nil {
		return t, err
	}
	said := map[string]string{}
	for _, r := range manifest {
		said[r["propertyName"]] = r["value"]
	}
	all := map[string][]map[string]string{}
	for _, name := range []string{"scoreScales", "lineItems", "results", "lineItemLearningObjectiveIds", "resultLearningObjectiveIds",
		"lineItemScoreScales", "resultScoreScales"} {
		switch said["file."+name] {
		case "absent":
			continue
		case "delta":
		default:
			t.bulk[name] = true
		}
		rows, err := table(files, name+".csv")
		if err != nil {
			return t, err
		}
		all[name] = rows
		t.bulk[name] = t.bulk[name] && rows != nil
	}
	t.scales, t.items, t.results = scales(all["scoreScales"]), items(all), results(all)
	return t, nil
}

// table reads one table into its cells by the names of its columns, nil where it is absent.
func table(files fs.FS, name string) ([]map[string]string, error) {
	f, err := files.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("oneroster: %s: %w", name, err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxCSV+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("oneroster: %s: %w", name, err)
	case len(text) > maxCSV:
		return nil, fmt.Errorf("oneroster: %s is longer than %d bytes", name, maxCSV)
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))))
	head, err := r.Read()
	if err != nil {
		return nil, fmt.Errorf("oneroster: %s: %w", name, err)
	}
	head = slices.Clone(head)
	rows := []map[string]string{}
	for {
		cells, err := r.Read()
		if err == io.EOF {
			return rows, nil
		}
		if err != nil {
			return nil, fmt.Errorf("oneroster: %s: %w", name, err)
		}
		row := map[string]string{}
		for i, cell := range cells {
			if cell != "" {
				row[head[i]] = cell
			}
		}
		rows = append(rows, row)
	}
}

// copied puts cells into a record under the names that the service has, where they are not
// empty.
func copied(from map[string]string, names ...string) map[string]any {
	r := map[string]any{}
	for _, name := range names {
		if value, ok := from[name]; ok {
			r[name] = value
		}
	}
	return r
}

func refer(r map[string]any, name, id string) {
	if id != "" {
		r[name] = map[string]any{"sourcedId": id}
	}
}

// numbers makes JSON numbers of cells that are.
func numbers(r map[string]any, names ...string) {
	for _, name := range names {
		if text, ok := r[name].(string); ok && json.Valid([]byte(text)) {
			r[name] = json.RawMessage(text)
		}
	}
}

// scales reads {A:90-100},{B:80-89}.
func scales(rows []map[string]string) (all []map[string]any) {
	for _, row := range rows {
		r := copied(row, "sourcedId", "status", "dateLastModified")
		var values []any
		for part := range strings.SplitSeq(row["scoreScaleValue"], "}") {
			if _, pair, ok := strings.Cut(part, "{"); ok {
				left, right, _ := strings.Cut(pair, ":")
				values = append(values, map[string]any{"itemValueLHS": strings.TrimSpace(left), "itemValueRHS": strings.TrimSpace(right)})
			}
		}
		r["scoreScaleValue"] = values
		all = append(all, r)
	}
	return all
}

// under gathers the rows of a table by the record that they belong to; rows that are
// deleted belong to none.
func under(rows []map[string]string, column string) map[string][]map[string]string {
	all := map[string][]map[string]string{}
	for _, row := range rows {
		if row["status"] != "tobedeleted" {
			all[row[column]] = append(all[row[column]], row)
		}
	}
	return all
}

func items(all map[string][]map[string]string) (records []map[string]any) {
	objectives := under(all["lineItemLearningObjectiveIds"], "lineItemSourcedId")
	scaled := under(all["lineItemScoreScales"], "lineItemSourcedId")
	for _, row := range all["lineItems"] {
		r := copied(row, "sourcedId", "status", "dateLastModified", "resultValueMin", "resultValueMax")
		numbers(r, "resultValueMin", "resultValueMax")
		for _, s := range scaled[row["sourcedId"]] {
			refer(r, "scoreScale", s["scoreScaleSourcedId"])
		}
		var sets []any
		for _, o := range objectives[row["sourcedId"]] {
			sets = append(sets, map[string]any{"source": o["source"], "learningObjectiveIds": []any{o["learningObjectiveId"]}})
		}
		if sets != nil {
			r["learningObjectiveSet"] = sets
		}
		records = append(records, r)
	}
	return records
}

func results(all map[string][]map[string]string) (records []map[string]any) {
	objectives, scaled := under(all["resultLearningObjectiveIds"], "resultSourcedId"), under(all["resultScoreScales"], "resultSourcedId")
	for _, row := range all["results"] {
		r := copied(row, "sourcedId", "status", "dateLastModified", "scoreStatus", "scoreDate", "score", "textScore", "inProgress",
			"incomplete", "late", "missing")
		numbers(r, "score")
		refer(r, "lineItem", row["lineItemSourcedId"])
		refer(r, "student", row["studentSourcedId"])
		refer(r, "class", row["classSourcedId"])
		for _, s := range scaled[row["sourcedId"]] {
			refer(r, "scoreScale", s["scoreScaleSourcedId"])
		}
		var sets []any
		for _, o := range objectives[row["sourcedId"]] {
			one := copied(o, "learningObjectiveId", "score", "textScore")
			numbers(one, "score")
			sets = append(sets, map[string]any{"source": o["source"], "learningObjectiveResults": []any{one}})
		}
		if sets != nil {
			r["learningObjectiveSet"] = sets
		}
		records = append(records, r)
	}
	return records
}

// tables takes what the tables say in the order in which the service would be asked.
func (p *pull) tables(t tables) error {
	list := func(records []map[string]any) (*walked, error) {
		w := &walked{rows: map[string]row{}, complete: true}
		for _, r := range records {
			text, err := json.Marshal(r)
			if err != nil {
				return nil, err
			}
			doc, err := jsonx.Parse(text, jsonx.Limits{Bytes: len(text)}, nil)
			if err != nil {
				return nil, err
			}
			if r := reduced(doc.Root()); r.id == "" {
				continue
			}
			if of := referred(doc.Root().Get("class")); p.c.Class == "" || of == "" || of == p.c.Class {
				w.add([]row{reduced(doc.Root())})
			}
		}
		return w, nil
	}
	scales, err := list(t.scales)
	if err != nil {
		return err
	}
	lines, err := list(t.items)
	if err != nil {
		return err
	}
	graded, err := list(t.results)
	if err != nil {
		return err
	}
	p.keepScales(scales)
	p.keepItems(kinds[0], lines)
	if t.bulk["lineItems"] {
		for id, text := range p.m.Items {
			if _, there := lines.rows[id]; !there && !isDeleted(text) {
				p.m.Items[id] = tombstone(id)
			}
		}
	}
	p.again(kinds[0])
	if err := p.takeAll(kinds[0], graded); err != nil || !t.bulk["results"] {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(p.m.Known)) {
		if _, there := graded.rows[id]; !there && !p.m.Known[id].Gone {
			p.gone(id, p.m.Known[id], p.now)
		}
	}
	p.full = true
	return nil
}
