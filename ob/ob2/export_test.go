package ob2

// PublishedType is a type of an extension that 1EdTech publishes.
func PublishedType(name string) string { return published()[name].types[0] }
