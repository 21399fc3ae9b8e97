package vc_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/laurel-edu/laurel/vc"
	"github.com/stretchr/testify/require"
)

func TestDateTimeGrammar(t *testing.T) {
	utc := func(y int, m time.Month, d, h, min, s, ns int) time.Time {
		return time.Date(y, m, d, h, min, s, ns, time.UTC)
	}
	for text, want := range map[string]time.Time{
		"2026-01-01T00:00:00Z":               utc(2026, 1, 1, 0, 0, 0, 0),
		"2026-01-01T00:00:00":                utc(2026, 1, 1, 0, 0, 0, 0),
		"2026-01-01T00:00:00+00:00":          utc(2026, 1, 1, 0, 0, 0, 0),
		"2026-01-01T00:00:00-00:00":          utc(2026, 1, 1, 0, 0, 0, 0),
		"2026-01-01T05:30:00+05:30":          utc(2026, 1, 1, 0, 0, 0, 0),
		"2026-01-01T05:00:00+14:00":          utc(2025, 12, 31, 15, 0, 0, 0),
		"2026-01-01T05:00:00-14:00":          utc(2026, 1, 1, 19, 0, 0, 0),
		"2026-01-01T00:00:00.5Z":             utc(2026, 1, 1, 0, 0, 0, 500_000_000),
		"2026-01-01T00:00:00.123456789Z":     utc(2026, 1, 1, 0, 0, 0, 123_456_789),
		"2026-01-01T00:00:00.1234567891234Z": utc(2026, 1, 1, 0, 0, 0, 123_456_789),
		"2026-12-31T24:00:00Z":               utc(2027, 1, 1, 0, 0, 0, 0),
		"2026-12-31T24:00:00.000Z":           utc(2027, 1, 1, 0, 0, 0, 0),
		"2024-02-29T12:00:00Z":               utc(2024, 2, 29, 12, 0, 0, 0),
		"2000-02-29T12:00:00Z":               utc(2000, 2, 29, 12, 0, 0, 0),
		"0000-01-01T00:00:00Z":               utc(0, 1, 1, 0, 0, 0, 0),
		"-0001-01-01T00:00:00Z":              utc(-1, 1, 1, 0, 0, 0, 0),
		"12026-01-01T00:00:00Z":              utc(12026, 1, 1, 0, 0, 0, 0),
		"-12026-01-01T00:00:00Z":             utc(-12026, 1, 1, 0, 0, 0, 0),
	} {
		d, err := vc.ParseDateTime(text)
		require.NoError(t, err, text)
		got, err := d.Time()
		require.NoError(t, err, text)
		require.True(t, want.Equal(got), "%s: %s", text, got)
		require.Equal(t, text, d.String())
	}
}

func TestDateTimeRefused(t *testing.T) {
	for _, text := range []string{
		"", "T", "2026", "2026-01-01", "2026-01-01T", "2026-01-01T00:00Z", "2026-01-01 00:00:00Z",
		"2026-01-01t00:00:00Z", "2026-01-01T00:00:00z", "2026-01-01T0:00:00Z", "2026-01-01T00:00:00,5Z",
		"2026-01-01T00:00:00.Z", "2026-01-01T00:00:00.5.5Z", "2026-01-01T24:00:01Z", "2026-01-01T24:01:00Z",
		"2026-01-01T24:00:00.1Z", "2026-01-01T25:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01T00:00:60Z",
		"2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-01-32T00:00:00Z", "2026-01-00T00:00:00Z",
		"2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2026-04-31T00:00:00Z",
		"2026-01-01T00:00:00+14:01", "2026-01-01T00:00:00+24:00", "2026-01-01T00:00:00+0800",
		"2026-01-01T00:00:00+08", "2026-01-01T00:00:00+01:60", "2026-01-01T00:00:00+1:00", "2026-01-01T00:00:00ZZ",
		"012026-01-01T00:00:00Z", "26-01-01T00:00:00Z", "+2026-01-01T00:00:00Z", "--2026-01-01T00:00:00Z",
		"9999999999-01-01T00:00:00Z", " 2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z ", "２０２６-01-01T00:00:00Z",
		"2026-01-01T-1:00:00Z", "2026-1-01T00:00:00Z", "-", "-T", "----T", "2026-01-01T00:00:00-", "2026-01-01T+00:00",
	} {
		_, err := vc.ParseDateTime(text)
		require.ErrorIs(t, err, vc.ErrDateTime, text)
		var d vc.DateTime
		require.NoError(t, d.UnmarshalText([]byte(text)), "decoding takes any text")
		valid, _ := d.Check()
		require.False(t, valid, text)
	}
}

