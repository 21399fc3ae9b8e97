package testkit

import (
	"fmt"
	"math"
	"reflect"
	"testing"
)

// Numbers runs try for each field of a Config that holds a number or a duration,
// with each of the values that such fields are got wrong by: zero, one, minus one,
// the least and the greatest. The other fields are those of base.
func Numbers[C any](t *testing.T, base C, try func(t *testing.T, field string, value int64, c C)) {
	t.Helper()
	tried := 0
	for i := range reflect.TypeFor[C]().NumField() {
		field := reflect.TypeFor[C]().Field(i)
		if !field.IsExported() || !reflect.New(field.Type).Elem().CanInt() {
			continue
		}
		tried++
		for _, value := range []int64{0, 1, -1, math.MinInt64, math.MaxInt64} {
			t.Run(fmt.Sprintf("%s=%d", field.Name, value), func(t *testing.T) {
				c := base
				f := reflect.ValueOf(&c).Elem().Field(i)
				if f.OverflowInt(value) {
					t.Skipf("%s does not hold it", f.Type())
				}
				f.SetInt(value)
				try(t, field.Name, value, c)
			})
		}
	}
	if tried == 0 {
		t.Fatal("the Config has no numbers")
	}
}
