// Package house holds the whole module to its house rules. It is tests and nothing else: which package may import which,
// what no package may have, what every type must say, and how long a file may get.
package house
