package guard

// Legible reads an error before it is handed on, within [Call]: a nil pointer as
// an error panics when somebody reads it, and by then nobody expects a panic.
func Legible[T any](value T, err error) (T, error) {
	if err != nil {
		_ = err.Error()
	}
	return value, err
}
