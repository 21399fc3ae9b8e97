package rest

// Folds returns how many texts are folded to select from n records.
func Folds(m *Matcher, n int, at func(int) Object) int {
	s := m.newSight()
	for i := range n {
		m.match(at(i), s)
	}
	return s.folds
}
