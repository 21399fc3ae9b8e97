package fetch

// Limit puts a [Budget] of n requests around what f costs: a trust pack, alone or
// in front of another Fetcher, answers freely, since nothing leaves the machine.
// A nil f is [Offline].
func Limit(f Fetcher, n int) Fetcher {
	switch f := f.(type) {
	case nil:
		return Offline{}
	case *Pack:
		return f
	case *layered:
		return &layered{pack: f.pack, next: NewBudget(f.next, n)}
	}
	return NewBudget(f, n)
}
