package main

import (
	"io"
	"path/filepath"

	"github.com/schollz/progressbar/v3"
)

// bar shows on stderr how far the reading has come. The zero bar shows nothing.
type bar struct {
	w    io.Writer
	on   bool
	in   *input
	pb   *progressbar.ProgressBar
	tick int

	// Where the output goes to the same terminal, ready brings it to the beginning of a line, and reports whether that
	// could be done: a bar in the middle of a line would stand in the place of what is there. It is nil elsewhere.
	ready func() bool
	shown bool // and nothing was written since
}

func newBar(w io.Writer, on bool) *bar { return &bar{w: w, on: on} }

// file begins a file.
func (b *bar) file(in *input) {
	if !b.on {
		return
	}
	b.done()
	b.in = in
	// Where the size is not known, this is a spinner. It turns when there is news: one that turns by itself would draw while
	// something else is written.
	b.pb = progressbar.NewOptions64(in.size, progressbar.OptionSetWriter(b.w), progressbar.OptionShowBytes(true),
		progressbar.OptionSetDescription(safe(filepath.Base(in.name))), progressbar.OptionClearOnFinish(),
		progressbar.OptionSetWidth(30), progressbar.OptionSetSpinnerChangeInterval(0))
}

// step is called for every record; looking at the clock a hundredth as often is enough.
func (b *bar) step() {
	if b.tick++; b.pb != nil && b.tick%100 == 0 && (b.ready == nil || b.ready()) {
		b.shown = true
		_ = b.pb.Set64(b.in.taken()) // a bar that cannot be drawn is no reason to stop
	}
}

// done takes the bar away.
func (b *bar) done() {
	if b.shown {
		_ = b.pb.Finish()
	}
	b.pb, b.shown = nil, false
}

// beside is a terminal with a bar, which is taken away before something is written in its place.
type beside struct {
	io.Writer
	bar *bar
}

func (w beside) Write(b []byte) (int, error) {
	if w.bar.shown {
		_ = w.bar.pb.Clear()
		w.bar.shown = false
	}
	return w.Writer.Write(b)
}
