package refhost

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/rest"
)

// FrameworksConfig says where a provider of frameworks stands and what it does wrong.
type FrameworksConfig struct {
	// Origin is where it is served, such as https://localhost:8443.
	Origin string
	// Fault is the name of what it does wrong, see [FrameworkFaults], or of what a client has to
	// live with, see [FrameworkTrials]. "" is nothing.
	Fault string
}

// Frameworks is a provider of CASE in both versions: what the standard says by the letter, and
// nothing besides. It has two frameworks, of which one has a value for each member of the
// model. It is safe for concurrent use.
type Frameworks struct {
	base  string // origin
	fault string
	packs map[casefw.Version][]object

	mu     sync.Mutex
	seen   []Request
	busied bool // it was busy once
}

// NewFrameworks makes one.
func NewFrameworks(c FrameworksConfig) (*Frameworks, error) {
	known := slices.Concat(frameworkFaults, frameworkTrials)
	if c.Fault != "" && !slices.ContainsFunc(known, func(f Fault) bool { return f.Name == c.Fault }) {
		return nil, fmt.Errorf("refhost: no fault of a provider of frameworks is called %q", c.Fault)
	}
	h := &Frameworks{base: c.Origin, fault: c.Fault, packs: map[casefw.Version][]object{}}
	for v := range spelt {
		h.packs[v] = []object{whole(c.Origin, v), small(c.Origin, v)}
		if h.fault == "member-empty" {
			for _, item := range all(h.packs[v][0], "CFItems") {
				delete(item, "educationLevel")
			}
		}
	}
	return h, nil
}

// frameworkFaults are all of them. A fault is looked for by name where it strikes.
var frameworkFaults = []Fault{
	{"endpoint-missing", "has no endpoint for licences"},
	{"item-homeless", "does not say which document an item is of"},
	{"nulls", "sends null for what has no value"},
	{"date-wrong", "writes a date in words"},
	{"media-wrong", "sends its answers as pages for people"},
	{"member-empty", "has no education level anywhere"},
	{"unknown-200", "answers with an empty object for what it does not have"},
	{"status-words", "spells the codes of its refusals otherwise"},
	{"status-bare", "refuses without a body"},
	{"no-link", "sends no Link"},
	{"count-wrong", "counts one framework too many"},
	{"filter-inverted", "sends what the filter leaves out"},
	{"sort-reversed", "sorts the other way round"},
	{"fields-more", "sends a member more than was asked for"},
	{"member-own", "has a member of its own"},
	{"concept-own", "has a member of its own where a concept is asked for"},
	{"undescribed", "has no description of its service"},
	{"described-elsewhere", "describes the service of another host"},
}

// frameworkTrials are within the standard.
var frameworkTrials = []Fault{
	{"busy-once", "is busy the first time, and says when to come again"},
	{"page-one", "sends a framework a page, whatever limit says"},
	{"package-large", "has a package of five megabytes"},
}

// FrameworkTrials lists what a provider may do and a client has to live with.
func FrameworkTrials() []Fault { return slices.Clone(frameworkTrials) }

// FrameworkFaults lists what a provider of frameworks can do wrong.
func FrameworkFaults() []Fault { return slices.Clone(frameworkFaults) }

// Record is what an endpoint answers about an identifier, nil for nothing.
func (h *Frameworks) Record(v casefw.Version, endpoint, id string) []byte {
	for _, pack := range h.packs[v] {
		if o := h.record(pack, endpoint, strings.ToLower(id)); o != nil {
			text, _ := json.Marshal(o) // of texts, numbers and lists
			return text
		}
	}
	return nil
}

// Seen are the requests so far, in their order, without those for which it was busy.
func (h *Frameworks) Seen() []Request {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.seen)
}

// spelt is how the versions write the codes.
var spelt = map[casefw.Version]rest.Vocabulary{casefw.V1p0: rest.CASE1p0, casefw.V1p1: rest.CASE1p1}

// discovery is where a provider of 1.1 describes itself.
const discovery = "/discovery/imscasev1p1_openapi3_v1p0.json"

// object is a record as JSON.
type object = map[string]any

// get is the object in a member.
func get(o object, name string) object {
	inner, _ := o[name].(object)
	return inner
}

// all are the objects in a member.
func all(o object, name string) (objects []object) {
	list, _ := o[name].([]any)
	for _, one := range list {
		if o, ok := one.(object); ok {
			objects = append(objects, o)
		}
	}
	return objects
}

// with is a copy of an object with another member.
func with(o object, name string, value any) object {
	c := make(object, len(o)+1)
	for k, v := range o {
		c[k] = v
	}
	c[name] = value
	return c
}

// ServeHTTP implements http.Handler.
func (h *Frameworks) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if h.note(r) {
		w.Header().Set("Retry-After", "1")
		h.refuse(w, casefw.V1p1, http.StatusTooManyRequests, rest.ServerBusy)
		return
	}
	for v := range spelt {
		if path, ok := strings.CutPrefix(r.URL.Path, "/ims/case/"+v.Segment()); ok {
			h.serve(w, r, v, path)
			return
		}
	}
	h.refuse(w, casefw.V1p1, http.StatusNotFound, rest.UnknownObject)
}

// note keeps what was asked, and reports whether the host is busy.
func (h *Frameworks) note(r *http.Request) (busy bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if busy = h.fault == "busy-once" && !h.busied; busy {
		h.busied = true
		return busy
	}
	h.seen = append(h.seen, Request{Method: r.Method, Path: r.URL.Path, Query: r.URL.RawQuery,
		Authorization: r.Header.Get("Authorization")})
	return busy
}

