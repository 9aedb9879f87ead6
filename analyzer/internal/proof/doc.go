// Package proof holds no code of its own: its tests run programs against the real SDK and compare what they did with
// what the evaluator says they do.
package proof
