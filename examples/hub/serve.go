package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"time"
)

// loginURL is where the authorization server sends people to sign in.
func loginURL(tenant, returnTo string) string {
	return "/" + tenant + "/login?" + url.Values{"return": {returnTo}}.Encode()
}

// patience is how long requests that are under way may take when the hub stops.
const patience = 10 * time.Second

// serve serves until ctx ends, and then what is under way.
func serve(ctx context.Context, o *options, s *stores, stdout, stderr io.Writer) error {
	listener, err := net.Listen("tcp", o.addr)
	if err != nil {
		return err
	}
	defer listener.Close()
	host, port := hostOf(o.addr), listener.Addr().(*net.TCPAddr).Port
	base := "https://" + net.JoinHostPort(host, fmt.Sprint(port))
	certificate, authority, err := newCertificate(host)
	if err != nil {
		return err
	}
	logger := slog.New(slog.NewJSONHandler(stderr, nil))
	site, err := newSite(o, s, base, logger)
	if err != nil {
		return err
	}
	if err := os.WriteFile(o.ca, authority, 0o644); err != nil {
		return err
	}
	server := &http.Server{
		Handler: site.gate, TLSConfig: &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12},
		ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 2 * time.Minute, WriteTimeout: 2 * time.Minute, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 64 << 10,
		ErrorLog:       log.New(io.Discard, "", 0), // it has addresses of people
	}
	go site.sweep(ctx)
	fmt.Fprintln(stdout, "listening on", base)
	return until(ctx, server, listener)
}

// hostOf is the name by which the hub calls itself.
func hostOf(addr string) string {
	host, _, _ := net.SplitHostPort(addr)
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		return "localhost"
	}
	return host
}

// until serves until ctx ends. Requests that are under way then are answered.
func until(ctx context.Context, server *http.Server, l net.Listener) error {
	ended := make(chan error, 1)
	go func() { ended <- server.ServeTLS(l, "", "") }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	most, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	if err := server.Shutdown(most); errors.Is(err, context.DeadlineExceeded) {
		return server.Close()
	} else if err != nil {
		return err
	}
	return nil
}
