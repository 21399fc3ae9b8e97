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
		return &layered{pack: f.pack, next: Limit(f.next, n)}
	}
	return NewBudget(f, n)
}

// Method returns what the trust packs of f say about a verification method that
// they hold under its full URL: its operator's statement that the method's
// controller lists it. Nothing is fetched.
func Method(f Fetcher, url string) (method []byte, ok bool) {
	switch f := f.(type) {
	case *Pack:
		return f.Method(url)
	case *layered:
		if method, ok := f.pack.Method(url); ok {
			return method, true
		}
		return Method(f.next, url)
	case *Budget:
		return Method(f.next, url)
	}
	return nil, false
}
