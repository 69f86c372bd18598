package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"

	"github.com/mapiprop/mapiprop/mapi"
)

// options are the flags that inspect, decode and expand have in common.
type options struct {
	in, out         string
	strict          bool
	fields          bool // inspect and decode
	all             bool // inspect only
	codePage, jobs  int
	progress, color string
	files           []string
}

const commonHelp = `  -in FORM      auto (default), or a form of "mapiprop forms"
  -out FORM     text (default), json (one object a line), hex (annotated dump), smartview (MFCMAPI's text)
  -fields       with -out json: the byte map of every blob
  -strict       stop at the first finding of Error or worse
  -codepage N   for 8-bit text that does not say its own
  -j N          workers; output is in input order whatever N
  -progress W   auto (a bar on stderr when that is a terminal), on, off
  -color W      auto (when stdout is a terminal), on, off
`

const inspectHelp = commonHelp + `  -all          properties that hold no known structure too, with their typed value

Without -all, such a property is shown only when something is wrong with it. A last line on stderr counts what was seen.
`

const decodeHelp = commonHelp + `
KIND is one of "mapiprop kinds". In a file of lines, each line is a blob in hex or base64; a file of anything else is one
blob.
`

// showFields adds the flag of the commands that print blobs.
func showFields(o *options, flags *flag.FlagSet) { flags.BoolVar(&o.fields, "fields", false, "") }

// parseArgs parses flags, which may stand before, between and behind the other arguments. The status is -1 to go on.
func parseArgs(e env, flags *flag.FlagSet, args []string) (rest []string, status int) {
	flags.SetOutput(io.Discard)
	flags.Usage = func() {}
	for {
		if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
			return nil, helpCommand(e, []string{flags.Name()})
		} else if err != nil {
			fmt.Fprintf(e.stderr, "mapiprop: %s: %s; see mapiprop help %s\n", flags.Name(), safe(err.Error()), flags.Name())
			return nil, exitUsage
		}
		if done := len(args) - flags.NArg(); done > 0 && args[done-1] == "--" {
			return append(rest, flags.Args()...), -1
		}
		if flags.NArg() == 0 {
			return rest, -1
		}
		rest = append(rest, flags.Arg(0))
		args = flags.Args()[1:]
	}
}

// parseOptions parses the common flags, and those that more adds.
func parseOptions(e env, name string, more func(*options, *flag.FlagSet), args []string) (options, int) {
	var o options
	flags := flag.NewFlagSet(name, flag.ContinueOnError)
	flags.StringVar(&o.in, "in", "auto", "")
	flags.StringVar(&o.out, "out", "text", "")
	flags.BoolVar(&o.strict, "strict", false, "")
	flags.IntVar(&o.codePage, "codepage", 0, "")
	flags.IntVar(&o.jobs, "j", runtime.GOMAXPROCS(0), "")
	flags.StringVar(&o.progress, "progress", "auto", "")
	flags.StringVar(&o.color, "color", "auto", "")
	more(&o, flags)
	rest, status := parseArgs(e, flags, args)
	if status >= 0 {
		return o, status
	}
	o.files = rest
	if msg := o.wrong(name); msg != "" {
		fmt.Fprintf(e.stderr, "mapiprop: %s: %s\n", name, msg)
		return o, exitUsage
	}
	return o, -1
}

// wrong returns what is wrong with the values of the flags, "" if nothing is.
func (o *options) wrong(command string) string {
	one := func(flag, value string, of ...string) string {
		if slices.Contains(of, value) {
			return ""
		}
		return fmt.Sprintf("-%s %q is none of %s", flag, value, strings.Join(of, ", "))
	}
	forms, outs := []string{"auto"}, []string{"text", "json", "hex", "smartview"}
	if command != "inspect" && command != "oof" {
		forms = append(forms, "raw")
	}
	if command == "expand" || command == "oof" {
		outs = outs[:2]
	}
	for _, f := range dumpForms(0) {
		forms = append(forms, f.Name)
	}
	for _, msg := range []string{
		one("in", o.in, forms...),
		one("out", o.out, outs...),
		one("progress", o.progress, "auto", "on", "off"),
		one("color", o.color, "auto", "on", "off"),
	} {
		if msg != "" {
			return msg
		}
	}
	if _, _, err := mapi.DecodeString8(nil, o.codePage); o.codePage != 0 && errors.Is(err, mapi.UnsupportedCodePage) {
		return fmt.Sprintf("-codepage %d: this code page is not known", o.codePage)
	}
	if o.jobs < 1 {
		return fmt.Sprintf("-j %d: there must be a worker", o.jobs)
	}
	return ""
}
