package schema

import (
	"encoding/json"

	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/internal/jsonx"
)

// decoded is a value as the library takes it.
func decoded(v jsonx.Value) any {
	switch v.Kind() {
	case jsonx.Object:
		object := make(map[string]any, v.Len())
		for m := v.First(); m.Exists(); m = m.Next() {
			object[m.Name()] = decoded(m)
		}
		return object
	case jsonx.Array:
		array := make([]any, 0, v.Len())
		for item := v.First(); item.Exists(); item = item.Next() {
			array = append(array, decoded(item))
		}
		return array
	case jsonx.String:
		return v.Text()
	case jsonx.Number: // as everybody reads it: 1e-999999 is zero, and no number of a million digits
		f, _ := v.Float()
		return json.Number(jcs.AppendNumber(nil, f))
	case jsonx.True, jsonx.False:
		return v.Kind() == jsonx.True
	}
	return nil
}
