package summary

// maxPortable bounds a body that is carried to other packages; larger ones stay at home and are undetermined there.
const maxPortable = 2_000

// Portable returns a copy of a package for other processes: without positions, tests and very large functions.
func (p *Package) Portable() *Package {
	copied := *p
	copied.Functions = nil
	for _, function := range p.Functions {
		if function.Test {
			continue
		}
		if carried := function.portable(); carried != nil {
			copied.Functions = append(copied.Functions, carried)
		}
	}
	copied.Globals = append([]Global(nil), p.Globals...)
	for i := range copied.Globals {
		copied.Globals[i].Pos = 0
	}
	return &copied
}

func (f *Function) portable() *Function {
	copied := *f
	copied.Pos = 0
	copied.Blocks = make([]Block, len(f.Blocks))
	size := 0
	for i, block := range f.Blocks {
		size += len(block.Instructions)
		copied.Blocks[i] = block
		copied.Blocks[i].Instructions = make([]Instruction, len(block.Instructions))
		for n, instruction := range block.Instructions {
			instruction.Pos = 0
			copied.Blocks[i].Instructions[n] = instruction
		}
	}
	if size > maxPortable && f.Name != f.Package+".init" {
		return nil
	}
	return &copied
}
