package codes_test

import (
	"archive/zip"
	"bytes"
	"context"
	"strings"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/clr/intake"
	"github.com/laurel-edu/laurel/vc"
)

// file is one of an archive.
type file struct {
	name, content string
	edit          func(*zip.FileHeader)
}

func (d *desk) archive(files ...file) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		h := &zip.FileHeader{Name: f.name, Method: zip.Deflate}
		if f.edit != nil {
			f.edit(h)
		}
		to, err := w.CreateHeader(h)
		require.NoError(d.t, err)
		_, err = to.Write([]byte(f.content))
		require.NoError(d.t, err)
	}
	require.NoError(d.t, w.Close())
	return b.Bytes()
}

// archived is a row about a ZIP archive.
func archived(code vc.Code, input string, limits intake.Limits, make func(*desk) []byte) row {
	return row{code, "a ZIP archive " + input, func(d *desk) []*vc.Problem {
		r, err := intake.Read(context.Background(), make(d), intake.Config{Limits: limits})
		require.NoError(d.t, err)
		all := r.Envelope.Report.Problems()
		for _, u := range r.Unread {
			all = append(all, u.Report.Problems()...)
		}
		return all
	}}
}

var archiveRows = []row{
	archived(intake.CodeArchiveMalformed, "of which the end is missing", intake.Limits{}, func(d *desk) []byte {
		whole := d.archive(file{name: "badge.json", content: "{}"})
		return whole[:len(whole)-9]
	}),
	archived(intake.CodeArchiveTooMany, "of three files where two are read", intake.Limits{Members: 2}, func(d *desk) []byte {
		return d.archive(file{name: "a.json"}, file{name: "b.json"}, file{name: "c.json"})
	}),
	archived(intake.CodeArchiveTooLarge, "with a file that is longer than is read", intake.Limits{MemberBytes: 10}, func(d *desk) []byte {
		return d.archive(file{name: "badge.json", content: strings.Repeat("x", 11)})
	}),
	archived(intake.CodeArchiveRatio, "with a million spaces", intake.Limits{}, func(d *desk) []byte {
		return d.archive(file{name: "badge.json", content: strings.Repeat(" ", 1<<20)})
	}),
	archived(intake.CodeArchiveTooDeep, "in an archive in an archive", intake.Limits{}, func(d *desk) []byte {
		inner := d.archive(file{name: "b.zip", content: string(d.archive(file{name: "badge.json"}))})
		return d.archive(file{name: "a.zip", content: string(inner)})
	}),
	archived(intake.CodeArchiveName, "with a file above it", intake.Limits{}, func(d *desk) []byte {
		return d.archive(file{name: "../badge.json", content: "{}"})
	}),
	archived(intake.CodeArchiveEncrypted, "with a file that has a password", intake.Limits{}, func(d *desk) []byte {
		return d.archive(file{name: "badge.json", content: "{}", edit: func(h *zip.FileHeader) { h.Flags |= 1 }})
	}),
	archived(intake.CodeArchiveMethod, "with a file that is compressed by bzip2", intake.Limits{}, func(d *desk) []byte {
		b := d.archive(file{name: "badge.json", content: "{}"})
		b[8], b[bytes.Index(b, []byte("PK\x01\x02"))+10] = 12, 12
		return b
	}),
	archived(intake.CodeArchiveEmpty, "of a text", intake.Limits{}, func(d *desk) []byte {
		return d.archive(file{name: "read me.txt", content: "Good morning to you."})
	}),
}
