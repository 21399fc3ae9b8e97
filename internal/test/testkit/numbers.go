package testkit

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"testing"
)

// Numbers runs try for each field of a Config that holds a number or a duration, also
// in a struct within it, with each of the values that such fields are got wrong by:
// zero, one, minus one, the least and the greatest. The other fields are those of base.
func Numbers[C any](t *testing.T, base C, try func(t *testing.T, field string, value int64, c C)) {
	t.Helper()
	fields := numbers(reflect.TypeFor[C](), nil)
	if len(fields) == 0 {
		t.Fatal("the Config has no numbers")
	}
	for _, field := range fields {
		for _, value := range []int64{0, 1, -1, math.MinInt64, math.MaxInt64} {
			t.Run(fmt.Sprintf("%s=%d", field.Name, value), func(t *testing.T) {
				c := base
				f := reflect.ValueOf(&c).Elem().FieldByIndex(field.Index)
				if f.OverflowInt(value) {
					t.Skipf("%s does not hold it", f.Type())
				}
				f.SetInt(value)
				try(t, field.Name, value, c)
			})
		}
	}
}

// numbers are the fields of a struct that hold numbers, at every depth, each with the
// way to it.
func numbers(of reflect.Type, within []int) (all []reflect.StructField) {
	for i := range of.NumField() {
		field := of.Field(i)
		field.Index = append(slices.Clone(within), i)
		switch {
		case !field.IsExported():
		case field.Type.Kind() == reflect.Struct:
			all = append(all, numbers(field.Type, field.Index)...)
		case reflect.Zero(field.Type).CanInt():
			all = append(all, field)
		}
	}
	return all
}
