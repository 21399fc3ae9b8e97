package vcapi

import (
	"encoding/json"
	"net/http"
)

// endpoint is one in the suites' configuration.
type endpoint struct {
	ID       string              `json:"id"`
	Endpoint string              `json:"endpoint"`
	Tags     []string            `json:"tags"`
	Keys     []string            `json:"supportedEcdsaKeyTypes,omitempty"`
	Supports map[string][]string `json:"supports"`
}

// localConfig writes the file by which the suites find this server.
func (s *Server) localConfig(w http.ResponseWriter, r *http.Request) {
	base := "http://" + r.Host
	if r.TLS != nil {
		base = "https://" + r.Host
	}
	models := map[string][]string{"vc": {"1.1", "2.0"}}
	var issuers []endpoint
	all := endpoint{ID: base, Endpoint: base + "/credentials/verify", Keys: []string{keyP256, keyP384}, Supports: models}
	for _, f := range forms {
		name := string(f.form) + "/" + f.key
		issuers = append(issuers, endpoint{ID: s.issuers[name].id, Endpoint: base + "/" + name + "/credentials/issue",
			Tags: f.tags, Keys: []string{f.key}, Supports: models})
		all.Tags = append(all.Tags, f.tags...)
	}
	presented := endpoint{ID: base, Endpoint: base + "/presentations/verify", Tags: []string{tagModel, tagEnvelope}, Supports: models}
	holder := endpoint{ID: base, Endpoint: base + "/credentials/derive", Tags: []string{tagHolder}, Supports: models}
	text, _ := json.MarshalIndent(map[string]any{
		"settings": map[string]bool{"enableInteropTests": true, "testAllImplementations": false},
		"implementations": []any{map[string]any{"name": "Laurel", "implementation": "Laurel", "issuers": issuers,
			"verifiers": []endpoint{all}, "vpVerifiers": []endpoint{presented},
			"vcHolders": []endpoint{holder}}},
	}, "", "  ")
	w.Header().Set("Content-Type", "text/javascript")
	_, _ = w.Write(append(append([]byte("module.exports = "), text...), ";\n"...)) // whoever asked has gone
}
