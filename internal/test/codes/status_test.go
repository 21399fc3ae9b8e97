package codes_test

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/status"
)

const (
	listURL = "https://school.example/status/3"
	listed  = `{"id":"urn:uuid:7","issuer":"https://school.example/issuer","credentialStatus":{"type":"BitstringStatusListEntry","statusPurpose":"revocation","statusListIndex":"6","statusListCredential":"` + listURL + `"}}`
	list    = `{"@context":["https://www.w3.org/ns/credentials/v2"],"id":"` + listURL + `","type":["VerifiableCredential","BitstringStatusListCredential"],"issuer":"https://school.example/issuer","validFrom":"2025-12-01T00:00:00Z",
		"credentialSubject":{"id":"` + listURL + `#list","type":"BitstringStatusList","statusPurpose":"revocation","encodedList":"@encoded"}}`
	revocations = `{"id":"` + listURL + `","issuer":"https://school.example/issuer","revokedCredential":[{"id":"urn:uuid:7"}]}`

	entryAt   = "/credentialStatus"
	oldRevoke = entryAt + ` = {"id": "` + listURL + `", "type": "1EdTechRevocationList"}`
)

// host is one that serves one document at the URL of the list.
type host struct {
	body            string
	fetched, expire time.Time
	source          fetch.Source
}

func (p host) Fetch(_ context.Context, url string) (*fetch.Response, error) {
	if p.body == "" || url != listURL {
		return nil, &fetch.Error{Code: fetch.CodeNotFound, URL: url, Status: 404, Detail: "the server has no such document (404)"}
	}
	return &fetch.Response{URL: url, Body: []byte(p.body), Source: cmp.Or(p.source, fetch.SourceNetwork),
		FetchedAt: p.fetched, Expires: p.expire}, nil
}

// encodedList is a list in which the entries 7 and 9 are set.
func (d *desk) encodedList(entries int) string {
	bits := make([]byte, entries/8)
	bits[0], bits[1] = 1, 0x40
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := z.Write(bits)
	require.NoError(d.t, err)
	require.NoError(d.t, z.Close())
	return "u" + base64.RawURLEncoding.EncodeToString(b.Bytes())
}

func believe(_ context.Context, text []byte) (status.VerifiedList, error) {
	doc, err := vc.Parse(text)
	return status.VerifiedList{Document: doc}, err
}

// checked is what is said of the status of a credential, where a host serves the list.
func (d *desk) checked(credential, list string, o status.Options) []*vc.Problem {
	d.t.Helper()
	doc, err := vc.Parse([]byte(credential))
	require.NoError(d.t, err)
	o.VerifyList, o.At = believe, testkit.Now
	if o.Fetcher == nil {
		body := strings.Replace(list, "@encoded", d.encodedList(status.MinEntries), 1)
		o.Fetcher = host{body: body, fetched: testkit.Now, expire: testkit.Now.Add(time.Hour)}
	}
	var all []*vc.Problem
	for _, e := range status.Check(context.Background(), doc, o).Entries {
		if e.Problem != nil {
			all = append(all, e.Problem)
		}
		all = append(all, e.Warnings...)
	}
	return all
}

// entry is a row about a credential whose status entry is changed.
func entry(code vc.Code, edits ...string) row {
	return row{code, "a badge whose status entry is changed: " + shortened(strings.Join(edits, ", ")), func(d *desk) []*vc.Problem {
		served := list
		if strings.Contains(strings.Join(edits, ""), "1EdTechRevocationList") {
			served = revocations
		}
		return d.checked(d.edit(listed, edits...), served, status.Options{})
	}}
}

// answered is a row about a badge whose status list is changed.
func answered(code vc.Code, edits ...string) row {
	return row{code, "a badge whose status list is changed: " + shortened(strings.Join(edits, ", ")), func(d *desk) []*vc.Problem {
		return d.checked(listed, d.edit(list, edits...), status.Options{})
	}}
}

// revoking is a row about a list of ids, where the entry and the list are changed.
func revoking(code vc.Code, input string, changed string, edits ...string) row {
	return row{code, "a badge with " + input, func(d *desk) []*vc.Problem {
		return d.checked(d.edit(listed, append([]string{oldRevoke}, edits...)...), changed, status.Options{})
	}}
}

const subjectOf = "/credentialSubject"

