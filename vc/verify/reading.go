package verify

func (s *state) reading() {}
