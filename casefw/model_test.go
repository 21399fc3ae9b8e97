package casefw_test

import (
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/stretchr/testify/require"
)

// The model is stated once: a member that is renamed in its table row has the new name
// for the reader, the store, the writer, the validator, the service description and the
// filters of the service, and the old one is an unknown member to all of them.
func TestOneStatementOfTheModel(t *testing.T) {
	for _, member := range [][2]string{{"CFItem", "notes"}, {"CFItem", "fullStatement"}, {"CFItem", "lastChangeDateTime"},
		{"CFItem", "educationLevel"}, {"CFItem", "uri"}, {"CFItem", "identifier"}, {"CFAssociation", "associationType"},
		{"CFAssociation", "sequenceNumber"}, {"CFAssociation", "originNodeURI"}, {"LinkGenURI", "title"}, {"CFDocument", "publisher"}} {
		t.Run(member[0]+"."+member[1], func(t *testing.T) { renamedEverywhere(t, member[0], member[1]) })
	}
}

func renamedEverywhere(t *testing.T, class, name string) {
	const to = "otherName"
	before := loaded(t, []byte(bakers))
	packed := before.Package()
	defer casefw.Rename(class, name, to)()
	f := loaded(t, []byte(bakers))
	p, report, err := casefw.Parse[casefw.CFPackage]([]byte(bakers), casefw.Options{MaxFindings: -1})
	require.NoError(t, err)
	require.True(t, report.Has(casefw.CodeUnknownProperty), "the old name is unknown to single reading")
	require.False(t, casefw.Validate[casefw.CFPackage]([]byte(bakers), casefw.V1p1, casefw.Options{}).Valid())
	require.Equal(t, p, f.Package())

	text := string(casefw.Append(nil, packed, casefw.Standard))
	require.Contains(t, text, `"`+to+`":`, "the writer")
	again, report, err := casefw.LoadBytes([]byte(text), casefw.Options{})
	require.NoError(t, err)
	require.Zero(t, report.Total(), "the reader")
	require.Equal(t, packed, again.Package(), "the store")
	for i := range before.Len() {
		require.Equal(t, before.At(i).Notes(), again.At(i).Notes())
		require.Equal(t, before.At(i).Statement(), again.At(i).Statement())
		require.Equal(t, before.At(i).EducationLevels(), again.At(i).EducationLevels())
		require.Equal(t, slices.Collect(before.At(i).Children()), slices.Collect(before.At(i).Children()))
	}
	require.True(t, casefw.Validate[casefw.CFPackage]([]byte(text), casefw.V1p1, casefw.Options{}).Valid(), "the validator")
	require.NotEqual(t, packed, f.Package(), "the old name is not read")
	described(t, again, class, to)
}

// described asks a service for its description, and for documents by the member.
func described(t *testing.T, f *casefw.Framework, class, name string) {
	store, err := caseapi.NewMemory(f)
	require.NoError(t, err)
	h, err := caseapi.NewHandler(caseapi.Config{Store: store})
	require.NoError(t, err)
	get := func(path string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", caseapi.BasePath(caseapi.V1p1)+path, nil))
		return w
	}
	require.Contains(t, get(caseapi.DiscoveryPath).Body.String(), `"`+name+`":`)
	if class == "CFDocument" {
		w := get("/CFDocuments?filter=" + name + "~%27a%27&fields=" + name)
		require.Equal(t, 200, w.Code, w.Body)
		require.Contains(t, w.Body.String(), `"`+name+`":`)
	}
}

func TestPropertiesSayTheModel(t *testing.T) {
	require.Len(t, casefw.Classes(), 20)
	require.Nil(t, casefw.Properties("CFNothing"))
	for _, class := range casefw.Classes() {
		for _, p := range casefw.Properties(class) {
			require.NotEmpty(t, p.Type, "%s.%s", class, p.Name)
			require.True(t, p.Since == casefw.V1p0 || p.Since == casefw.V1p1)
			if strings.HasPrefix(p.Type, "CF") && !strings.HasSuffix(p.Type, "Enum") {
				require.NotNil(t, casefw.Properties(p.Type), "%s.%s", class, p.Name)
			}
		}
	}
	statement := casefw.Properties("CFItem")[1]
	require.Equal(t, casefw.Property{Name: "fullStatement", Type: "String", Required: true, Since: casefw.V1p0}, statement)
}

func TestTextsOfARecord(t *testing.T) {
	d := loaded(t, []byte(bakers)).Document()
	texts := func(name string, path ...string) []string {
		place := slices.IndexFunc(casefw.Properties("CFDocument"), func(p casefw.Property) bool { return p.Name == name })
		all, _ := casefw.TextsOf(d).Append(nil, place, path)
		return all
	}
	require.Equal(t, []string{d.Title}, texts("title"))
	require.Equal(t, []string{d.LicenseURI.Title}, texts("licenseURI", "title"))
	require.Equal(t, d.Subject, texts("subject"))
	require.Empty(t, texts("title", "below"))
	require.Empty(t, texts("licenseURI"))
	require.Empty(t, texts("none"))

	// An empty text is one text; what was null, or was not there, is none.
	var err error
	d, _, err = casefw.Parse[casefw.CFDocument]([]byte(`{"identifier":"`+guidOf(1, 1)+`","title":"","version":"","publisher":null,"creator":null,
		"licenseURI":{"title":"","identifier":""}}`), casefw.Options{})
	require.NoError(t, err)
	for _, name := range []string{"title", "version"} {
		require.Equal(t, []string{""}, texts(name), name)
	}
	for _, name := range []string{"publisher", "creator", "uri", "description", "lastChangeDateTime"} {
		require.Empty(t, texts(name), name)
	}
	require.Equal(t, []string{""}, texts("licenseURI", "title"))
	require.Empty(t, texts("licenseURI", "uri"))
	d = &casefw.CFDocument{}
	require.Equal(t, []string{""}, texts("title"), "it is written, for it is required")
	require.Empty(t, texts("version"))
}
