package eval

import (
	"encoding/binary"
	"hash/maphash"
)

// identity sums up what a block is entered with: two of one identity are as unlikely as two of one 128-bit hash.
type identity [2]uint64

// identifier makes identities.
type identifier struct {
	key   []byte // what was spelt last
	seeds [2]maphash.Seed
}

func newIdentifier() identifier {
	return identifier{seeds: [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}}
}

// identify sums up what was spelt.
func (i *identifier) identify(key []byte) identity {
	i.key = key
	return identity{maphash.Bytes(i.seeds[0], key), maphash.Bytes(i.seeds[1], key)}
}

// itemKey sums up what tells items at the entry of one block apart.
func (r *run) itemKey(it *item) identity {
	key := r.items.key[:0]
	for _, value := range it.registers.values {
		if value == nil {
			key = appendInt(key, 0)
		} else {
			key = appendInt(key, value.ID)
		}
	}
	for d := it.deferred; d != nil; d = d.next {
		key = appendInt(key, int(d.block)<<16|int(d.index))
	}
	for _, block := range it.decided {
		key = appendInt(key, int(block))
	}
	key = append(key, '/')
	for _, block := range it.failed {
		key = appendInt(key, int(block))
	}
	key = append(key, '/')
	return r.items.identify(it.state.appendKey(key))
}

// appendKey spells what tells a state from those it may be merged with; what is only told to the user is left out.
func (s *state) appendKey(key []byte) []byte {
	key = append(key, byte(s.phase))
	key = appendBits(key, s.waited, s.maybe, s.noted, s.looked, s.kept)
	key = appendBits(key, s.again, s.strayed, s.decided, s.told, s.changed, s.lookedLate)
	key = appendBits(key, s.listed, s.wrote)
	if s.target != nil {
		key = appendInt(key, s.target.Request.ID)
		key = append(key, s.target.Chain.Key...)
	}
	key = binary.LittleEndian.AppendUint64(key, s.digest[0])
	key = binary.LittleEndian.AppendUint64(key, s.digest[1])
	for _, c := range s.choices {
		key = appendInt(key, c.condition.ID)
		key = appendBits(key, c.taken)
	}
	for _, loop := range s.left {
		key = append(key, loop...)
	}
	for _, loop := range s.usedUp {
		key = append(key, '=')
		key = append(key, loop...)
	}
	return key
}

func appendBits(key []byte, bits ...bool) []byte {
	n := byte('a')
	for i, bit := range bits {
		if bit {
			n += 1 << i
		}
	}
	return append(key, n)
}

func appendInt(key []byte, n int) []byte {
	return append(key, byte(n), byte(n>>8), byte(n>>16), byte(n>>24))
}
