package fetch

// Around puts wrap around what f costs: a trust pack, alone or in front of another
// Fetcher, answers freely, since nothing leaves the machine. What f plugs in is
// guarded, see [Guard]. A nil f is [Offline].
func Around(f Fetcher, wrap func(Fetcher) Fetcher) Fetcher {
	switch f := Guard(f).(type) {
	case Offline, *Pack:
		return f
	case *layered:
		return &layered{pack: f.pack, next: Around(f.next, wrap)}
	case *observed:
		return &observed{Around(f.next, wrap), f.seen}
	default:
		return wrap(f)
	}
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
	case *observed:
		return f.method(url)
	}
	return nil, false
}
