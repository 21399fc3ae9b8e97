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
		{"", bake.FormatUnknown},
		{" \n", bake.FormatUnknown},
		{"\x89PNG\r\n\x1a\nrest", bake.PNG},
		{"\x89PNG\r\n\x1a", bake.FormatUnknown},
		{" \x89PNG\r\n\x1a\n", bake.FormatUnknown},
		{`{"a":1}`, bake.JSON},
		{"\xef\xbb\xbf\r\n\t {", bake.JSON},
		{`[{}]`, bake.FormatUnknown},
		{badgeJWS, bake.JWS},
		{"\xef\xbb\xbf " + badgeJWS + "\n", bake.JWS},
		{"a.b", bake.FormatUnknown},
		{"a.b.c.d", bake.FormatUnknown},
		{"a..c", bake.FormatUnknown},
		{"a.b.", bake.FormatUnknown},
		{"a.b.c=", bake.FormatUnknown},
		{"https://badges.example/1", bake.URL},
		{"http://badges.example/1 \n", bake.URL},
		{"https:///1", bake.FormatUnknown},
		{"httpx://badges.example", bake.FormatUnknown},
		{"http", bake.FormatUnknown},
		{"https://badges.example/a b", bake.FormatUnknown},
		{"https://badges.example/" + strings.Repeat("a", 2048), bake.FormatUnknown},
		{`<svg/>`, bake.SVG},
		{`<svg>`, bake.SVG},
		{`<s:svg xmlns:s="http://www.w3.org/2000/svg">`, bake.SVG},
		{"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- <html> -->\n<!DOCTYPE svg [ <!ENTITY a '>'> ]>\n<svg\n", bake.SVG},
		{`<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x"><?a?><svg `, bake.SVG},
		{"\xff\xfe<\x00s\x00", bake.SVG},
		{"\x00<\x00s", bake.SVG},
		{`<svgz/>`, bake.FormatUnknown},
		{`<html><svg/></html>`, bake.FormatUnknown},
		{`<!DOCTYPE html><svg/>x`, bake.SVG}, // the scanner judges the rest
		{`<!-- <svg/>`, bake.FormatUnknown},
		{`<?xml `, bake.FormatUnknown},
		{`<!DOCTYPE svg [`, bake.FormatUnknown},
		{`<!DOCTYPE svg []`, bake.FormatUnknown},
		{`<!-- a -->svg`, bake.FormatUnknown},
		{`<`, bake.FormatUnknown},
	}
	for _, c := range cases {
		require.Equal(t, c.want, bake.Detect([]byte(c.content)), "%.80q", c.content)
	}
}
