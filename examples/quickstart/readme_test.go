package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What the README shows compiles and runs: its Go is the body of functions in the
// examples of vc/verify, but for the indentation.
func TestReadmeIsCompiled(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	source, err := os.ReadFile("../../vc/verify/example_test.go")
	require.NoError(t, err)
	blocks := regexp.MustCompile("(?s)```go\n(.*?)```").FindAllStringSubmatch(string(readme), -1)
	require.Len(t, blocks, 3)
	for _, block := range blocks {
		require.Contains(t, flush(string(source)), flush(block[1]))
		require.LessOrEqual(t, strings.Count(block[1], "\n"), 15, "fifteen lines were promised")
	}
}

// flush takes the indentation off.
func flush(code string) string {
	lines := strings.Split(code, "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return strings.Join(lines, "\n")
}

// Every file and folder that the README links exists.
func TestReadmeLinks(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	prose := regexp.MustCompile("(?s)```.*?```").ReplaceAllString(string(readme), "")
	links := regexp.MustCompile(`\]\(([^)]+)\)`).FindAllStringSubmatch(prose, -1)
	require.NotEmpty(t, links)
	for _, link := range links {
		_, err := os.Stat(filepath.Join("../..", link[1]))
		require.NoError(t, err)
	}
}
