// Package fetch is the only door through which a verification reaches other
// documents: controller documents and keys, status lists, schemas, refreshed
// credentials. Everything that needs one asks a [Fetcher], which is one method,
// so what may be reached is decided in one place.
//
// There are several, and they compose:
//
//   - [Offline] answers nothing. It is the default of package vc/verify.
//   - [Pack] is a trust pack: documents that the operator holds already. A pack
//     makes verification reproducible, and is enough behind a firewall.
//   - [Client] is the network, with limits on what a stranger's URL can do.
//   - [Layered] asks a pack first and the network for the rest. Package vc/verify
//     bounds how many requests one verification causes.
//   - A Fetcher of your own is wrapped by [Guard] where it enters, so that what it
//     does instead of answering is an error.
//
// The usual arrangement of a service that verifies for strangers, made once:
//
//	client, err := fetch.NewClient(fetch.Config{Cache: fetch.NewMemoryCache(0)})
//	…
//	door := fetch.Layered(pack, client)
//
// A fetched document proves that whoever holds the host name published it, no
// more. Do not decide by a document's content which host to believe.
//
// What goes wrong is an [*Error] with a stable code. [Error.Temporary] tells
// "ask again later" from "this will not change".
package fetch
