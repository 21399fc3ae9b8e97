package bake_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/ob/bake"
)

func TestDetect(t *testing.T) {
	cases := []struct {
		content string
		want    bake.Format
	}{
		{"", bake.Unknown},
		{" \n", bake.Unknown},
		{"\x89PNG\r\n\x1a\nrest", bake.PNG},
		{"\x89PNG\r\n\x1a", bake.Unknown},
		{" \x89PNG\r\n\x1a\n", bake.Unknown},
		{`{"a":1}`, bake.JSON},
		{"\xef\xbb\xbf\r\n\t {", bake.JSON},
		{`[{}]`, bake.Unknown},
		{badgeJWS, bake.JWS},
		{"\xef\xbb\xbf " + badgeJWS + "\n", bake.JWS},
		{"a.b", bake.Unknown},
		{"a.b.c.d", bake.Unknown},
		{"a..c", bake.Unknown},
		{"a.b.", bake.Unknown},
		{"a.b.c=", bake.Unknown},
		{"https://badges.example/1", bake.URL},
		{"http://badges.example/1 \n", bake.URL},
		{"https:///1", bake.Unknown},
		{"httpx://badges.example", bake.Unknown},
		{"http", bake.Unknown},
		{"https://badges.example/a b", bake.Unknown},
		{"https://badges.example/" + strings.Repeat("a", 2048), bake.Unknown},
		{`<svg/>`, bake.SVG},
		{`<svg>`, bake.SVG},
		{`<s:svg xmlns:s="http://www.w3.org/2000/svg">`, bake.SVG},
		{"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- <html> -->\n<!DOCTYPE svg [ <!ENTITY a '>'> ]>\n<svg\n", bake.SVG},
		{`<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x"><?a?><svg `, bake.SVG},
		{"\xff\xfe<\x00s\x00", bake.SVG},
		{"\x00<\x00s", bake.SVG},
		{`<svgz/>`, bake.Unknown},
		{`<html><svg/></html>`, bake.Unknown},
		{`<!DOCTYPE html><svg/>x`, bake.SVG}, // the scanner judges the rest
		{`<!-- <svg/>`, bake.Unknown},
		{`<?xml `, bake.Unknown},
		{`<!DOCTYPE svg [`, bake.Unknown},
		{`<!DOCTYPE svg []`, bake.Unknown},
		{`<!-- a -->svg`, bake.Unknown},
		{`<`, bake.Unknown},
	}
	for _, c := range cases {
		require.Equal(t, c.want, bake.Detect([]byte(c.content)), "%.80q", c.content)
	}
}
