// Package safehttp builds HTTP clients that may be pointed at addresses chosen
// by strangers: the issuer, key, schema and status URLs of a credential.
//
// A [Policy] says what such a client may do. Its zero value is the strict one:
//
//   - https only, TLS 1.2 or later, port 443, no user name in the URL, an ASCII
//     host name;
//   - public addresses only. The check is made on the address that is about to
//     be connected to, after name resolution, so a name that resolves
//     differently the second time (DNS rebinding), a numeric spelling of an
//     address and a redirect into the own network all end at the same guard;
//   - three redirects, each checked like the first request;
//   - ten seconds for the whole exchange, a bounded header and a bounded body;
//   - no cookies, no Referer, no proxy from the environment, no compression.
//
// [New] returns an ordinary *http.Client whose transport enforces the policy on
// every request and every hop. Refusals are an [*Error] within the *url.Error
// that net/http returns; [errors.As] finds them.
//
// The guard knows addresses, not intent: a public address may still belong to
// the operator. Whoever must keep such hosts out does so in the firewall.
package safehttp
