// Package oauthclient connects an application to hosts of Open Badges 3.0 and CLR 2.0: it
// finds a host's endpoints in its service description document, registers there, sends a
// person to allow what the application asks for, and keeps and renews the tokens.
//
//	client, err := oauthclient.New(oauthclient.Config{Application: app, Store: store})
//	…
//	host, err := client.Discover(ctx, "https://backpack.example/demo")
//	to, err := client.Begin(ctx, person, host, scopes...)       // send the browser there
//	…
//	connection, err := client.Finish(ctx, person, r.URL.Query()) // at the redirect URI
//	…
//	connection, err := client.Connection(ctx, person, host.Discovery) // any time later
//	resp, err := connection.Do(request)
//
// A token goes to the service of the host that gave it and to no other address: not by a
// redirect, not by a link. What may be reached is guarded as in package vc/fetch.
package oauthclient
