package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/weir-registry/weir/catalog/search"
)

// timed runs work for a slice, at least once, and gives the mean and the 99th
// percentile of its runs. Every slice begins with a heap just collected, so that
// none pays for the garbage of another.
func timed(work func(ctx context.Context) error) side {
	return func(ctx context.Context, slice time.Duration) (sample, error) {
		runtime.GC()
		var runs []float64
		for begin := time.Now(); len(runs) == 0 || time.Since(begin) < slice; {
			before := time.Now()
			if err := work(ctx); err != nil {
				return nil, err
			}
			runs = append(runs, float64(time.Since(before).Nanoseconds())/1e6)
		}
		sum := 0.0
		for _, ms := range runs {
			sum += ms
		}
		slices.Sort(runs)
		return sample{"ms": sum / float64(len(runs)), "p99": runs[len(runs)*99/100]}, nil
	}
}

// measureBroad is S1: a page with its facets for a word in a tenth of the
// fields beside the same of SQLite's FTS5.
func measureBroad(ctx context.Context, env *environment) ([]line, error) {
	c, err := env.company()
	if err != nil {
		return nil, err
	}
	s := env.short()
	s.rounds = min(s.rounds, 3) // a round of FTS5 takes seconds
	got, err := env.besideFTS5(ctx, s, c, "amount")
	if err != nil {
		return nil, err
	}
	return []line{
		got.judge("S1", "ranked page with 6 facets, a word in a tenth of the fields, beside FTS5", "ms", "ms", atMost(0.05)),
		got.judge("S1", "the same, 99th percentile", "p99", "ms", bar{reported: "the mean is judged"}),
	}, nil
}

// measureSelective is S2: the same for a name that few fields have. A query
// takes a part of a millisecond and a collection of the heap a hundred, so it
// has the whole slice.
func measureSelective(ctx context.Context, env *environment) ([]line, error) {
	c, err := env.company()
	if err != nil {
		return nil, err
	}
	for _, name := range slices.Backward(c.common) {
		text := foldName(name)
		r, err := c.index.Search(search.Query{Text: text, First: 100})
		if err != nil {
			return nil, err
		}
		other := func(h search.Hit) bool { return foldName(h.Name) != text } // FTS5 finds whole words only
		if r.Documents < 25 || r.Documents >= 100 || slices.ContainsFunc(r.Hits, other) {
			continue
		}
		got, err := env.besideFTS5(ctx, env.settings, c, text)
		if err != nil {
			return nil, err
		}
		what := fmt.Sprintf("the same for a name that %d fields have", r.Documents)
		return []line{got.judge("S2", what, "ms", "ms", atMost(3))}, nil
	}
	return nil, fmt.Errorf("no name of %d subjects is in 25 to 99 fields", len(c.docs))
}

// besideFTS5 measures a query beside FTS5, after seeing that both find as much.
func (env *environment) besideFTS5(ctx context.Context, s settings, c *company, text string) (sides, error) {
	fts, err := env.fullText(ctx, c)
	if err != nil {
		return sides{}, err
	}
	q := search.Query{Text: text}
	for _, f := range searchFacets {
		q.Facets = append(q.Facets, f.field)
	}
	r, err := c.index.Search(q)
	if err != nil {
		return sides{}, err
	}
	total, err := fts.ask(ctx, text)
	if err != nil {
		return sides{}, err
	}
	if r.Total != total {
		return sides{}, fmt.Errorf("%q: the index finds %d, FTS5 %d", text, r.Total, total)
	}
	limit := func(ctx context.Context) error {
		_, err := fts.ask(ctx, text)
		return err
	}
	weir := func(context.Context) error {
		_, err := c.index.Search(q)
		return err
	}
	return interleave(ctx, s, "ms", timed(limit), timed(weir))
}

// measureTyping is S3: completing a name letter by letter beside a scan of the
// names of all documents, which are folded before.
func measureTyping(ctx context.Context, env *environment) ([]line, error) {
	const typed = "customera"
	c, err := env.company()
	if err != nil {
		return nil, err
	}
	var names []string
	err = c.each(func(_ *search.Document, _ search.Kind, name, _, _ string, _ []string) error {
		names = append(names, foldName(name))
		return nil
	})
	if err != nil {
		return nil, err
	}
	scan := func(context.Context) error {
		n := 0
		for i := range typed {
			for _, name := range names {
				if strings.HasPrefix(name, typed[:i+1]) {
					n++
				}
			}
		}
		if n == 0 {
			return fmt.Errorf("no name begins with %q", typed)
		}
		return nil
	}
	complete := func(context.Context) error {
		for i := range typed {
			if len(c.index.Suggest(search.Completion{Prefix: typed[:i+1]})) == 0 {
				return fmt.Errorf("nothing completes %q", typed[:i+1])
			}
		}
		return nil
	}
	got, err := interleave(ctx, env.short(), "ms", timed(scan), timed(complete))
	if err != nil {
		return nil, err
	}
	what := fmt.Sprintf("completing %q letter by letter beside a scan of %d names", typed, len(names))
	return []line{got.judge("S3", what, "ms", "ms", atMost(0.1))}, nil
}

// measureBuild is S4: building the index from outlines in memory beside
// decoding them, both on all cores; and the first query after it, beside later
// ones, since what is built could leave work to it.
func measureBuild(ctx context.Context, env *environment) ([]line, error) {
	c, err := env.company()
	if err != nil {
		return nil, err
	}
	fields := 0
	for _, count := range everything(c.index).Facets[0].Values {
		if count.Value == string(search.Field) {
			fields = count.Count
		}
	}
	seconds := func(work func() error) side {
		return func(_ context.Context, slice time.Duration) (sample, error) {
			sum, n := sample{}, 0.0
			for begin := time.Now(); n == 0 || time.Since(begin) < slice; n++ {
				runtime.GC() // each run pays for its own garbage
				before, cpu := time.Now(), ownCPU()
				if err := work(); err != nil {
					return nil, err
				}
				sum["seconds"] += time.Since(before).Seconds()
				sum["cpu"] += (ownCPU() - cpu).Seconds()
			}
			return sample{"seconds": sum["seconds"] / n, "cpu": sum["cpu"] / n}, nil
		}
	}
	got, err := interleave(ctx, env.settings, "seconds", seconds(c.decode), seconds(func() error {
		_, err := c.build()
		return err
	}))
	if err != nil {
		return nil, err
	}
	what := fmt.Sprintf("index of %d subjects with %d fields beside decoding the outlines, %d cores", len(c.docs), fields, runtime.GOMAXPROCS(0))
	first, later := sample{"ms": 0}, sample{"ms": 0}
	for _, text := range []string{"amount", "custmoer"} {
		fresh, err := c.build()
		if err != nil {
			return nil, err
		}
		for _, into := range []sample{first, later} {
			begin := time.Now()
			if _, err := fresh.Search(search.Query{Text: text}); err != nil {
				return nil, err
			}
			into["ms"] += float64(time.Since(begin).Nanoseconds()) / 1e6
		}
	}
	return []line{
		got.judge("S4", what, "seconds", "s", atMost(1.5)),
		got.judge("S4", "the same in CPU of all cores", "cpu", "s", bar{reported: "the time is judged"}),
		sides{limit: later, weir: first}.judge("S4", "first queries of a fresh index, one misspelt, beside the same again", "ms", "ms", bar{reported: "building is judged"}),
	}, nil
}

// ownCPU is the CPU time that this process has used.
func ownCPU() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err) // who and where are right
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func everything(ix *search.Index) search.Result {
	r, err := ix.Search(search.Query{Facets: []search.FacetField{search.FacetKind}, First: 1})
	if err != nil {
		panic(err) // a query without a cursor and with a known facet
	}
	return r
}

// searchHeap is how much heap the index of S5 may have, in MB.
const searchHeap = 400

// measureHeap is S5: what an index holds, all names, texts and facets included.
func measureHeap(_ context.Context, env *environment) ([]line, error) {
	c, err := env.company()
	if err != nil {
		return nil, err
	}
	c.index = nil
	before := heapMB()
	if c.index, err = c.build(); err != nil {
		return nil, err
	}
	held := heapMB() - before
	_, documents := c.index.Size()
	s := sides{limit: sample{"MB": searchHeap}, weir: sample{"MB": held}}
	what := fmt.Sprintf("heap of the index, %d subjects, %d documents", len(c.docs), documents)
	return []line{s.judge("S5", what, "MB", "MB", atMost(1))}, nil
}

func heapMB() float64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / 1e6
}

// forgetCompany gives back the memory of the search rows, which later rows
// would share the machine with.
func (env *environment) forgetCompany() {
	if env.made == nil {
		return
	}
	if fts := env.made.fts; fts != nil {
		if err := fts.db.Close(); err != nil {
			fmt.Fprintln(os.Stderr, "  close FTS5:", err)
		}
	}
	env.made = nil
	runtime.GC()
}
