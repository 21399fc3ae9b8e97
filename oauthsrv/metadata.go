package oauthsrv

import "net/http"

// serverMetadata is the document of RFC 8414, 2.
type serverMetadata struct {
	Issuer            string   `json:"issuer"`
	Authorization     string   `json:"authorization_endpoint"`
	Token             string   `json:"token_endpoint"`
	Registration      string   `json:"registration_endpoint"`
	Revocation        string   `json:"revocation_endpoint"`
	Scopes            []string `json:"scopes_supported"`
	ResponseTypes     []string `json:"response_types_supported"`
	ResponseModes     []string `json:"response_modes_supported"`
	GrantTypes        []string `json:"grant_types_supported"`
	AuthMethods       []string `json:"token_endpoint_auth_methods_supported"`
	RevocationMethods []string `json:"revocation_endpoint_auth_methods_supported"`
	ChallengeMethods  []string `json:"code_challenge_methods_supported"`
	IssParameter      bool     `json:"authorization_response_iss_parameter_supported"` // RFC 9207, 3
	RequestURI        bool     `json:"request_uri_parameter_supported"`                // true where it is absent
	Terms             string   `json:"op_tos_uri,omitempty"`
	Policy            string   `json:"op_policy_uri,omitempty"`
}

func (s *Server) metadata(w http.ResponseWriter, _ *http.Request, at *site) {
	m := serverMetadata{
		Issuer: at.Issuer, Authorization: at.Authorization, Token: at.Token, Registration: at.Registration, Revocation: at.Revocation,
		ResponseTypes: []string{responseCode}, ResponseModes: []string{"query"}, GrantTypes: []string{grantCode, grantRefresh},
		AuthMethods: []string{authBasic}, RevocationMethods: []string{authBasic}, ChallengeMethods: []string{"S256"}, IssParameter: true,
		Terms: at.Terms, Policy: at.Policy,
	}
	for _, scope := range at.Scopes {
		m.Scopes = append(m.Scopes, scope.Name)
	}
	m.Scopes = append(m.Scopes, ScopeOffline)
	w.Header().Set("Cache-Control", "max-age=300") // it is the same for everybody
	w.Header().Del("Pragma")
	sendJSON(w, http.StatusOK, m)
}
