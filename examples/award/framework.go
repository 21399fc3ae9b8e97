package main

import (
	"encoding/json"
	"os"
	"path/filepath"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/plan"
)

// catalog reads the frameworks of files.
func catalog(names []string) (*casefw.Catalog, error) {
	var all []*casefw.Framework
	for _, name := range names {
		f, err := framework(name)
		if err != nil {
			return nil, err
		}
		all = append(all, f)
	}
	return casefw.NewCatalog(all...), nil
}

func framework(name string) (*casefw.Framework, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	f, _, err := casefw.LoadBytes(text, casefw.Options{})
	return f, err
}

// packages are the places, from the folder of a file of cases on, where its frameworks may
// be.
var packages = []string{"*.json", "packages/*.json", "packages/*/*.json", "../packages/*.json", "../packages/*/*.json"}

// beside finds the files of frameworks that plans name, in packages near a file of cases or
// among the published data beside the checkout.
func beside(cases string, wanted map[string]bool) (names []string) {
	patterns := []string{"../shared/data/case/packages/synthetic/*.json"}
	for _, p := range packages {
		patterns = append(patterns, filepath.Join(filepath.Dir(cases), p))
	}
	for _, pattern := range patterns {
		files, err := filepath.Glob(pattern)
		if err != nil {
			continue
		}
		for _, name := range files {
			if id := documentOf(name); wanted[id] {
				names, wanted[id] = append(names, name), false // the first of its name
			}
		}
	}
	return names
}

// documentOf is the identifier of the framework in a file, "" where it has none.
func documentOf(name string) string {
	text, err := os.ReadFile(name)
	if err != nil {
		return ""
	}
	var p struct {
		CFDocument struct {
			Identifier string `json:"identifier"`
		}
	}
	if json.Unmarshal(text, &p) != nil {
		return ""
	}
	return p.CFDocument.Identifier
}

func engine(o options, plans []byte, c *casefw.Catalog) (*plan.Engine, error) {
	all, err := plan.Parse(plans)
	if err != nil {
		return nil, err
	}
	return plan.New(all, plan.Config{Frameworks: c, Now: o.clock})
}
