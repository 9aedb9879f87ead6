// Command speed measures what ociretry costs beside an empty analyzer, for .ci/speed.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"time"
)

// cost is what one run of a command took, with the processes that it started.
type cost struct {
	user, wall time.Duration
	peak       float64 // of the largest process, in MB
}

func main() {
	pairs := flag.Int("pairs", 3, "how often each of the two is run, in turn, after a run of each that does not count")
	vet := flag.Bool("vet", false, "measure go vet -vettool, which has not seen the tool before")
	commit := flag.String("commit", "", "measure against this commit of ociretry in place of an empty analyzer")
	flag.Parse()
	if flag.NArg() < 2 {
		fail(fmt.Errorf("usage: .ci/speed [-pairs=N] [-vet] [-commit=COMMIT] FOLDER PACKAGES…"))
	}
	work, err := os.MkdirTemp("", "speed")
	if err != nil {
		fail(err)
	}
	defer func() { _ = os.RemoveAll(work) }()
	other := []string{".", ".ci/empty.go"}
	name := "empty analyzer"
	if *commit != "" {
		name, other = *commit, []string{checkOut(work, *commit), "./cmd/ociretry"}
	}
	var ours, theirs []cost
	for i := range *pairs + 1 {
		first := measure(work, *vet, i, ".", "./cmd/ociretry")
		second := measure(work, *vet, i, other[0], other[1])
		if i > 0 {
			ours, theirs = append(ours, first), append(theirs, second)
		}
	}
	fmt.Printf("%s %v, medians of %d pairs\n\n| | user | wall | peak memory |\n|---|---|---|---|\n", flag.Arg(0), flag.Args()[1:], *pairs)
	row("ociretry", median(ours))
	row(name, median(theirs))
	user, wall, peak := ratios(ours, theirs)
	fmt.Printf("| times | %.2f | %.2f | %.2f |\n", user, wall, peak)
}

// checkOut lays a commit out, and returns where.
func checkOut(work, commit string) string {
	folder := filepath.Join(work, "commit")
	if output, err := exec.Command("git", "clone", "--quiet", "--no-checkout", ".", folder).CombinedOutput(); err != nil {
		fail(fmt.Errorf("git clone: %w\n%s", err, output))
	}
	if output, err := exec.Command("git", "-C", folder, "checkout", "--quiet", commit).CombinedOutput(); err != nil {
		fail(fmt.Errorf("git checkout: %w\n%s", err, output))
	}
	return folder
}

// measure builds a command and runs it. It is another one for each run, by its build ID: go vet keeps results by what a tool is.
func measure(work string, vet bool, number int, folder, source string) cost {
	tool := filepath.Join(work, "tool")
	build := exec.Command("go", "build", "-o", tool, fmt.Sprintf("-ldflags=-buildid=%d-%d", os.Getpid(), number), source)
	build.Dir = folder
	build.Env = append(os.Environ(), "GOFLAGS=") // those of the environment are for the program that is looked at
	if output, err := build.CombinedOutput(); err != nil {
		fail(fmt.Errorf("go build %s: %w\n%s", source, err, output))
	}
	command := exec.Command(tool, flag.Args()[1:]...)
	if vet {
		command = exec.Command("go", append([]string{"vet", "-vettool=" + tool}, flag.Args()[1:]...)...)
	}
	command.Dir = flag.Arg(0)
	started := time.Now()
	output, err := command.CombinedOutput()
	took := time.Since(started)
	if code := command.ProcessState.ExitCode(); err != nil && code != 3 && code != 1 { // findings make it fail
		fail(fmt.Errorf("%s: %w\n%s", command, err, output))
	}
	used := command.ProcessState.SysUsage().(*syscall.Rusage)
	return cost{command.ProcessState.UserTime(), took, float64(used.Maxrss) / 1024}
}

func row(name string, c cost) {
	fmt.Printf("| %s | %.2f s | %.2f s | %.0f MB |\n", name, c.user.Seconds(), c.wall.Seconds(), c.peak)
}

// median returns the medians of the figures.
func median(all []cost) cost {
	return cost{
		user: middle(all, func(c cost) time.Duration { return c.user }),
		wall: middle(all, func(c cost) time.Duration { return c.wall }),
		peak: middle(all, func(c cost) float64 { return c.peak }),
	}
}

// ratios returns the medians of the ratios, pair by pair.
func ratios(ours, theirs []cost) (user, wall, peak float64) {
	var users, walls, peaks []float64
	for i := range ours {
		users = append(users, ours[i].user.Seconds()/theirs[i].user.Seconds())
		walls = append(walls, ours[i].wall.Seconds()/theirs[i].wall.Seconds())
		peaks = append(peaks, ours[i].peak/theirs[i].peak)
	}
	same := func(f float64) float64 { return f }
	return middle(users, same), middle(walls, same), middle(peaks, same)
}

func middle[T any, N time.Duration | float64](all []T, figure func(T) N) N {
	var figures []N
	for _, one := range all {
		figures = append(figures, figure(one))
	}
	slices.Sort(figures)
	return figures[len(figures)/2]
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "speed:", err)
	os.Exit(1)
}
