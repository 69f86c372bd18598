// Mapiprop reads the binary properties that Outlook and Exchange leave behind, out of any exported dump.
//
//	mapiprop inspect dump.xml            every binary property it knows, decoded
//	mapiprop decode tzdef blobs.hex      blobs of one kind
//	mapiprop expand blobs.hex            occurrences of recurrence blobs
//	mapiprop oof DIR                     what an out-of-office reply says, and to whom
//	mapiprop guid 'C\03\96f…'            a GUID in every notation
//	mapiprop help                        the rest
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"
	"time"
)

// env is what a command sees of the world.
type env struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	terminal       func(w io.Writer) bool // whether w is one
	now            func() time.Time       // nil for the clock
}

// The exit statuses.
const (
	exitOK      = 0
	exitFinding = 1 // a finding of severity Error or above; everything readable was printed
	exitUsage   = 2
	exitFile    = 3 // a file could not be read or written; beats exitFinding
)

// command is one word after the program's name.
type command struct {
	name, args, short string
	run               func(e env, args []string) int
	long              string
}

func commands() []command {
	return []command{
		{"inspect", "[flags] [FILE|DIR...]", "read dumps of any known form; decode every binary property it knows", inspectCommand, inspectHelp},
		{"decode", "KIND [flags] [FILE...]", "blobs of one kind, one a line (hex, base64) or one a file (raw)", decodeCommand, decodeHelp},
		{"expand", "[flags] [FILE...]", "occurrences of a series of appointments, or of a task that comes again", expandCommand, expandHelp},
		{"oof", "[flags] [FILE|DIR...]", "out-of-office: what is sent, which copy is master, what is left over", oofCommand, oofHelp},
		{"guid", "[flags] [TEXT...]", "a GUID in any notation, shown in all of them; -log reads ExMerge.log lines", guidCommand, guidHelp},
		{"codes", "[flags] [CODE]", "every finding there is: what it means, its section, its smallest example", codesCommand, codesHelp},
		{"forms", "", "dump forms it knows", formsCommand, ""},
		{"kinds", "", "blob kinds it knows", kindsCommand, ""},
		{"help", "[COMMAND]", "this, or more about one command", helpCommand, ""},
	}
}

func main() {
	// A reader that has seen enough, such as head, is no error: writes then fail with EPIPE instead of killing us.
	signal.Ignore(syscall.SIGPIPE)
	if os.Getenv("GOGC") == "" {
		// What lives at a time is a few megabytes, however long the input is. A collection for each few megabytes more would
		// be a tenth of all the work.
		debug.SetGCPercent(200)
	}
	os.Exit(run(env{os.Stdin, os.Stdout, os.Stderr, isTerminal, nil}, os.Args[1:]))
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

func run(e env, args []string) int {
	if len(args) == 0 {
		writeUsage(e.stderr)
		return exitUsage
	}
	switch args[0] {
	case "-h", "-help", "--help":
		return helpCommand(e, nil)
	}
	for _, c := range commands() {
		if c.name == args[0] {
			return c.run(e, args[1:])
		}
	}
	fmt.Fprintf(e.stderr, "mapiprop: %q is no command; see mapiprop help\n", args[0])
	return exitUsage
}

func writeUsage(w io.Writer) {
	fmt.Fprint(w, "mapiprop reads the binary properties that Outlook and Exchange leave behind.\n\n")
	for _, c := range commands() {
		fmt.Fprintf(w, "  mapiprop %-8s %-23s %s\n", c.name, c.args, c.short)
	}
	fmt.Fprint(w, `
With no FILE, or with -, a command reads standard input. Exit status: 0 nothing at Error or worse, 1 at least one
finding at Error or worse, 2 usage, 3 a file could not be read or written.
`)
}

func helpCommand(e env, args []string) int {
	w := bufio.NewWriter(e.stdout)
	if len(args) == 0 {
		writeUsage(w)
		return flushed(e, w)
	}
	for _, c := range commands() {
		if c.name == args[0] {
			fmt.Fprintf(w, "mapiprop %s\n\n%s%s.\n", strings.TrimSpace(c.name+" "+c.args), strings.ToUpper(c.short[:1]), c.short[1:])
			if c.long != "" {
				fmt.Fprint(w, "\n"+c.long)
			}
			return flushed(e, w)
		}
	}
	fmt.Fprintf(e.stderr, "mapiprop: help: %q is no command\n", args[0])
	return exitUsage
}

// flushed writes what is in w still, and returns the exit status of a command that does nothing but print.
func flushed(e env, w *bufio.Writer) int {
	if err := w.Flush(); err != nil && !brokenPipe(err) {
		fmt.Fprintf(e.stderr, "mapiprop: %v\n", err)
		return exitFile
	}
	return exitOK
}

// brokenPipe reports whether err says that nobody reads our output any more.
func brokenPipe(err error) bool {
	return errors.Is(err, syscall.EPIPE) || errors.Is(err, io.ErrClosedPipe)
}
