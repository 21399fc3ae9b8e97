package rdf_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/rdf"
)

// The path had by sorting is the least that trying all orders finds, also where
// one name is the beginning of another.
func TestLeastPath(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 9))
	pool := []int32{0, 1, 2, 9, 10, 11, 12, 19, 100, 101, 109, 110, 111, 1000, 1001, 2147483647}
	for range 500 {
		numbers, canonical := make([]int32, 1+random.IntN(5)), make([]bool, 5)
		order := make([]int32, len(numbers))
		for i := range numbers {
			numbers[i], canonical[i], order[i] = pool[random.IntN(len(pool))], random.IntN(3) == 0, int32(i)
		}
		least := ""
		for _, p := range permutations(order) {
			path := ""
			for _, i := range p {
				if canonical[i] {
					path += fmt.Sprint("_:c14n", numbers[i])
				} else {
					path += fmt.Sprint("_:b", numbers[i])
				}
			}
			if least == "" || path < least {
				least = path
			}
		}
		require.Equal(t, least, rdf.LeastPath(numbers, canonical))
	}
}
