package credrest

import (
	"net/http"
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/hub"
)

// Service describes one of the two services: what it is called, what it keeps, and by
// which operations.
type Service struct {
	Name    string // for people
	Version string
	Base    string // the path that the standard gives it
	Prefix  string // what its scopes begin with
	Kind    hub.Kind
	Types   []string // a credential has one of them
	Schema  string   // of its credentials, in the description
	List    string   // the schema of a page
	MaxBody int64    // bytes of a credential that is posted
}

// The services (Open Badges 3.0, 6; CLR 2.0, 6). A record holds badges, so it may be longer.
var (
	OpenBadges = &Service{
		Name: "Open Badges", Version: "3.0", Base: "/ims/ob/v3p0", Prefix: "https://purl.imsglobal.org/spec/ob/v3p0/scope/",
		Kind: hub.KindBadge, Types: []string{"OpenBadgeCredential", "AchievementCredential"},
		Schema: "AchievementCredential", List: "GetOpenBadgeCredentialsResponse", MaxBody: 1 << 20,
	}
	Records = &Service{
		Name: "Comprehensive Learner Record", Version: "2.0", Base: "/ims/clr/v2p0", Prefix: "https://purl.imsglobal.org/spec/clr/v2p0/scope/",
		Kind: hub.KindRecord, Types: []string{"ClrCredential"},
		Schema: "ClrCredential", List: "GetClrCredentialsResponse", MaxBody: 16 << 20,
	}
)

// The media types of bodies.
const (
	mediaJSON  = "application/json"
	mediaVC    = "application/vc+ld+json"
	mediaToken = "text/plain"
)

// Operation is one operation of both services.
type Operation struct {
	ID, Method, Path string
	Summary          string
	Scope            string   // behind the prefix of the service, "" for an operation that is open
	Body             []string // the media types that may be sent, the first of which is the usual
	Answers          []string // those of an answer that went well
	Statuses         []int    // of answers that went well
	Errors           []int    // that the standard lists for it
	Writes           bool     // it needs a store that is written to
}

// The operations, by what a server and a client do for each.
const (
	opDiscovery = iota
	opCredentials
	opUpsert
	opProfile
	opPutProfile
)

// operations are the table of both services (Open Badges 3.0, 6.2). 304 is listed for POST
// and PUT there and is left out: HTTP has it for answers to a conditional GET alone.
var operations = [...]Operation{
	opDiscovery: {
		ID: "getServiceDescription", Method: http.MethodGet, Path: "/discovery", Summary: "what this service offers",
		Answers: []string{mediaJSON}, Statuses: []int{200},
	},
	opCredentials: {
		ID: "getCredentials", Method: http.MethodGet, Path: "/credentials", Summary: "the credentials of a person, page by page",
		Scope: "credential.readonly", Answers: []string{mediaJSON}, Statuses: []int{200}, Errors: []int{400, 401, 403, 405, 500},
	},
	opUpsert: {
		ID: "upsertCredential", Method: http.MethodPost, Path: "/credentials", Summary: "add a credential, or replace an older one",
		Scope: "credential.upsert", Body: []string{mediaJSON, mediaVC, mediaToken}, Answers: []string{mediaJSON, mediaVC, mediaToken},
		Statuses: []int{200, 201}, Errors: []int{400, 401, 403, 404, 405, 500}, Writes: true,
	},
	opProfile: {
		ID: "getProfile", Method: http.MethodGet, Path: "/profile", Summary: "the profile of a person",
		Scope: "profile.readonly", Answers: []string{mediaJSON}, Statuses: []int{200}, Errors: []int{400, 401, 403, 404, 405, 500},
	},
	opPutProfile: {
		ID: "putProfile", Method: http.MethodPut, Path: "/profile", Summary: "replace the profile of a person",
		Scope: "profile.update", Body: []string{mediaJSON}, Answers: []string{mediaJSON},
		Statuses: []int{200}, Errors: []int{400, 401, 403, 404, 405, 500}, Writes: true,
	},
}

// scope is the whole scope of an operation, "" for an open one.
func (s *Service) scope(o *Operation) string {
	if o.Scope == "" {
		return ""
	}
	return s.Prefix + o.Scope
}

// Scopes are the scopes of the operations that a server has, in the order of the table.
func (s *Service) Scopes(writes bool) (all []string) {
	for i := range operations {
		if o := &operations[i]; o.Scope != "" && (writes || !o.Writes) {
			all = append(all, s.scope(o))
		}
	}
	return all
}

// scopeWords say to a person what a scope permits.
func (s *Service) scopeWords(o *Operation) string { return o.Summary + " (" + s.Name + ")" }

// at returns the operations that stand at a path below the base, in the order of the table.
func at(path string) (found []*Operation) {
	for i := range operations {
		if operations[i].Path == path {
			found = append(found, &operations[i])
		}
	}
	return found
}

// methods lists the methods of operations as a header does. HEAD goes with GET.
func methods(list []*Operation) string {
	var all []string
	for _, o := range list {
		all = append(all, o.Method)
		if o.Method == http.MethodGet {
			all = append(all, http.MethodHead)
		}
	}
	return strings.Join(append(all, http.MethodOptions), ", ")
}

// takes reports whether a credential of these types belongs to the service.
func (s *Service) takes(types []string) bool {
	return slices.ContainsFunc(types, func(name string) bool { return slices.Contains(s.Types, name) })
}
