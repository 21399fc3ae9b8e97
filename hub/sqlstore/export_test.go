package sqlstore

// The statements that the ratios are measured against.
var (
	Upsert = upsert
	Same   = same
	Page   = listings[all].page
)

// Owned is a key.
var Owned = owned
