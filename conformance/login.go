package conformance

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

// FormLogin makes a Provider.Login that signs in and agrees by filling in forms, as a person
// without script does: a name and a password where a page asks for a password, and the button that
// agrees where one asks for consent. Client is that of the provider; nil is one with the
// system's authorities.
func FormLogin(client *http.Client, user, password string) func(context.Context, string) (string, error) {
	return func(ctx context.Context, authorizationURL string) (string, error) {
		b, err := newBrowser(client)
		if err != nil {
			return "", err
		}
		return b.agree(ctx, authorizationURL, user, password)
	}
}

// browser is one visit of a person.
type browser struct{ client *http.Client }

func newBrowser(client *http.Client) (*browser, error) {
	own := http.Client{}
	if client != nil {
		own = *client
	}
	jar, err := cookiejar.New(nil)
	own.Jar = jar
	own.CheckRedirect = func(r *http.Request, via []*http.Request) error {
		if strings.HasPrefix(r.URL.String(), applicationURL+"/") || len(via) >= mostPagesOfLogin {
			return http.ErrUseLastResponse
		}
		return nil
	}
	return &browser{&own}, err
}

const (
	// mostPagesOfLogin bounds the pages and redirects of a login: name, password, a second
	// question, consent.
	mostPagesOfLogin = 10
	// mostPageBytes bounds a page: one with a picture in it.
	mostPageBytes = 4 << 20
)

func (b *browser) agree(ctx context.Context, at, user, password string) (string, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, at, nil)
	signedIn := false
	for range mostPagesOfLogin {
		if err != nil {
			return "", err
		}
		page, location, err2 := b.open(r)
		if err2 != nil || location != "" {
			return location, err2
		}
		f := page.form()
		if f == nil {
			return "", fmt.Errorf("a page (%d) has no form that leads on", page.status)
		}
		if f.password != "" {
			if signedIn {
				return "", errors.New("the name and the password were not taken")
			}
			signedIn = true
			f.values.Set(f.name, user)
			f.values.Set(f.password, password)
		}
		r, err = page.send(ctx, f)
	}
	return "", errors.New("the login has too many pages")
}

// loginPage is a page that came.
type loginPage struct {
	status   int
	url      *url.URL
	referrer string // its policy
	root     *html.Node
}

// open sends a request. location is set where the product redirects to the application.
func (b *browser) open(r *http.Request) (page *loginPage, location string, err error) {
	resp, err := b.client.Do(r)
	if err != nil {
		return nil, "", err
	}
	defer resp.Body.Close()
	if to := resp.Header.Get("Location"); strings.HasPrefix(to, applicationURL+"/") {
		return nil, to, nil
	}
	root, err := html.Parse(io.LimitReader(resp.Body, mostPageBytes))
	return &loginPage{resp.StatusCode, resp.Request.URL, resp.Header.Get("Referrer-Policy"), root}, "", err
}

// filled is a form with what is filled in.
type filled struct {
	action, method string
	values         url.Values
	name, password string // the fields of a login, "" where it is none
	buttons        []button
}

type button struct{ name, value, text string }

// form is the form that leads on: one that asks for a password, else one with a button that
// agrees, else the first.
func (p *loginPage) form() *filled {
	var all []*filled
	for n := range p.root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "form" {
			all = append(all, readForm(n))
		}
	}
	var best *filled
	for _, f := range all {
		switch {
		case f.password != "":
			return f
		case best == nil || !best.agrees() && f.agrees():
			best = f
		}
	}
	if best != nil {
		best.press()
	}
	return best
}

func readForm(n *html.Node) *filled {
	f := &filled{action: attribute(n, "action"), method: strings.ToUpper(attribute(n, "method")), values: url.Values{}}
	for c := range n.Descendants() {
		if c.Type != html.ElementNode || c.Data != "input" && c.Data != "button" {
			continue
		}
		name, kind := attribute(c, "name"), strings.ToLower(attribute(c, "type"))
		switch {
		case c.Data == "button" && kind != "button" && kind != "reset" || kind == "submit":
			f.buttons = append(f.buttons, button{name, attribute(c, "value"), textOf(c) + " " + attribute(c, "value")})
		case c.Data == "button" || name == "" || kind == "button" || kind == "reset" || kind == "image":
		case kind == "password":
			f.password = name
		case kind == "checkbox" || kind == "radio":
			if hasAttribute(c, "checked") {
				f.values.Add(name, attribute(c, "value"))
			}
		default:
			if f.name == "" && kind != "hidden" {
				f.name = name
			}
			f.values.Add(name, attribute(c, "value"))
		}
	}
	return f
}

// Words of buttons that agree and that do not.
var (
	agreeing = []string{"allow", "approve", "authorize", "authorise", "accept", "agree", "grant", "yes", "continue"}
	refusing = []string{"deny", "disallow", "disagree", "cancel", "refuse", "reject", "decline", "no ", "back", "sign out", "log out"}
)

func (b button) says(words []string) bool {
	text := strings.ToLower(b.text) + " "
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

func (f *filled) agrees() bool {
	for _, b := range f.buttons {
		if b.says(agreeing) && !b.says(refusing) {
			return true
		}
	}
	return false
}

// press presses the button that agrees, else the first that does not refuse.
func (f *filled) press() {
	var pressed *button
	for k := range f.buttons {
		b := &f.buttons[k]
		if b.says(refusing) {
			continue
		}
		if pressed == nil || b.says(agreeing) && !pressed.says(agreeing) {
			pressed = b
		}
	}
	if pressed != nil && pressed.name != "" {
		f.values.Set(pressed.name, pressed.value)
	}
}

// send sends a form as a browser does.
func (p *loginPage) send(ctx context.Context, f *filled) (*http.Request, error) {
	to, err := p.url.Parse(f.action)
	if err != nil {
		return nil, err
	}
	if f.method != http.MethodPost {
		to.RawQuery = f.values.Encode()
		return http.NewRequestWithContext(ctx, http.MethodGet, to.String(), nil)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, to.String(), strings.NewReader(f.values.Encode()))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.Header.Set("Origin", p.url.Scheme+"://"+p.url.Host)
	if strings.Contains(p.referrer, "no-referrer") {
		r.Header.Set("Origin", "null") // what browsers send from a page that tells no referrer
	}
	return r, nil
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func hasAttribute(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
