package conformance

import (
	"strings"
)

// curl is a line for a shell that sends the request again. Tokens are variables, which
// whoever tries it has to set.
func (e *Exchange) curl() string {
	var b strings.Builder
	b.WriteString("curl -sS -i")
	if e.Method != "GET" {
		b.WriteString(" -X " + e.Method)
	}
	for _, name := range sortedKeys(e.Header) {
		value := e.Header[name]
		switch {
		case name == "Authorization" && strings.HasPrefix(value, "Bearer "):
			b.WriteString(` -H "Authorization: Bearer $TOKEN"`)
		case name == "Authorization":
			b.WriteString(` -u "$CLIENT:$SECRET"`)
		default:
			b.WriteString(" -H " + quoted(name+": "+value))
		}
	}
	if e.Body != "" {
		b.WriteString(" --data-binary " + quoted(e.Body))
	}
	b.WriteString(" " + quoted(e.URL))
	return b.String()
}

// quoted is a word of a shell.
func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }
