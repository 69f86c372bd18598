// Sweep reads every dump below a folder and writes one line of CSV for each time zone, each series and each id of a
// meeting in them. It shows how a program goes through many files at once: the library starts no goroutines of its own,
// and readers of different files have nothing in common.
//
//	go run ./examples/sweep FOLDER > blobs.csv
package main

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"time"

	"github.com/mapiprop/mapiprop/examples/cfbfs"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/dump/all"
	"github.com/mapiprop/mapiprop/mapi/goid"
	"github.com/mapiprop/mapiprop/mapi/inspect"
	"github.com/mapiprop/mapiprop/recur"
	"github.com/mapiprop/mapiprop/tzdef"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: sweep FOLDER")
	}
	if err := sweep(os.Stdout, os.Args[1], runtime.GOMAXPROCS(0)); err != nil {
		log.Fatal(err)
	}
}

var header = []string{"source", "line", "offset", "item", "property", "kind", "size", "worst", "name", "first", "last", "times"}

// sweep writes the lines of every file below root, in the order of the files, of which it reads workers at a time. What
// cannot be read has a line of the kind "error". The error is that of w or root.
func sweep(w io.Writer, root string, workers int) error {
	out := csv.NewWriter(w)
	if err := out.Write(header); err != nil {
		return err
	}
	type lines = chan [][]string
	queue, slots, quit := make(chan lines, workers), make(chan struct{}, workers), make(chan struct{})
	defer close(quit)
	var walked error // read behind the end of queue
	go func() {
		defer close(queue)
		walked = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err == nil && d.IsDir() || path == root && err != nil {
				return err
			}
			file := make(lines, 1)
			select {
			case slots <- struct{}{}:
			case <-quit:
				return fs.SkipAll
			}
			select {
			case queue <- file:
			case <-quit:
				return fs.SkipAll
			}
			go func() {
				file <- read(path, err)
				<-slots
			}()
			return nil
		})
	}()
	for file := range queue {
		if err := out.WriteAll(<-file); err != nil {
			return err
		}
	}
	return cmp.Or(walked, out.Error())
}

// read returns the lines of one file, if err does not say that there is none.
func read(path string, err error) (lines [][]string) {
	fail := func(rec dump.Record, err error) {
		lines = append(lines, []string{path, number(rec.Line), strconv.FormatInt(rec.Offset, 10), rec.Item, "", "error", "", "error", err.Error(), "", "", ""})
	}
	if err != nil {
		fail(dump.Record{}, err)
		return lines
	}
	f, err := os.Open(path)
	if err != nil {
		fail(dump.Record{}, err)
		return lines
	}
	defer f.Close()
	r, err := dump.Open(f, path, append(all.Forms(0), cfbfs.Form(0))...)
	if err != nil {
		fail(dump.Record{}, err)
		return lines
	}
	for rec, err := range r.Records() {
		if err != nil {
			fail(rec, err)
			continue
		}
		kind, ok := inspect.ByProp(rec.Prop)
		if !ok || len(rec.Raw) == 0 {
			continue
		}
		value, report := kind.Inspect(rec.Raw)
		name, first, last, times, ok := summary(value)
		if !ok {
			continue
		}
		worst := report.Max()
		for _, f := range rec.Findings {
			worst = max(worst, f.Severity)
		}
		lines = append(lines, []string{path, number(rec.Line), strconv.FormatInt(rec.Offset, 10), rec.Item, property(rec.Prop), kind.Name,
			number(len(rec.Raw)), severity(worst), name, first, last, times})
	}
	return lines
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func severity(s diag.Severity) string {
	if s == 0 {
		return ""
	}
	return s.String()
}

// property returns the name of a property in the specification, or else its own or its tag.
func property(p mapi.Prop) string {
	if info, ok := mapi.NamedName(p.Name); ok {
		return info.Canonical
	}
	if name, ok := mapi.NameOf(p.Tag); ok && p.Name.IsZero() {
		return name
	}
	if !p.Name.IsZero() {
		return p.Name.String()
	}
	return p.Tag.String()
}

// summary returns what a line says of a structure; ok is false for those that have no line.
func summary(value inspect.Value) (name, first, last, times string, ok bool) {
	switch v := value.(type) {
	case *tzdef.Definition:
		return v.Name(), "", "", fmt.Sprint(len(v.Rules)), true
	case *tzdef.TZStruct:
		return offset(v.Bias + v.StandardBias), "", "", "1", true
	case *recur.AppointmentRecurrencePattern:
		instances, err := v.Instances(time.Time{})
		first, last, times = span(instances, err)
		return pattern(&v.RecurrencePattern), first, last, times, true
	case *recur.RecurrencePattern:
		instances, err := v.Instances(time.Time{})
		first, last, times = span(instances, err)
		return pattern(v), first, last, times, true
	case *goid.GlobalObjectID:
		year, month, day, dated := v.InstanceDate()
		if dated {
			first = fmt.Sprintf("%04d-%02d-%02d", year, month, day)
		}
		return fmt.Sprintf("%X", v.Key()), first, "", "", true
	}
	return "", "", "", "", false
}

// offset returns the standard time that a bias, in minutes to be added for UTC, comes to.
func offset(bias int32) string {
	sign, minutes := '+', -int64(bias)
	if minutes < 0 {
		sign, minutes = '-', -minutes
	}
	return fmt.Sprintf("UTC%c%02d:%02d", sign, minutes/60, minutes%60)
}

func pattern(p *recur.RecurrencePattern) string {
	return fmt.Sprintf("%v, %v, Period %d", p.RecurFrequency, p.PatternType, p.Period)
}

// most is how many occurrences are counted: a series without end has more.
const most = 10_000

// span returns when a series begins and ends, and how often it takes place.
func span(instances func(func(recur.Instance) bool), err error) (first, last, times string) {
	if err != nil {
		return "", "", err.Error()
	}
	n := 0
	var begin, end recur.Instance
	for i := range instances {
		if n++; n == 1 {
			begin = i
		}
		if end = i; n == most {
			return day(begin.Start), "", "more than " + strconv.Itoa(most)
		}
	}
	if n == 0 {
		return "", "", "0"
	}
	return day(begin.Start), day(end.Start), strconv.Itoa(n)
}

func day(t recur.RTime) string {
	year, month, day := t.Date()
	return fmt.Sprintf("%04d-%02d-%02d", year, month, day)
}
