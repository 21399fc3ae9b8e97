package match

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// rsd reads rich skill descriptors (Open Skills Network, RSD context 1): one, a collection,
// or a list. Each is a requirement. What a descriptor is aligned to is not asked for
// besides: it says so of the skill, and not of the job.
func (r *jobReader) rsd(v jsonx.Value) {
	skills := []jsonx.Value{v}
	switch {
	case v.Kind() == jsonx.Array:
		skills = r.list(v)
	case v.Get("skills").Exists():
		r.job.Title = r.text(v.Get("name"))
		skills = r.list(v.Get("skills"))
	default:
		r.job.Title = r.text(v.Get("skillName"))
	}
	if v.Kind() == jsonx.Object {
		r.job.ID = r.text(v.Get("id"))
	}
	for _, skill := range skills {
		r.skill(skill)
	}
}

func (r *jobReader) skill(v jsonx.Value) {
	q := Requirement{ID: strings.TrimPrefix(v.Pointer(), "/"), Target: casefw.Alignment{TargetURL: r.text(v.Get("id")),
		TargetName: r.text(v.Get("skillName")), TargetDescription: r.text(v.Get("skillStatement"))}}
	if id := r.text(v.Get("uuid")); id != "" {
		if _, err := casefw.ParseGUID(id); err != nil {
			r.note(CodeJobMalformed, v.Get("uuid"), "a UUID")
		}
		q.Target.TargetCode = id
	}
	if q.Target.TargetURL == "" && q.Target.TargetCode == "" {
		r.at(CodeJobMissing, v.Pointer()+"/id", "", "")
	}
	if at := v.Get("archiveDate"); at.Kind() == jsonx.String && at.Text() != "" {
		r.note(CodeJobArchived, at, "")
	} else if status := strings.ToLower(v.Get("status").Text()); status == "archived" || status == "deleted" {
		r.note(CodeJobArchived, v.Get("status"), "")
	}
	r.once(v, q)
}

// The columns of the table that OSMT exports.
const (
	columnURL       = "canonical url"
	columnSkill     = "rsd name"
	columnStatement = "skill statement"
)

// table reads rich skill descriptors as comma-separated values (OSMT, export 1.1).
func (r *jobReader) table(text []byte) {
	if most := r.o.MaxBytes; len(text) > max(most, 0) && (most > 0 || len(text) > maxTable) {
		r.at(CodeJobLimit, "", "", fmt.Sprintf("at most %d bytes", max(most, maxTable)))
		return
	}
	if !utf8.Valid(text) {
		r.at(CodeJobMalformed, "", "", "a text in UTF-8")
		return
	}
	in := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte(byteOrderMark))))
	header, err := in.Read()
	columns := map[string]int{}
	for i, name := range header {
		columns[strings.ToLower(strings.TrimSpace(name))] = i + 1
	}
	if err != nil || columns[columnURL] == 0 || columns[columnSkill] == 0 {
		r.at(CodeJobFormat, "", "", "")
		return
	}
	r.format = FormatRSDTable
	for n := 0; len(vc.Errors(r.found)) == 0; n++ {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			r.at(CodeJobMalformed, fmt.Sprint("/", n), vc.Quote(err.Error()), "a record with the columns of the first line")
			return
		}
		r.record(n, columns, record)
	}
	if len(r.job.Requirements) == 0 && len(vc.Errors(r.found)) == 0 {
		r.at(CodeJobMissing, "", "", "at least one requirement")
	}
}

// maxTable is the longest table where JobOptions says none.
const maxTable = 4 << 20

func (r *jobReader) record(n int, columns map[string]int, record []string) {
	cell := func(column string) string {
		if i := columns[column]; i > 0 && i <= len(record) {
			return strings.TrimSpace(record[i-1])
		}
		return ""
	}
	at := fmt.Sprint("/", n)
	q := Requirement{ID: fmt.Sprint(n), Target: casefw.Alignment{TargetURL: cell(columnURL), TargetName: cell(columnSkill),
		TargetDescription: cell(columnStatement)}}
	switch {
	case len(r.job.Requirements) == maxRequirements:
		r.at(CodeJobLimit, at, "", fmt.Sprintf("at most %d requirements", maxRequirements))
	case max(len(q.Target.TargetURL), len(q.Target.TargetName), len(q.Target.TargetDescription)) > maxJobText:
		r.at(CodeJobLimit, at, "", fmt.Sprintf("at most %d bytes", maxJobText))
	case q.Target.TargetURL == "":
		r.at(CodeJobMissing, at+"/Canonical URL", "", "")
	default:
		if _, ok := keyed(q.Target.TargetURL); !ok {
			r.at(CodeJobMalformed, at+"/Canonical URL", vc.Quote(q.Target.TargetURL), "a URL")
			return
		}
		r.job.Requirements = append(r.job.Requirements, q)
	}
}
