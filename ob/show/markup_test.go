package show_test

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/ob/show"
)

// What frameworks have is shown as it is meant, by hand what HTML that is.
func TestMarkup(t *testing.T) {
	for written, want := range map[string]string{
		"":                                       "",
		"Reads.":                                 "<p>Reads.</p>\n",
		"a\r\nb":                                 "<p>a<br>\nb</p>\n",
		"a\n\nb":                                 "<p>a</p>\n<p>b</p>\n",
		"**forty hours** and *some*":             "<p><strong>forty hours</strong> and <em>some</em></p>\n",
		"a fraction *a*/*b* with *a* > 1":        "<p>a fraction <em>a</em>/<em>b</em> with <em>a</em> &gt; 1</p>\n",
		"See <em>below</em>, 3 m/s<sup>2</sup>":  "<p>See <em>below</em>, 3 m/s<sup>2</sup></p>\n",
		"<SUB>2</SUB>":                           "<p><sub>2</sub></p>\n",
		"one<br/>two<br>three":                   "<p>one<br/>two<br>three</p>\n",
		"- 5 + 3":                                "<p>- 5 + 3</p>\n",
		"-   a\r\n\r\n-   b":                     "<ul>\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ul>\n",
		"Such as:\n* a\n* b":                     "<p>Such as:</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n",
		"3. Analyzes":                            "<p>3. Analyzes</p>\n",
		"# of apples":                            "<p># of apples</p>\n",
		"> 5 apples":                             "<p>&gt; 5 apples</p>\n",
		"Name\n---":                              "<p>Name<br>\n---</p>\n",
		"____":                                   "<p>____</p>\n",
		"    far in":                             "<p>far in</p>\n",
		"2*3*4 and n*2*k":                        "<p>2*3*4 and n*2*k</p>\n",
		`$p < 60\,\mathrm{bar}$ at $a_1*b_1*c$.`: `<p>$p &lt; 60\,\mathrm{bar}$ at $a_1*b_1*c$.</p>` + "\n",
		"$$x*y*z$$":                              "<p>$$x*y*z$$</p>\n",
		"it costs $5, not $*6*":                  "<p>it costs $5, not $<em>6</em></p>\n",
		"| a | b |\n|---|:-:|\n| 1 | *2* |":      "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td><em>2</em></td>\n</tr>\n</tbody>\n</table>\n",
		"[more](https://a.example/b)":            `<p><a href="https://a.example/b" rel="nofollow noreferrer">more</a></p>` + "\n",
		"![a graph](https://a.example/b.png)":    `<p><a href="https://a.example/b.png" rel="nofollow noreferrer">a graph</a></p>` + "\n",
		"![](https://a.example/b.png)":           `<p><a href="https://a.example/b.png" rel="nofollow noreferrer">Picture</a></p>` + "\n",
		`<a href="https://a.example" onclick="x()">in</a>`: `<p><a href="https://a.example" rel="nofollow noreferrer">in</a></p>` + "\n",
		`<span style="color:red">red</span> <h1>x</h1>`:    "<p>red x</p>\n",
		"`<b>` is a tag": "<p><code>&lt;b&gt;</code> is a tag</p>\n",
		// What could do something does nothing, and is told.
		"<script>alert(1)</script>":            "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n",
		`<img src=x onerror=alert(1)>`:         "<p>&lt;img src=x onerror=alert(1)&gt;</p>\n",
		"p <q and r> s":                        "<p>p &lt;q and r&gt; s</p>\n",
		"[x](javascript:alert(1))":             "<p>x</p>\n",
		`<a href="javascript:alert(1)">x</a>`:  "<p>x</p>\n",
		`<b onmouseover="x()" class="k">b</b>`: "<p><b>b</b></p>\n",
		"<!-- <b> --> seen":                    "<p>&lt;!-- &lt;b&gt; --&gt; seen</p>\n",
		"<b>open <i>never closed":              "<p><b>open <i>never closed</i></b></p>\n",
		"closed</p></li></ul></b> by nobody":   "<p>closed</p> by nobody\n",
		"<ul><li>a</b></ul>":                   "<p><ul><li>a</li></ul></p>\n",
	} {
		require.Equal(t, want, string(show.Markup(written)), written)
	}
}

var (
	anyTag = regexp.MustCompile(`<(/?)([a-z0-9]+)([^>]*)>`)
	inTag  = regexp.MustCompile(`^( href="(https?://|mailto:)[^"<>]*"( rel="[a-z ]+")?| start="[0-9]+"|/)?$`)
)

// sound holds HTML of Markup: known elements alone, no attribute that does anything, and
// every one of them closed in its place.
func sound(t *testing.T, out string) {
	known := strings.Fields("p br em strong b i u s del ins sub sup small code ul ol li table thead tbody tr th td a")
	var open []string
	for _, m := range anyTag.FindAllStringSubmatch(out, -1) {
		require.Contains(t, known, m[2], out)
		require.Regexp(t, inTag, m[3], out)
		switch {
		case m[2] == "br":
		case m[1] == "":
			open = append(open, m[2])
			require.LessOrEqual(t, len(open), 64)
		default:
			require.NotEmpty(t, open, out)
			require.Equal(t, open[len(open)-1], m[2], out)
			open = open[:len(open)-1]
		}
	}
	require.Empty(t, open, out)
	rest := anyTag.ReplaceAllString(out, "")
	require.NotContains(t, rest, "<", out)
}

var aWord = regexp.MustCompile(`[\pL\pN]{3,}`)

// No text makes HTML that does something, or reaches beyond itself; and no word of it is
// lost but those in tags and addresses.
func FuzzMarkup(f *testing.F) {
	for _, seed := range []string{"**a** <b>b</b>", "- a\n- b\n\n1. c", "| a |\n|-|\n| b |", "$a$ <sup>1", "![a](https://b.example)",
		"<a href='https://x.example'>y</a>", "</ul></p>", "<p <b>", "`<i>`", "&lt;b&gt;", "<script\n>x</script>"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		out := string(show.Markup(text))
		sound(t, out)
		if strings.ContainsAny(text, "<>&[]\\\x00") || !strings.Contains(out, "<p>") || strings.ToValidUTF8(text, "") != text {
			return
		}
		shown := aWord.FindAllString(html.UnescapeString(anyTag.ReplaceAllString(out, "")), -1)
		for _, word := range aWord.FindAllString(strings.NewReplacer("*", " ", "_", " ", "`", " ").Replace(text), -1) {
			require.True(t, slices.ContainsFunc(shown, func(s string) bool { return strings.Contains(s, word) }), "%q in %q", word, out)
		}
	})
}

// A text beyond the bound is shown as it is written.
func TestLongMarkup(t *testing.T) {
	long := strings.Repeat("*a* ", 20_000)
	require.Equal(t, "<p>"+strings.TrimSpace(long)+"</p>\n", string(show.Markup(long)))
	deep := string(show.Markup(strings.Repeat("<b>", 10_000)))
	sound(t, deep)
}
