package conformance

import (
	"fmt"
	"slices"
	"strings"
)

// Role is what a product wants to be certified as, or one of the services that such roles
// are made of. The zero Role is none.
type Role string

// The roles of the guides.
const (
	RoleOBIssuerOnly   Role = "ob-issuer-only"
	RoleOBIssuer       Role = "ob-issuer"
	RoleOBDisplayer    Role = "ob-displayer"
	RoleOBHost         Role = "ob-host"
	RoleCLRPublisher   Role = "clr-publisher"
	RoleCLRDisplayer   Role = "clr-displayer"
	RoleCLRHost        Role = "clr-host"
	RoleCASEProvider10 Role = "case-provider-1.0"
	RoleCASEProvider11 Role = "case-provider-1.1"
	RoleCASEConsumer10 Role = "case-consumer-1.0"
	RoleCASEConsumer11 Role = "case-consumer-1.1"
)

// The services, which can be tested by themselves and are not certified alone.
const (
	RoleOBProviderRead   Role = "ob-provider-read"
	RoleOBProviderWrite  Role = "ob-provider-write"
	RoleOBConsumerRead   Role = "ob-consumer-read"
	RoleOBConsumerWrite  Role = "ob-consumer-write"
	RoleCLRProviderRead  Role = "clr-provider-read"
	RoleCLRProviderWrite Role = "clr-provider-write"
	RoleCLRConsumerRead  Role = "clr-consumer-read"
	RoleCLRConsumerWrite Role = "clr-consumer-write"
)

// roleFact is what is known of a role.
type roleFact struct {
	role     Role
	title    string
	includes []Role // services that it consists of
	optional []Role // services that it may have
	short    string // the word that stands for it in ParseRole
}

var roleFacts = []roleFact{
	{RoleOBIssuerOnly, "Open Badges 3.0 issuer, without the interface", nil, nil, "issuer-only"},
	{RoleOBIssuer, "Open Badges 3.0 issuer", []Role{RoleOBIssuerOnly}, []Role{RoleOBConsumerWrite}, "issuer"},
	{RoleOBDisplayer, "Open Badges 3.0 displayer", nil, nil, "displayer"},
	{RoleOBHost, "Open Badges 3.0 host", []Role{RoleOBProviderRead, RoleOBProviderWrite, RoleOBConsumerRead}, nil, "host"},
	{RoleOBProviderRead, "Open Badges 3.0 service provider, read", nil, nil, "provider-read"},
	{RoleOBProviderWrite, "Open Badges 3.0 service provider, write", nil, nil, "provider-write"},
	{RoleOBConsumerRead, "Open Badges 3.0 service consumer, read", nil, nil, "consumer-read"},
	{RoleOBConsumerWrite, "Open Badges 3.0 service consumer, write", nil, nil, "consumer-write"},
	{RoleCLRPublisher, "CLR 2.0 publisher or issuer", []Role{RoleCLRConsumerWrite}, nil, "publisher"},
	{RoleCLRDisplayer, "CLR 2.0 displayer or consumer", []Role{RoleCLRConsumerRead}, nil, "clr-consumer"},
	{RoleCLRHost, "CLR 2.0 host", []Role{RoleCLRProviderRead, RoleCLRProviderWrite}, nil, ""},
	{RoleCLRProviderRead, "CLR 2.0 service provider, read", nil, nil, ""},
	{RoleCLRProviderWrite, "CLR 2.0 service provider, write", nil, nil, ""},
	{RoleCLRConsumerRead, "CLR 2.0 service consumer, read", nil, nil, ""},
	{RoleCLRConsumerWrite, "CLR 2.0 service consumer, write", nil, nil, ""},
	{RoleCASEProvider10, "CASE 1.0 provider", nil, nil, ""},
	{RoleCASEProvider11, "CASE 1.1 provider", nil, nil, "provider"},
	{RoleCASEConsumer10, "CASE 1.0 consumer", nil, nil, ""},
	{RoleCASEConsumer11, "CASE 1.1 consumer", nil, nil, "consumer"},
}

// Roles lists the roles and services.
func Roles() (all []Role) {
	for _, f := range roleFacts {
		all = append(all, f.role)
	}
	return all
}

// Title is the role in words, "" for none.
func (r Role) Title() string { return r.fact().title }

// fact is what is known of the role, nothing for none.
func (r Role) fact() roleFact {
	if k := slices.IndexFunc(roleFacts, func(f roleFact) bool { return f.role == r }); k >= 0 {
		return roleFacts[k]
	}
	return roleFact{}
}

// parts are the role and the services that it consists of.
func (r Role) parts() []Role { return append([]Role{r}, r.fact().includes...) }

// ParseRole reads the name of a role, or the one word that stands for it: issuer-only,
// issuer, displayer, host and the services provider-read, provider-write, consumer-read and
// consumer-write are those of Open Badges, publisher and clr-consumer of CLR, provider and
// consumer of CASE 1.1.
func ParseRole(text string) (Role, error) {
	text = strings.ToLower(strings.TrimSpace(text))
	for _, f := range roleFacts {
		if text != "" && (text == string(f.role) || text == f.short) {
			return f.role, nil
		}
	}
	var names []string
	for _, f := range roleFacts {
		names = append(names, string(f.role))
	}
	return "", fmt.Errorf("conformance: no role is called %q; there are %s", text, strings.Join(names, ", "))
}
