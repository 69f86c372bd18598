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
}

func newBar(w io.Writer, on bool) *bar { return &bar{w: w, on: on} }

// file begins a file.
func (b *bar) file(in *input) {
	if !b.on {
		return
	}
	b.done()
	b.in = in
	// Where the size is not known, this is a spinner.
	b.pb = progressbar.NewOptions64(in.size, progressbar.OptionSetWriter(b.w), progressbar.OptionShowBytes(true),
		progressbar.OptionSetDescription(safe(filepath.Base(in.name))), progressbar.OptionClearOnFinish(),
		progressbar.OptionSetWidth(30))
}

// step is called for every record; looking at the clock a hundredth as often is enough.
func (b *bar) step() {
	if b.tick++; b.pb != nil && b.tick%100 == 0 {
		_ = b.pb.Set64(b.in.taken()) // a bar that cannot be drawn is no reason to stop
	}
}

// done takes the bar away.
func (b *bar) done() {
	if b.pb != nil {
		_ = b.pb.Finish()
		b.pb = nil
	}
}
