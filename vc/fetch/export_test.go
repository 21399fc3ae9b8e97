package fetch

// Expires is the reading of freshness, for its fuzz target.
var Expires = expires
