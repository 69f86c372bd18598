package guid

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"iter"
	"strconv"
	"strings"
)

const (
	// maxLogRecord bounds the bytes of one line and of one joined message.
	maxLogRecord = 64 << 10
	// maxLogLines bounds how many lines are joined into one message.
	maxLogLines = 16
)

// A LogReader reads the messages about msExchMailboxGuid values out of an
// ExMerge.log, or out of any text that quotes one. Memory is bounded: about
// one MiB at most, whatever the input. A LogReader belongs to one goroutine.
type LogReader struct {
	src *bufio.Reader

	ahead   []byte // the next line, with its line break; valid until src is read again
	long    bool   // ahead is the front of a line longer than maxLogRecord
	dropped int64  // bytes of that line not in ahead
	err     error  // what ended src

	block []byte // lines of the current block
	queue []logResult

	lines, skipped, days int
	offset               int64
	clock                [timeLen]byte // last time of day seen; zero before the first
}

type logResult struct {
	rec LogRecord
	err error
}

// A LogError is an error at one line of a log: a *SyntaxError for a bad GUID,
// bufio.ErrTooLong for a line over 64 KiB, which is skipped, or what the
// source returned.
type LogError struct {
	Line   int   // from 1
	Offset int64 // of the line's first byte; a SyntaxError's own Offset counts from there
	Err    error
}

// Error returns "guid: log line 12: exmerge: bad hex digit 'Z' at 75".
func (e *LogError) Error() string {
	if e.Err == bufio.ErrTooLong { // which speaks of a token
		return "guid: log line " + strconv.Itoa(e.Line) + ": is longer than 64 KiB: skipped"
	}
	return "guid: log line " + strconv.Itoa(e.Line) + ": " + strings.TrimPrefix(e.Err.Error(), "guid: ")
}

// Unwrap returns Err.
func (e *LogError) Unwrap() error { return e.Err }

// NewLogReader returns a LogReader on r. The text is taken byte for byte; the
// messages themselves are ASCII in every code page.
func NewLogReader(r io.Reader) *LogReader {
	return &LogReader{src: bufio.NewReaderSize(r, maxLogRecord)}
}

// Lines returns how many lines were read so far.
func (r *LogReader) Lines() int { return r.lines }

// Skipped returns how many of them hold no message.
func (r *LogReader) Skipped() int { return r.skipped }

// Days returns how often the time of day went back so far: at midnight, or
// where a new run was appended.
func (r *LogReader) Days() int { return r.days }

// Records yields the messages in order. A message that cannot be read comes
// with a *LogError, and what could be read of it; the sequence goes on after
// it. Only an error of the source ends it. Leaving the loop and calling
// Records again goes on with the next message.
//
// A line goes on in the next one if its message is not complete and the next
// is not blank and does not begin with a time or "[". Once the name has begun,
// the next line must look like more of it: a "/CN=", or a single word.
func (r *LogReader) Records() iter.Seq2[LogRecord, error] {
	return func(yield func(LogRecord, error) bool) {
		for {
			for len(r.queue) > 0 {
				next := r.queue[0]
				r.queue = r.queue[1:]
				if !yield(next.rec, next.err) {
					return
				}
			}
			if !r.fill() {
				return
			}
		}
	}
}

// fill reads one block and queues its messages. It reports false at the end.
func (r *LogReader) fill() bool {
	line, offset := r.lines+1, r.offset
	r.block = r.block[:0]
	switch more := r.peek(); {
	case !more && r.err == io.EOF:
		return false
	case !more:
		r.put(LogRecord{}, r.err, line, offset)
		r.err = io.EOF
		return true
	case r.long:
		r.take()
		r.put(LogRecord{}, bufio.ErrTooLong, line, offset)
		return true
	}
	r.take()
	for r.goesOn(r.lines - line + 1) {
		r.take()
	}
	if !bytes.Contains(r.block, []byte("msExchMailboxGuid")) {
		r.skipped += r.lines - line + 1
		return true
	}
	b := unwrap(strings.TrimRight(string(r.block), "\r\n"))
	found := b.messages()
	if len(found) == 0 {
		r.skipped += r.lines - line + 1
	}
	for _, m := range found {
		rec, err := b.record(m)
		r.put(rec, err, line, offset)
	}
	return true
}