func TestDateTimeZone(t *testing.T) {
	for text, want := range map[string]bool{
		"2026-01-01T00:00:00Z": true, "2026-01-01T00:00:00+01:00": true, "2026-01-01T00:00:00.25-01:00": true,
		"2026-01-01T00:00:00": false, "-0044-03-15T12:00:00": false,
	} {
		d, err := vc.ParseDateTime(text)
		require.NoError(t, err)
		require.Equal(t, want, d.HasZone(), text)
		valid, zone := d.Check()
		require.True(t, valid)
		require.Equal(t, want, zone, text)
	}
}

func TestNewDateTime(t *testing.T) {
	berlin := time.FixedZone("", 3600)
	for want, in := range map[string]time.Time{
		"2026-01-01T00:00:00Z":     time.Date(2026, 1, 1, 1, 0, 0, 0, berlin),
		"2026-01-01T00:00:00.25Z":  time.Date(2026, 1, 1, 0, 0, 0, 250_000_000, time.UTC),
		"0999-01-01T00:00:00Z":     time.Date(999, 1, 1, 0, 0, 0, 0, time.UTC),
		"-0044-03-15T00:00:00Z":    time.Date(-44, 3, 15, 0, 0, 0, 0, time.UTC),
		"12026-01-01T00:00:00.01Z": time.Date(12026, 1, 1, 0, 0, 0, 10_000_000, time.UTC),
		"":                         {},
	} {
		d := vc.NewDateTime(in)
		require.Equal(t, want, d.String())
		if want != "" {
			back, err := d.Time()
			require.NoError(t, err)
			require.True(t, in.Equal(back))
		}
	}
}

func TestIsDate(t *testing.T) {
	for _, s := range []string{"2001-02-28", "2000-02-29", "-0044-03-15"} {
		require.True(t, vc.IsDate(s), s)
	}
	for _, s := range []string{"", "2001-02-29", "2001-2-28", "2001-02-28Z", "2001-02-28T00:00:00Z", "20010228", "1-1-1"} {
		require.False(t, vc.IsDate(s), s)
	}
}

func TestDateTimeJSON(t *testing.T) {
	var v struct{ At vc.DateTime }
	require.NoError(t, json.Unmarshal([]byte(`{"At":"yesterday"}`), &v), "a malformed dateTime decodes")
	require.Equal(t, "yesterday", v.At.String())
	b, err := json.Marshal(v)
	require.NoError(t, err)
	require.JSONEq(t, `{"At":"yesterday"}`, string(b))
}

// Whatever is accepted says the same instant as time.Parse where that accepts it
// too, and its year, month and day survive a second reading.
func FuzzDateTime(f *testing.F) {
	for _, s := range []string{"2026-01-01T00:00:00Z", "-0001-12-31T24:00:00.000+14:00", "12026-02-29T23:59:59.999", "x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := vc.ParseDateTime(s)
		if err != nil {
			require.ErrorIs(t, err, vc.ErrDateTime)
			return
		}
		at, err := d.Time()
		require.NoError(t, err)
		if std, err := time.Parse(time.RFC3339Nano, s); err == nil && len(strings.TrimRight(s, "Z0123456789")) <= 20 {
			require.True(t, std.Equal(at), "%s %s", std, at)
		}
		if at.IsZero() {
			return // the zero time stands for absence in NewDateTime
		}
		again, err := vc.ParseDateTime(vc.NewDateTime(at).String())
		require.NoError(t, err)
		same, err := again.Time()
		require.NoError(t, err)
		require.True(t, same.Equal(at))
	})
}
