package plan

import (
	"encoding/json"

	"github.com/laurel-edu/laurel/casefw"
)

// MarshalJSON implements json.Marshaler: the form that [ParseEvent] reads.
func (s Score) MarshalJSON() ([]byte, error) {
	type members Score
	return json.Marshal(struct {
		Item      string `json:"item,omitempty"`
		Criterion string `json:"rubricCriterion,omitempty"`
		Level     string `json:"level,omitempty"`
		members
	}{written(s.Item), written(s.Criterion), written(s.Level), members(s)})
}

func written(id casefw.GUID) string {
	if id.IsZero() {
		return ""
	}
	return id.String()
}