// put queues a record of the block that begins at line and offset.
func (r *LogReader) put(rec LogRecord, err error, line int, offset int64) {
	rec.Line, rec.Offset, rec.Day = line, offset, r.days
	if err != nil {
		err = &LogError{Line: line, Offset: offset, Err: err}
	}
	r.queue = append(r.queue, logResult{rec, err})
}

// peek makes ahead the next line. It reports false when there is none.
func (r *LogReader) peek() bool {
	if len(r.ahead) > 0 {
		return true
	}
	if r.err != nil {
		return false
	}
	line, err := r.src.ReadSlice('\n')
	r.ahead, r.long, r.dropped = line, false, 0
	if errors.Is(err, bufio.ErrBufferFull) {
		r.ahead, r.long = []byte{' '}, true // a blank one, so that it joins no block
		r.dropped = int64(len(line)) - 1
		for errors.Is(err, bufio.ErrBufferFull) {
			line, err = r.src.ReadSlice('\n')
			r.dropped += int64(len(line))
		}
	}
	r.err = err
	return len(r.ahead) > 0
}

// take moves ahead into the block and reads its clock.
func (r *LogReader) take() {
	r.block = append(r.block, r.ahead...)
	text := r.ahead[unquoteBytes(r.ahead):]
	if len(text) > 0 && text[0] == '[' {
		text = text[1:]
	}
	if clockAt(text) {
		now := [timeLen]byte(text[:timeLen])
		if bytes.Compare(now[:], r.clock[:]) < 0 {
			r.days++
		}
		r.clock = now
	}
	r.lines++
	r.offset += int64(len(r.ahead)) + r.dropped
	r.ahead = nil
}

// goesOn reports whether the next line belongs to the block of n lines.
func (r *LogReader) goesOn(n int) bool {
	need := wants(r.block)
	if need == nothing || n >= maxLogLines || !r.peek() || len(r.block)+len(r.ahead) > maxLogRecord {
		return false
	}
	next := bytes.TrimSpace(r.ahead[unquoteBytes(r.ahead):])
	if len(next) == 0 || next[0] == '[' || clockAt(next) {
		return false
	}
	return need == anything || looksLikeName(next)
}

// A want is what an incomplete block may go on with.
type want uint8

const (
	nothing want = iota
	anything
	moreName
)

// wants says what the block lacks.
func wants(block []byte) want {
	trimmed := bytes.TrimRight(block, " \t\r\n")
	if !bytes.Contains(trimmed, []byte("Error!")) && !bytes.Contains(trimmed, []byte("msExchMailboxGuid")) {
		if n := len(trimmed) - timeLen - 1; n >= 0 && clockAt(trimmed[n:]) {
			return anything
		}
		return nothing
	}
	b := unwrap(string(trimmed))
	if i := strings.LastIndex(b.text, logSentence); i >= 0 {
		_, name, found := strings.Cut(b.text[i:], logName)
		switch {
		case !found || name == "":
			return anything
		case strings.HasSuffix(name, "."):
			return nothing
		}
		return moreName
	}
	if i := strings.LastIndex(b.text, "Error!"); i >= 0 && strings.HasPrefix(logError+logSentence, b.text[i:]) {
		return anything
	}
	return nothing
}

// looksLikeName reports whether a line can be the rest of a name: it has a
// "/xx=" or is one word.
func looksLikeName(line []byte) bool {
	if bytes.IndexByte(line, ' ') < 0 {
		return true
	}
	i := bytes.IndexByte(line, '/')
	return i >= 0 && bytes.IndexByte(line[i:], '=') > 0
}

func unquoteBytes(line []byte) int {
	return len(line) - len(bytes.TrimLeft(line, "> \t"))
}

func clockAt(line []byte) bool {
	return len(line) > timeLen && isTime(string(line[:timeLen+1]))
}
