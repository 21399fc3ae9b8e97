package casefw

import "strings"

// registries are those outside of CASE that frameworks are matched with, by the token that
// stands behind "ext:" in a targetType. Who names one of them writes it in many ways.
var registries = []struct {
	token  string
	names  []string // small letters and digits alone; a star stands for an edition
	hosts  []string // on which the registry is published, and below
	prefix string   // of the path of an address, "" for any
	code   func(last string) string
}{
	{"onet", []string{"onet*", "onetsoc*", "onetonline"}, []string{"onetonline.org", "onetcenter.org"}, "", onetCode},
	{"isco", []string{"isco*", "escoisco*"}, []string{"data.europa.eu"}, "/esco/isco", iscoCode},
	{"esco", []string{"esco*"}, []string{"data.europa.eu", "esco.ec.europa.eu"}, "/esco", nil}, // its addresses have UUIDs
	{"soc", []string{"soc*", "ussoc*", "bls", "standardoccupationalclassification*"}, []string{"bls.gov"}, "/soc", nil},
	{"ctdl", []string{"ctdl", "ctid", "credentialengine", "credentialengineregistry", "ceasncompetency", "cetermscredential"},
		[]string{"credentialengineregistry.org", "credreg.net"}, "", nil},
}

// RegistryType returns the targetType of a registry outside of CASE by what people call it,
// such as "O*NET-SOC 2019", or by an address on its site: "ext:onet", "ext:esco",
// "ext:isco", "ext:soc" or "ext:ctdl". It is "" for any other.
func RegistryType(name, url string) string {
	token := registryNamed(name)
	if token == "" {
		token, _ = registryAt(url)
	}
	if token == "" {
		return ""
	}
	return "ext:" + token
}

// registryNamed returns the token of a registry by a name, "" for none.
func registryNamed(name string) string {
	plain := strings.Map(func(c rune) rune {
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			return c
		case c >= 'A' && c <= 'Z':
			return c | 0x20
		}
		return -1
	}, name)
	for _, r := range registries {
		for _, known := range r.names {
			stem, edition := strings.CutSuffix(known, "*")
			rest, ok := strings.CutPrefix(plain, stem)
			if ok && (rest == "" || edition && strings.Trim(rest, "0123456789") == "") {
				return r.token
			}
		}
	}
	return ""
}

// registryAt returns the token of the registry that an address is of, and the code that it
// ends in, each "" where there is none.
func registryAt(uri string) (token, code string) {
	_, rest, ok := strings.Cut(plainURI(uri), "://")
	if !ok {
		return "", ""
	}
	host, path, _ := strings.Cut(rest, "/")
	path = "/" + path
	for _, r := range registries {
		for _, known := range r.hosts {
			if (host == known || strings.HasSuffix(host, "."+known)) && strings.HasPrefix(path, r.prefix) {
				if r.code != nil {
					code = r.code(path[strings.LastIndexByte(path, '/')+1:])
				}
				return r.token, code
			}
		}
	}
	return "", ""
}

// onetCode is an occupation of O*NET-SOC, such as 15-1252.00.
func onetCode(last string) string {
	if !shaped(last, "99-9999.99") {
		return ""
	}
	return last
}

// iscoCode is a group of ISCO-08, such as 2512, as ESCO writes its address: C2512.
func iscoCode(last string) string {
	rest, _ := strings.CutPrefix(last, "C")
	if rest == "" || len(rest) > 4 || strings.Trim(rest, "0123456789") != "" {
		return ""
	}
	return rest
}

// shaped reports whether a text is like a pattern, in which 9 stands for a digit.
func shaped(text, pattern string) bool {
	if len(text) != len(pattern) {
		return false
	}
	for i := range len(text) {
		if pattern[i] == '9' && (text[i] < '0' || text[i] > '9') || pattern[i] != '9' && text[i] != pattern[i] {
			return false
		}
	}
	return true
}

// registryOf returns what a targetType names: the token of a registry that is known, or of
// any other extension; "" for what is of CASE.
func registryOf(targetType string) string {
	rest, extension := strings.CutPrefix(targetType, "ext:")
	if token := registryNamed(rest); token != "" {
		return token
	}
	if !extension || !extensionToken(targetType) {
		return ""
	}
	return strings.ToLower(rest)
}
