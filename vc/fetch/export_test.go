package fetch

// Expires is the reading of freshness, for its fuzz target.
var Expires = expires

// Waiting is how many wait for answers at present.
func Waiting(c *Client) (n int) {
	c.asking.mu.Lock()
	defer c.asking.mu.Unlock()
	for _, f := range c.asking.all {
		n += f.waiting
	}
	return n
}
