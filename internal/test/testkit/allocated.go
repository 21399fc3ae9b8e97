package testkit

import "runtime"

// Allocated is how many bytes are allocated while f runs, by whatever runs beside it
// too. Under the race detector pools give nothing back and all is larger: it returns 0
// there, so that a bound is tested only where it holds for users.
func Allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	if Race {
		return 0
	}
	return after.TotalAlloc - before.TotalAlloc
}
