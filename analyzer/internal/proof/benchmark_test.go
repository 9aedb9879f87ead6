package proof

import "testing"

// BenchmarkPredicate evaluates generated predicates for all rows: an operation is one predicate.
func BenchmarkPredicate(b *testing.B) {
	const count = 500
	p, all := generatedProgram(b, 1, count)
	session := p.read(b)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if i%count == 0 {
			b.StopTimer()
			session = p.again(session)
			b.StartTimer()
		}
		for _, row := range session.Rows {
			evaluate(session, all[i%count].name, row)
		}
	}
}
