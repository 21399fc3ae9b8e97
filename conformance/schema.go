package conformance

import (
	_ "embed" // the schema
	"slices"
)

//go:embed report.schema.json
var reportSchema []byte

// SchemaJSON is the JSON Schema of the reports that [Report.WriteJSON] writes.
func SchemaJSON() []byte { return slices.Clone(reportSchema) }
