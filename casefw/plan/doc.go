// Package plan decides from the results of gradebooks who has earned an achievement.
package plan
