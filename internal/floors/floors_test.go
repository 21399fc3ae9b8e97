// Package floors holds the structure of the module as a policy that a test
// checks: which package may import which, what is never reached, and who imports
// each dependency. docs/design.md says why. A build that breaks the policy is
// mended in the code, not here.
package floors_test

import (
	"encoding/json"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "github.com/laurel-edu/laurel/"

// floors lists the packages from the ground up. A package imports only packages
// on earlier lines.
var floors = []string{
	"internal/quote internal/unsupported internal/dataurl",
	"internal/jsonx internal/rdf internal/multibase internal/lru internal/guard internal/loopback internal/contexts internal/cbor " +
		"internal/datetime internal/language internal/arena internal/circles",
	"internal/jcs internal/safehttp internal/shape internal/format internal/casescan",
	"internal/disclose internal/sqldb",
	"internal/multikey internal/jsonld internal/digest internal/door vc/fetch did",
	"vc did/didkey did/didweb did/didjwk did/controller",
	"proof casefw vc/rules internal/rest internal/notdone",
	"internal/method internal/athand internal/embedded internal/token internal/reading ob",
	"proof/dataintegrity proof/vcjwt proof/sdjwt clr vc/status vc/schema ob/bake casefw/exchange",
	"vc/verify casefw/caseapi casefw/match casefw/plan",
	"vc/issue ob/ob2 ob/show did/publish hub oauthsrv oauthclient casefw/caseapi/storetest casefw/plan/storetest internal/gradebook",
	"vc/present hub/storetest hub/sqlstore casefw/caseapi/sqlstore oauthsrv/storetest internal/credrest",
	"ob/obapi",
	"clr/clrapi",
	"conformance/obtest clr/intake casefw/plan/oneroster casefw/plan/ags",
	"clr/intake/page conformance/refhost",
	"conformance",
	"conformance/conformancetest",
	"examples/*",
}

// outside reports whether a package is no part of the structure: this test, and what
// only tests import.
func outside(name string) bool { return name == "internal/floors" || strings.HasPrefix(name, tests) }

const tests = "internal/test/"

// never lists what must not be reached, not even through other packages.
var never = map[string][]string{
	"vc":                  {"net/http"},
	"vc/rules":            {"net/http"},
	"ob":                  {"net/http"},
	"clr":                 {"net/http"},
	"casefw":              {"net/http"},
	"proof":               {"net/http"},
	"proof/dataintegrity": {"net/http"},
	"proof/vcjwt":         {"net/http"},
	"proof/sdjwt":         {"net/http"},
	"did":                 {"net/http"},
	"did/didkey":          {"net/http"},
	"did/didjwk":          {"net/http"},
}

// models import nothing of crypto but digests, that identifiers are made of and that
// disclosures are found by.
var models = []string{"vc", "vc/rules", "ob", "clr", "casefw"}

var digests = []string{"crypto/md5", "crypto/sha1", "crypto/sha256", "crypto/sha512", "crypto/subtle"}

// importers says which packages may import a dependency outside their tests.
var importers = map[string][]string{
	// The published mirror of encoding/json/v2, which the typed models are written for.
	"github.com/go-json-experiment/json": {"vc", "ob", "ob/ob2", "clr", "casefw"},
	// The registry of language tags, and which language does for another.
	"golang.org/x/text/language": {"internal/language"},
	// Evaluates the JSON Schemas that credentials bring.
	"github.com/santhosh-tekuri/jsonschema/v5": {"vc/schema"},
	// Tokens by the client credentials grant, and the authorization code flow.
	"golang.org/x/oauth2": {"casefw/caseapi", "oauthclient"},
	// base58btc, whose length internal/multibase bounds.
	"github.com/mr-tron/base58": {"internal/multibase"},
	// Brings other JSON-LD of Open Badges 2 into the terms of the standard; besides, an
	// oracle of differential tests. No signature depends on it.
	"github.com/piprate/json-gold": {"ob/ob2", "internal/test/rewrite"},
	// The drivers of the data bases: a product brings its own.
	"github.com/jackc/pgx/v5": {"internal/test/sqltest", "examples/hub"},
	"modernc.org/sqlite":      {"internal/test/sqltest", "examples/hub"},
	// Client assertions of LTI; besides, an oracle of differential tests.
	"github.com/go-jose/go-jose/v4": {"casefw/plan/ags"},
	// Markdown of badges in HTML, and what of it a page may show.
	"github.com/yuin/goldmark":           {"ob/show"},
	"github.com/microcosm-cc/bluemonday": {"ob/show"},
	// The forms of pages for login and consent, which the suite fills in.
	"golang.org/x/net/html": {"conformance"},
	// The independent oracles of differential tests, never part of a product.
	"github.com/stretchr/testify":   {"internal/test/rewrite", "internal/test/browser"},
	"github.com/getkin/kin-openapi": {},
}

type pkg struct {
	ImportPath string
	Imports    []string
	Deps       []string
}

func list(t *testing.T) map[string]pkg {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports,Deps", "./...")
	cmd.Dir = "../.."
	out, err := cmd.Output()
	require.NoError(t, err)
	all := map[string]pkg{}
	for dec := json.NewDecoder(strings.NewReader(string(out))); dec.More(); {
		var p pkg
		require.NoError(t, dec.Decode(&p))
		all[strings.TrimPrefix(p.ImportPath, module)] = p
	}
	require.NotEmpty(t, all)
	return all
}

// floorOf returns the line of a package, -1 where the policy does not know it.
func floorOf(name string) int {
	for i, line := range floors {
		for _, known := range strings.Fields(line) {
			if known == name || strings.HasSuffix(known, "/*") && strings.HasPrefix(name, known[:len(known)-1]) {
				return i
			}
		}
	}
	return -1
}

func TestImportsGoDown(t *testing.T) {
	for name, p := range list(t) {
		if outside(name) {
			continue
		}
		floor := floorOf(name)
		require.GreaterOrEqual(t, floor, 0, "%s stands on no floor", name)
		for _, imported := range p.Imports {
			if below, ours := strings.CutPrefix(imported, module); ours {
				require.False(t, outside(below), "%s imports %s, which is for tests", name, below)
				require.Less(t, floorOf(below), floor, "%s must not import %s", name, below)
			}
		}
	}
}

func TestNeverReached(t *testing.T) {
	all := list(t)
	for name, forbidden := range never {
		p, ok := all[name]
		require.True(t, ok, "the policy names %s, which does not exist", name)
		for _, f := range forbidden {
			require.NotContains(t, p.Deps, f, "%s reaches %s", name, f)
		}
	}
}

func TestModelsUseDigestsOnly(t *testing.T) {
	all := list(t)
	for _, name := range models {
		for _, dep := range append([]string{module + name}, all[name].Deps...) {
			short, ours := strings.CutPrefix(dep, module)
			if !ours {
				continue
			}
			for _, imported := range all[short].Imports {
				if imported == "crypto" || strings.HasPrefix(imported, "crypto/") {
					require.Contains(t, digests, imported, "%s, a model, reaches %s through %s", name, imported, short)
				}
			}
		}
	}
}

// A verifier judges by the rules and needs no model.
func TestVerifierNeedsNoModel(t *testing.T) {
	deps := list(t)["vc/verify"].Deps
	require.Contains(t, deps, module+"vc/rules")
	require.NotContains(t, deps, module+"ob")
	require.NotContains(t, deps, module+"clr")
}

func TestDependenciesAreConfined(t *testing.T) {
	for name, p := range list(t) {
		for _, imported := range p.Imports {
			if strings.HasPrefix(imported, module) || !strings.Contains(strings.Split(imported, "/")[0], ".") {
				continue
			}
			known := false
			for dependency, allowed := range importers {
				if imported == dependency || strings.HasPrefix(imported, dependency+"/") {
					known = true
					require.Contains(t, allowed, name, "%s must not import %s", name, imported)
				}
			}
			require.True(t, known, "%s imports %s, which the policy does not know", name, imported)
		}
	}
}

// Examples use what a product can use.
func TestExamplesUseNoInternals(t *testing.T) {
	for name, p := range list(t) {
		if !strings.HasPrefix(name, "examples/") {
			continue
		}
		for _, imported := range p.Imports {
			require.NotContains(t, imported, "/internal/", "%s imports %s", name, imported)
		}
	}
}

// The policy itself is seen to refuse: a package on no floor, and an import that
// goes up.
func TestPolicyCanRefuse(t *testing.T) {
	require.Equal(t, -1, floorOf("internal/util"))
	require.Greater(t, floorOf("vc/verify"), floorOf("ob"))
	require.Equal(t, floorOf("examples/quickstart"), len(floors)-1)
}
