package plan

// ordered puts plans behind those whose achievements they require, and returns apart
// those that wait for one another.
func ordered(plans []Plan) (order, waiting []int) {
	awarding := map[string][]int{}
	for i := range plans {
		awarding[plans[i].Achievement] = append(awarding[plans[i].Achievement], i)
	}
	open, dependants := make([]int, len(plans)), make([][]int, len(plans))
	for i := range plans {
		for achievement := range required(&plans[i].Condition) {
			for _, before := range awarding[achievement] {
				open[i]++
				dependants[before] = append(dependants[before], i)
			}
		}
	}
	for i, n := range open {
		if n == 0 {
			order = append(order, i)
		}
	}
	for next := 0; next < len(order); next++ {
		for _, i := range dependants[order[next]] {
			if open[i]--; open[i] == 0 {
				order = append(order, i)
			}
		}
	}
	for i, n := range open {
		if n > 0 {
			waiting = append(waiting, i)
		}
	}
	return order, waiting
}

// required are the achievements that a condition asks about, under not too.
func required(c *Condition) map[string]bool {
	all := map[string]bool{}
	var walk func(*Condition, int)
	walk = func(c *Condition, depth int) {
		if c.Achievement != "" {
			all[c.Achievement] = true
		}
		if c.Not != nil && depth < maxDepth {
			walk(c.Not, depth+1)
		}
		for _, group := range [][]Condition{c.AllOf, c.AnyOf, c.Of} {
			for i := range group {
				if depth < maxDepth {
					walk(&group[i], depth+1)
				}
			}
		}
	}
	walk(c, 1)
	return all
}
