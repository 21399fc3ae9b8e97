package rdf

import (
	"bytes"
	"encoding/hex"
)

// frame holds the buffers of one open call of hashNDegree.
type frame struct {
	data    []byte  // to be hashed
	list    []int32 // neighbours under one related hash
	path    []byte  // being built
	pending []int32 // neighbours that this path named and that must be visited
	chosen  []byte  // least path so far
	found   bool    // whether there is a chosen path
	trail   []int32 // what the chosen path named
}

func (c *canonicalizer) frame(depth int) *frame {
	for len(c.search.frames) <= depth {
		c.search.frames = append(c.search.frames, new(frame))
	}
	return c.search.frames[depth]
}

// choosePath finds the least path through the neighbours of f.list (RDFC-1.0,
// 4.8, step 5.4) and gives them the temporary names that they have on it.
func (c *canonicalizer) choosePath(f *frame, depth int) error {
	f.found, f.chosen = false, f.chosen[:0]
	f.path, f.pending = f.path[:0], f.pending[:0]
	if len(f.list) > 1 && c.allSettled(f.list) {
		return c.leastPath(f)
	}
	if c.allTwins(f.list) {
		return c.onlyPath(f, depth)
	}
	mark := len(c.search.trail)
	if err := c.permute(f, 0, depth, mark); err != nil {
		return err
	}
	for _, n := range f.trail {
		c.issueTemporary(n)
	}
	return nil
}

func (c *canonicalizer) allSettled(list []int32) bool {
	for _, n := range list {
		if !c.settled(n) {
			return false
		}
	}
	return true
}

// onlyPath walks the neighbours in the order of the list, where every other order
// gives the same path. Nothing is compared or taken back.
func (c *canonicalizer) onlyPath(f *frame, depth int) error {
	if err := c.work.spend(len(f.list)); err != nil {
		return err
	}
	for _, n := range f.list {
		c.step(f, n)
	}
	if _, err := c.visitPending(f, depth); err != nil {
		return err
	}
	f.chosen = append(f.chosen, f.path...)
	return nil
}

// step adds a neighbour's name to the path, issuing one if it has none (step
// 5.4.4 of the standard).
func (c *canonicalizer) step(f *frame, n int32) {
	if !c.settled(n) {
		c.issueTemporary(n)
		f.pending = append(f.pending, n)
	}
	f.path = c.appendName(f.path, n)
}

// visitPending adds the hashes of the neighbours that the path named (step
// 5.4.5). It stops, and says so, when the path can no longer be the least.
func (c *canonicalizer) visitPending(f *frame, depth int) (worse bool, err error) {
	for _, n := range f.pending {
		hash, err := c.hashNDegree(n, depth+1)
		if err != nil {
			return true, err
		}
		f.path = c.appendName(f.path, n)
		f.path = append(f.path, '<')
		f.path = hex.AppendEncode(f.path, hash[:c.size])
		f.path = append(f.path, '>')
		if !f.found {
			continue
		}
		if err := c.work.spendLooking(len(f.path)); err != nil || f.worse() {
			return true, err
		}
	}
	return false, nil
}

// permute tries all orders of f.list[k:] after the path so far. Two orders are
// left out, because they give a path that was tried: one that puts a node where
// the same node stood (a neighbour can be listed twice), and one that puts a node
// where a twin of it stood while neither had a name.
func (c *canonicalizer) permute(f *frame, k, depth, mark int) error {
	if k == len(f.list) {
		return c.endPath(f, depth, mark)
	}
	path, pending, trail := len(f.path), len(f.pending), len(c.search.trail)
	for i := k; i < len(f.list); i++ {
		if err := c.work.spendLooking(len(f.path) + 16*(i-k)); err != nil {
			return err
		}
		if c.tried(f.list[k:i], f.list[i]) {
			continue
		}
		f.list[k], f.list[i] = f.list[i], f.list[k]
		c.step(f, f.list[k])
		if !f.worse() {
			if err := c.permute(f, k+1, depth, mark); err != nil {
				return err
			}
		}
		c.takeBack(trail)
		f.path, f.pending = f.path[:path], f.pending[:pending]
		f.list[k], f.list[i] = f.list[i], f.list[k]
	}
	return nil
}

// tried reports whether a node gives the same paths as one of those before it.
func (c *canonicalizer) tried(before []int32, n int32) bool {
	for _, b := range before {
		if b == n || c.nodes[b].kin == c.nodes[n].kin && !c.settled(b) && !c.settled(n) {
			return true
		}
	}
	return false
}

// endPath completes a path whose names are all there and keeps it if it is less
// than the chosen one (steps 5.4.5 and 5.4.6).
func (c *canonicalizer) endPath(f *frame, depth, mark int) error {
	worse, err := c.visitPending(f, depth)
	if err != nil || worse {
		return err
	}
	if f.found && bytes.Compare(f.path, f.chosen) >= 0 {
		return nil
	}
	f.found = true
	f.chosen = append(f.chosen[:0], f.path...)
	f.trail = append(f.trail[:0], c.search.trail[mark:]...)
	return c.work.spendBytes(4*len(f.trail) + len(f.path))
}

// worse reports whether the path, however it goes on, will not be less than the
// chosen one: it is already greater in a place that both have, or it goes on
// where the chosen one ends. The standard waits until the path is as long as the
// chosen one before it gives up; giving up earlier loses no path that it keeps,
// for it keeps a path only if it is less as a whole.
func (f *frame) worse() bool {
	if !f.found {
		return false
	}
	both := min(len(f.path), len(f.chosen))
	r := bytes.Compare(f.path[:both], f.chosen[:both])
	return r > 0 || r == 0 && len(f.path) > len(f.chosen)
}