var statusRows = []row{
	entry(status.CodeRevoked, entryAt+`/statusListIndex = "7"`),
	{status.CodeSuspended, "a badge that is suspended", func(d *desk) []*vc.Problem {
		return d.checked(d.edit(listed, entryAt+`/statusPurpose = "suspension"`, entryAt+`/statusListIndex = "7"`), strings.Replace(list, `"revocation"`, `"suspension"`, 1), status.Options{})
	}},
	entry(status.CodeTypeNotSupported, entryAt+`/type = "TokenStatusList"`),
	{status.CodePurposeNotSupported, "a badge whose status `library` is set", func(d *desk) []*vc.Problem {
		return d.checked(d.edit(listed, entryAt+`/statusPurpose = "library"`, entryAt+`/statusListIndex = "7"`), strings.Replace(list, `"revocation"`, `"library"`, 1), status.Options{})
	}},
	entry(status.CodeEntryMalformed, entryAt+`/statusPurpose`),
	entry(status.CodeEntryMalformed, entryAt+` = "https://school.example/status/3"`),
	{status.CodeEntryAmbiguous, "a badge with two status entries of one id", func(d *desk) []*vc.Problem {
		var entry struct{ CredentialStatus map[string]any }
		require.NoError(d.t, json.Unmarshal([]byte(listed), &entry))
		entry.CredentialStatus["id"] = "urn:uuid:8"
		text, err := json.Marshal(entry.CredentialStatus)
		require.NoError(d.t, err)
		return d.checked(d.edit(listed, entryAt+" = ["+string(text)+","+string(text)+"]"), list, status.Options{})
	}},
	entry(status.CodeTooManyEntries, entryAt+" = ["+strings.Repeat("{},", 16)+"{}]"),
	entry(status.CodeIndexMalformed, entryAt+`/statusListIndex = "-1"`),
	entry(status.CodeIndexOutOfRange, entryAt+`/statusListIndex = "200000"`),
	entry(status.CodeSizeInvalid, entryAt+`/statusSize = "1"`),
	entry(status.CodeMessageInvalid, entryAt+`/statusSize = 2`, entryAt+`/statusMessage = [{"status": "0x0", "message": "good"}]`),
	revoking(status.CodeCredentialIDMissing, "a list of revoked ids, and without an id", revocations, "/id"),
	{status.CodeUnavailable, "a badge whose status list is not there", func(d *desk) []*vc.Problem {
		return d.checked(listed, "", status.Options{Fetcher: host{}})
	}},
	{status.CodeListNotVerified, "a badge whose status list is a web page", func(d *desk) []*vc.Problem {
		return d.checked(listed, "<html>", status.Options{})
	}},
	answered(status.CodeListWrongType, `/type = ["VerifiableCredential", "AchievementCredential"]`),
	answered(status.CodeListWrongIssuer, `/issuer = "https://other.example/"`),
	answered(status.CodeListWrongPurpose, subjectOf+`/statusPurpose = "suspension"`),
	answered(status.CodeListNotYetValid, `/validFrom = "2027-01-01T00:00:00Z"`),
	answered(status.CodeListExpired, `/validUntil = "2025-12-31T00:00:00Z"`),
	answered(status.CodeListIDMismatch, `/id = "https://school.example/status/4"`),
	answered(status.CodeListMalformed, `/validUntil = "tomorrow"`),
	answered(status.CodeListContentMissing, subjectOf+`/encodedList`),
	answered(status.CodeListEncoding, subjectOf+`/encodedList = "uSGVsbG8"`),
	{status.CodeListTooLarge, "a badge whose status list is longer than is read", func(d *desk) []*vc.Problem {
		return d.checked(listed, list, status.Options{MaxListBytes: 100})
	}},
	{status.CodeListTooShort, "a badge whose status list has 1,024 entries", func(d *desk) []*vc.Problem {
		return d.checked(listed, strings.Replace(list, "@encoded", d.encodedList(1024), 1), status.Options{})
	}},
	{status.CodeListInsecure, "a badge with a list of revoked ids at an http URL", func(d *desk) []*vc.Problem {
		insecure := strings.ReplaceAll(oldRevoke, "https:", "http:")
		return d.checked(d.edit(listed, insecure), revocations, status.Options{})
	}},
	entry(status.CodeIndexNotString, entryAt+`/statusListIndex = 6`),
	entry(status.CodeEntryIDIsList, entryAt+`/id = "`+listURL+`"`),
	{status.CodeMessageMissing, "a badge whose status entry has two bits and no messages", func(d *desk) []*vc.Problem {
		return d.checked(d.edit(listed, entryAt+`/statusSize = 2`), list, status.Options{MinEntries: 1024})
	}},
	{status.CodeRefreshSet, "a badge whose status says that there is a newer one", func(d *desk) []*vc.Problem {
		return d.checked(d.edit(listed, entryAt+`/statusPurpose = "refresh"`, entryAt+`/statusListIndex = "7"`), strings.Replace(list, `"revocation"`, `"refresh"`, 1), status.Options{})
	}},
	{status.CodeListLaxEncoding, "a badge whose StatusList2021 is encoded as a BitstringStatusList", func(d *desk) []*vc.Problem {
		return d.checked(d.edit(listed, entryAt+`/type = "StatusList2021Entry"`), strings.NewReplacer("BitstringStatusListCredential", "StatusList2021Credential", `"BitstringStatusList"`, `"StatusList2021"`).Replace(list), status.Options{})
	}},
	answered(status.CodeListTTLInvalid, subjectOf+`/ttl = "an hour"`),
	{status.CodeListStale, "a badge whose status list comes from a cache, older than its ttl", func(d *desk) []*vc.Problem {
		stale := strings.Replace(strings.Replace(list, "@encoded", d.encodedList(status.MinEntries), 1), `"encodedList"`, `"ttl":60000,"encodedList"`, 1)
		kept := host{stale, testkit.Now.Add(-time.Hour), testkit.Now.Add(time.Hour), fetch.SourceCache}
		return d.checked(listed, "", status.Options{Fetcher: kept})
	}},
	revoking(status.CodeListUnsigned, "a list of revoked ids that nobody signed", revocations),
	revoking(status.CodeListOtherHost, "a list of revoked ids on another host than the issuer's", strings.Replace(revocations, `"issuer":"https://school.example/issuer",`, ``, 1), `/issuer = "https://other.example/"`),
	revoking(status.CodeTypeDeprecated, "a list of revoked ids", revocations),
}
