package credrest

import (
	"net/http"
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/oauthsrv"
)

// Service describes one of the two services: what it is called, what it keeps, and how
// long that may be.
type Service struct {
	Name    string // for people
	Version string
	Base    string // the path that the standard gives it
	Prefix  string // what its scopes begin with
	Noun    string // what its credentials are called
	Kind    hub.Kind
	Types   []string // a credential has one of them
	Schema  string   // of its credentials, in the description
	List    string   // the schema of a page
	MaxBody int64    // bytes of a credential that is posted
}

// The services (Open Badges 3.0, 6; CLR 2.0, 6). A record holds badges, so it may be longer.
var (
	Badges = &Service{
		Name: "Open Badges", Version: "3.0", Base: "/ims/ob/v3p0", Prefix: "https://purl.imsglobal.org/spec/ob/v3p0/scope/",
		Noun: "badges", Kind: hub.KindBadge, Types: []string{"OpenBadgeCredential", "AchievementCredential"},
		Schema: "AchievementCredential", List: "GetOpenBadgeCredentialsResponse", MaxBody: 1 << 20,
	}
	Records = &Service{
		Name: "Comprehensive Learner Record", Version: "2.0", Base: "/ims/clr/v2p0",
		Prefix: "https://purl.imsglobal.org/spec/clr/v2p0/scope/",
		Noun:   "learner records", Kind: hub.KindRecord, Types: []string{"ClrCredential"},
		Schema: "ClrCredential", List: "GetClrCredentialsResponse", MaxBody: 16 << 20,
	}
)

// Of returns the service that keeps credentials of a kind, nil where none does.
func Of(k hub.Kind) *Service {
	for _, s := range []*Service{Badges, Records} {
		if s.Kind == k {
			return s
		}
	}
	return nil
}

// Takes reports whether a credential of these types belongs to the service.
func (s *Service) Takes(types []string) bool {
	return slices.ContainsFunc(types, func(name string) bool { return slices.Contains(s.Types, name) })
}

// The media types of bodies.
const (
	JSON       = "application/json"
	Credential = "application/vc+ld+json"
	Token      = "text/plain" // a compact JWS
)

// Operation is one operation of both services.
type Operation struct {
	ID, Method, Path string
	Words            string   // what it does, or permits, as a sentence to the person
	Scope            string   // behind the prefix of the service, "" for an operation that is open
	Body             []string // the media types that may be sent, the first of which is the usual
	Answers          []string // those of an answer that went well
	Statuses         []int    // of answers that went well
	Errors           []int    // that the standard lists for it
	Writes           bool     // it changes something
}

// The operations of both services (Open Badges 3.0, 6.2). 304 is listed for POST and PUT
// there and is left out: HTTP has it for answers to a conditional GET alone.
var (
	Describe = &Operation{
		ID: "getServiceDescription", Method: http.MethodGet, Path: "/discovery", Words: "See what this service offers.",
		Answers: []string{JSON}, Statuses: []int{200},
	}
	List = &Operation{
		ID: "getCredentials", Method: http.MethodGet, Path: "/credentials", Words: "See your credentials.",
		Scope: "credential.readonly", Answers: []string{JSON}, Statuses: []int{200}, Errors: []int{400, 401, 403, 405, 500},
	}
	Upsert = &Operation{
		ID: "upsertCredential", Method: http.MethodPost, Path: "/credentials", Words: "Add credentials, and replace older ones.",
		Scope: "credential.upsert", Body: []string{JSON, Credential, Token}, Answers: []string{JSON, Credential, Token},
		Statuses: []int{200, 201}, Errors: []int{400, 401, 403, 404, 405, 500}, Writes: true,
	}
	GetProfile = &Operation{
		ID: "getProfile", Method: http.MethodGet, Path: "/profile", Words: "See your profile.",
		Scope: "profile.readonly", Answers: []string{JSON}, Statuses: []int{200}, Errors: []int{400, 401, 403, 404, 405, 500},
	}
	PutProfile = &Operation{
		ID: "putProfile", Method: http.MethodPut, Path: "/profile", Words: "Replace your profile.",
		Scope: "profile.update", Body: []string{JSON}, Answers: []string{JSON},
		Statuses: []int{200}, Errors: []int{400, 401, 403, 404, 405, 500}, Writes: true,
	}
)

// Operations returns all operations, or those alone that change nothing, in the order of
// the standard.
func Operations(writes bool) []*Operation {
	all := []*Operation{Describe, List, Upsert, GetProfile, PutProfile}
	return slices.DeleteFunc(all, func(o *Operation) bool { return o.Writes && !writes })
}

// At returns those operations that stand at a path below the base.
func At(all []*Operation, path string) (here []*Operation) {
	for _, o := range all {
		if o.Path == path {
			here = append(here, o)
		}
	}
	return here
}

// Methods lists the methods of operations as a header does. HEAD goes with GET.
func Methods(list []*Operation) string {
	var all []string
	for _, o := range list {
		all = append(all, o.Method)
		if o.Method == http.MethodGet {
			all = append(all, http.MethodHead)
		}
	}
	return strings.Join(append(all, http.MethodOptions), ", ")
}

// ScopeOf is the whole scope of an operation, "" for an open one.
func (s *Service) ScopeOf(o *Operation) string {
	if o.Scope == "" {
		return ""
	}
	return s.Prefix + o.Scope
}

// Scopes are the scopes of operations, with what each permits in words.
func (s *Service) Scopes(list []*Operation) (all []oauthsrv.Scope) {
	for _, o := range list {
		if o.Scope != "" {
			all = append(all, oauthsrv.Scope{Name: s.ScopeOf(o), Words: strings.ReplaceAll(o.Words, "credentials", s.Noun)})
		}
	}
	return all
}