func (h *Frameworks) serve(w http.ResponseWriter, r *http.Request, v casefw.Version, path string) {
	kind, id := cut(path)
	switch {
	case path == discovery && v == casefw.V1p1 && h.fault != "undescribed":
		h.send(w, object{"openapi": "3.0.1", "info": object{"title": "CASE", "version": "1.1"}, "paths": object{},
			"servers": []any{object{"url": h.server(v)}}})
	case path == "/CFDocuments":
		h.list(w, r, v)
	default:
		for _, pack := range h.packs[v] {
			if o := h.record(pack, kind, strings.ToLower(id)); o != nil {
				h.send(w, o)
				return
			}
		}
		h.refuse(w, v, http.StatusNotFound, rest.UnknownObject)
	}
}

// server is what the description says of where the service is.
func (h *Frameworks) server(v casefw.Version) string {
	if h.fault == "described-elsewhere" {
		return "https://elsewhere.example/ims/case/" + v.Segment()
	}
	return h.base + "/ims/case/" + v.Segment()
}

// cut parts the path of a record.
func cut(path string) (kind, id string) {
	kind, id, _ = strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return kind, id
}

// record is what an endpoint answers, nil where a package has nothing of that identifier.
func (h *Frameworks) record(pack object, kind, id string) object {
	if h.fault == "endpoint-missing" && kind == "CFLicenses" {
		return nil
	}
	document := get(pack, "CFDocument")
	link := object{"title": document["title"], "identifier": document["identifier"], "uri": document["uri"]}
	own := func(o object) bool { return strings.EqualFold(fmt.Sprint(o["identifier"]), id) }
	in := func(list []object) object {
		if k := slices.IndexFunc(list, own); k >= 0 {
			return list[k]
		}
		return nil
	}
	definitions := get(pack, "CFDefinitions")
	switch kind {
	case "CFPackages":
		if own(document) {
			return h.wrong(pack, document)
		}
	case "CFDocuments":
		if own(document) {
			return h.document(pack)
		}
	case "CFItems":
		if o := in(all(pack, "CFItems")); o != nil && h.fault != "item-homeless" {
			return with(o, "CFDocumentURI", link)
		} else if o != nil {
			return o
		}
	case "CFItemAssociations":
		if o := in(all(pack, "CFItems")); o != nil {
			return object{"CFItem": with(o, "CFDocumentURI", link), "CFAssociations": ends(pack, id)}
		}
	case "CFAssociations":
		if o := in(all(pack, "CFAssociations")); o != nil {
			return with(o, "CFDocumentURI", link)
		}
	case "CFLicenses", "CFAssociationGroupings":
		return in(all(definitions, kind))
	case "CFConcepts", "CFSubjects", "CFItemTypes":
		if o := in(all(definitions, kind)); o != nil && kind == "CFConcepts" && h.fault == "concept-own" {
			return object{kind: []object{with(o, "colour", "blue")}}
		} else if o != nil {
			return object{kind: below(all(definitions, kind), o)}
		}
	case "CFRubrics":
		return in(all(pack, kind))
	}
	return nil
}

// wrong is a package with what a fault does to it.
func (h *Frameworks) wrong(pack, document object) object {
	switch h.fault {
	case "package-large":
		return with(pack, "CFDocument", with(document, "notes", strings.Repeat("A long note. ", 400_000)))
	case "member-own":
		return with(pack, "CFDocument", with(document, "colour", "blue"))
	case "nulls":
		return with(pack, "CFDocument", with(document, "notes", nil))
	case "date-wrong":
		return with(pack, "CFDocument", with(document, "lastChangeDateTime", "yesterday"))
	}
	return pack
}

// ends are the associations that an item is an end of.
func ends(pack object, id string) (found []object) {
	for _, a := range all(pack, "CFAssociations") {
		for _, end := range []string{"originNodeURI", "destinationNodeURI"} {
			if strings.EqualFold(fmt.Sprint(get(a, end)["identifier"]), id) {
				found = append(found, a)
				break
			}
		}
	}
	return found
}

// below are a definition and those whose hierarchyCode stands under its own.
func below(list []object, top object) []object {
	found := []object{top}
	for _, o := range list {
		if code := fmt.Sprint(o["hierarchyCode"]); strings.HasPrefix(code, fmt.Sprint(top["hierarchyCode"])+".") {
			found = append(found, o)
		}
	}
	return found
}

// document is the framework's document by itself.
func (h *Frameworks) document(pack object) object {
	d := get(pack, "CFDocument")
	uri := strings.Replace(fmt.Sprint(d["uri"]), "/CFDocuments/", "/CFPackages/", 1)
	return with(d, "CFPackageURI", object{"title": d["title"], "identifier": d["identifier"], "uri": uri})
}

// send answers with an object.
func (h *Frameworks) send(w http.ResponseWriter, o object) {
	media := "application/json"
	if h.fault == "media-wrong" {
		media = "text/html"
	}
	w.Header().Set("Content-Type", media)
	_ = json.NewEncoder(w).Encode(o) // nobody is left to tell
}

// refuse answers with a status.
func (h *Frameworks) refuse(w http.ResponseWriter, v casefw.Version, status int, m rest.Minor) {
	if h.fault == "status-words" {
		m = "UNKNOWN"
	}
	if h.fault == "unknown-200" && status == http.StatusNotFound {
		h.send(w, object{})
		return
	}
	s := spelt[v].Failure("TargetEndSystem", m, "")
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if h.fault != "status-bare" {
		_, _ = w.Write(s.Append(nil)) // nobody is left to tell
	}
}
