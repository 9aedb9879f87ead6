package fate

import (
	"slices"

	"github.com/ociretry/ociretry/analyzer/internal/eval"
)

// A run that several rows share is watched once. What a watcher notes by the row, or counts, it does again for each of the
// other rows.

// seenOnce is what was seen of one run that counts for each row.
type seenOnce struct {
	handed []handedBack
	made   []madeOnce
}

// madeOnce is a predicate or a pause that was made.
type madeOnce struct {
	chain  *eval.Chain
	value  eval.Value
	memory *eval.Memory
}

// handsBack notes that a call was seen to hand back the error.
func (w *watcher) handsBack(handed handedBack) {
	w.survey.handsBack[handed] = true
	if w.row != nil && !slices.Contains(w.once.handed, handed) {
		w.once.handed = append(w.once.handed, handed)
	}
}

// seeAgain sees for another row what was seen of a run.
func (w *watcher) seeAgain(once seenOnce, row *eval.Row) {
	for _, handed := range once.handed {
		handed.row = row
		w.survey.handsBack[handed] = true
	}
	for _, made := range once.made {
		w.Closure(made.chain, made.value, made.memory)
	}
}
