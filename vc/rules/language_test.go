package rules_test

const (
	nameLine = `"name": "Knots and Splices",
      "description"`
	nameAt    = achievementAt + "/name"
	malformed = "error language-value-malformed "
)

// named is the smallest badge with another name of its achievement.
func named(what, name string, want ...string) change {
	return change{what, minimal, nameLine, `"name": ` + name + `, "description"`, want}
}

// Texts in languages (VCDM 2.0, 11.1), their tags by BCP 47.
var languageChanges = []change{
	named("a name in two languages",
		`[{"@value": "Knoten", "@language": "de"}, {"@value": "Knots", "@language": "en", "@direction": "ltr"}]`),
	named("a name in a language and in none", `["Knots", {"@value": "Knoten", "@language": "de-CH-1901"}]`),
	named("a name for private use", `{"@value": "Knots", "@language": "x-harbour"}`),
	named("a tag of old", `{"@value": "Knots", "@language": "i-default"}`),
	named("a tag in another case", `{"@value": "Knots", "@language": "EN-gb"}`),
	named("a language that is not determined", `{"@value": "Knots", "@language": "und"}`),
	named("no tag", `{"@value": "Knoten", "@language": "d€"}`, malformed+nameAt),
	named("a locale", `{"@value": "Knoten", "@language": "de_DE"}`, malformed+nameAt),
	named("two regions", `{"@value": "Knoten", "@language": "de-419-DE"}`, malformed+nameAt),
	named("the word for a language", `{"@value": "Knots", "@language": "English"}`, malformed+nameAt),
	named("an empty tag", `{"@value": "Knots", "@language": ""}`, malformed+nameAt),
	named("a language that nobody registered", `{"@value": "Knots", "@language": "zz"}`, "warning language-unknown "+nameAt),
	named("a variant twice", `{"@value": "Knoten", "@language": "de-1996-1996"}`, "warning language-unknown "+nameAt),
	named("a direction that is none", `{"@value": "Knots", "@direction": "up"}`, malformed+nameAt),
	named("a value that is no text", `{"@value": 7}`, malformed+nameAt),
	named("a language map", `{"de": "Knoten", "en-GB": "Knots"}`, "warning string-is-language-value "+nameAt),
	named("a language map with a language that nobody registered", `{"zz": "Knoten"}`,
		"warning language-unknown "+nameAt, "warning string-is-language-value "+nameAt),
	named("a language map of arrays", `{"de": ["Knoten"]}`, "warning string-is-language-value "+nameAt),
	named("a language map of two in one language", `{"de": ["Knoten", "Knopf"]}`, malformed+nameAt),
	named("names of members that are no tags", `{"text": "Knots"}`, malformed+nameAt),
	named("one among them that is a tag", `{"value": "Knoten", "de": "Knoten"}`, malformed+nameAt),
	named("an object of nothing", `{}`, malformed+nameAt),
	named("two names", `["Knots", "Splices"]`, "error member-repeated "+nameAt),
	named("two names without a language", `["Knots", {"@value": "Splices", "@direction": "ltr"}]`, "error member-repeated "+nameAt),
	named("two names in one language", `[{"@value": "Knots", "@language": "en"}, {"@value": "Splices", "@language": "EN"}]`,
		"error member-repeated "+nameAt),
	named("no names in an array", `[]`, "error member-missing "+nameAt),
	named("a blank name", `" \u200b\n"`, "warning text-blank "+nameAt),
	named("an empty name", `""`, "warning text-blank "+nameAt),
	named("a blank name in a language", `{"@value": "\u3000", "@language": "ja"}`, "warning text-blank "+nameAt+"/@value"),
	named("one blank name of several", `["Knots", {"@value": " ", "@language": "ja"}]`, "warning text-blank "+nameAt+"/1/@value"),
	named("a blank name in a map", `{"de": " "}`, "warning string-is-language-value "+nameAt, "warning text-blank "+nameAt+"/de"),
	{"a blank tag", full, `"sailing"`, `""`, []string{"warning text-blank " + achievementAt + "/tag/0"}},
	{"two descriptions", minimal, `"description": "`,
		`"description": ["x", "y"], "specialization": "`, []string{"error member-repeated " + achievementAt + "/description"}},
	{"a role in languages", full, `"role": "Skipper"`,
		`"role": [{"@value": "a", "@language": "en"}, {"@value": "b", "@language": "de"}]`, nil},
	{"tags in languages", full, `["sailing", "navigation"]`, `["sailing", {"@value": "Segeln", "@language": "de"}, "navigation"]`, nil},
	{"a language value where there is one language", full, `"licenseNumber": "CS-1042"`, `"licenseNumber": {"@value": "CS-1042"}`,
		[]string{"warning string-is-language-value " + subjectAt + "/licenseNumber"}},
	{"an object for a string", full, `"licenseNumber": "CS-1042"`,
		`"licenseNumber": {"name of": "CS-1042"}`, []string{malformed + subjectAt + "/licenseNumber"}},
	{"a language value for a URI", full, `"url": "https://harbour.example"`,
		`"url": {"@value": "https://harbour.example", "@language": "en"}`,
		[]string{"error member-wrong-kind /issuer/url"}},
	{"a language value for a term", full, `"status": "Completed"`, `"status": {"@value": "Completed", "@language": "en"}`,
		[]string{"error member-wrong-kind " + subjectAt + "/result/2/status"}},
	{"a language value among strings", full, `["D", "C", "B", "A"]`, `["D", "C", "B", {"@value": "A", "@language": "en"}]`,
		[]string{"error member-wrong-kind " + achievementAt + "/resultDescription/3/allowedValue/3"}},
	{"the code of a language that nobody registered", full, `"inLanguage": "en"`, `"inLanguage": "zz"`,
		[]string{"warning language-unknown " + achievementAt + "/inLanguage"}},
	{"the code of a language with four letters", full, `"inLanguage": "en"`, `"inLanguage": "engl"`,
		[]string{"error language-code-malformed " + achievementAt + "/inLanguage"}},
	{"a number for a text", full, `"value": "87.5"`,
		`"value": 87.5`, []string{"error member-wrong-kind " + subjectAt + "/result/0/value"}},
}
