package loopback_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/loopback"
)

func TestURL(t *testing.T) {
	for _, s := range []string{"http://127.0.0.1:8080/issuer", "http://localhost/x#k", "http://LOCALHOST:1", "http://[::1]:80/", "http://[::ffff:127.0.0.1]/", "http://127.9.9.9"} {
		require.True(t, loopback.URL(s), s)
	}
	for _, s := range []string{"", "http://", "https://127.0.0.1/", "http://school.example/", "http://127.0.0.1.example/", "http://localhost.example/",
		"http://10.0.0.1/", "http://user@127.0.0.1/", "http://127.0.0.1@school.example/", "HTTP://127.0.0.1/", "did:web:localhost", "http://127.0.0.1:port/"} {
		require.False(t, loopback.URL(s), s)
	}
}
