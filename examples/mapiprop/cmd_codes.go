package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"strings"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/mapi"
	smallblob "github.com/mapiprop/mapiprop/mapi/blob"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/dump/ews"
	"github.com/mapiprop/mapiprop/mapi/dump/graph"
	"github.com/mapiprop/mapiprop/mapi/dump/lines"
	"github.com/mapiprop/mapiprop/mapi/dump/mfcmapi"
	"github.com/mapiprop/mapiprop/mapi/dump/msg"
	"github.com/mapiprop/mapiprop/mapi/dump/pffexport"
	"github.com/mapiprop/mapiprop/mapi/dump/reg"
	"github.com/mapiprop/mapiprop/mapi/dump/tnef"
	"github.com/mapiprop/mapiprop/mapi/entryid"
	"github.com/mapiprop/mapiprop/mapi/freebusy"
	"github.com/mapiprop/mapiprop/mapi/goid"
	"github.com/mapiprop/mapiprop/mapi/inspect"
	"github.com/mapiprop/mapiprop/mapi/security"
	"github.com/mapiprop/mapiprop/oof"
	"github.com/mapiprop/mapiprop/oof/rtf"
	"github.com/mapiprop/mapiprop/oof/rule"
	"github.com/mapiprop/mapiprop/recur"
	"github.com/mapiprop/mapiprop/tzdef"
)

// catalogue returns every code of every package.
func catalogue() []diag.Entry {
	var all []diag.Entry
	for _, codes := range [][]diag.Entry{tzdef.Codes(), recur.Codes(), goid.Codes(), entryid.Codes(), freebusy.Codes(), oof.Codes(), rtf.Codes(), smallblob.Codes(), security.Codes(), rule.Codes(), mapi.Codes(), dump.Codes(), mfcmapi.Codes(), msg.Codes(), tnef.Codes(), lines.Codes(), reg.Codes(), pffexport.Codes(), graph.Codes(), ews.Codes(), inspect.Codes()} {
		all = append(all, codes...)
	}
	for _, c := range guid.Codes() {
		all = append(all, diag.Entry{Code: diag.Code(c.Code), Severity: diag.Error, Means: c.Meaning, Spec: c.Spec, Kind: "guid as " + c.Form.String(), Example: c.Example})
	}
	return all
}

const codesHelp = `  -out FORM     text (default), json (one object a line)

With a CODE, all there is to say about it, with an example that shows it.
`

func codesCommand(e env, args []string) int {
	flags := flag.NewFlagSet("codes", flag.ContinueOnError)
	out := flags.String("out", "text", "")
	rest, status := parseArgs(e, flags, args)
	if status >= 0 {
		return status
	}
	if *out != "text" && *out != "json" || len(rest) > 1 {
		fmt.Fprintln(e.stderr, "mapiprop: codes: takes one CODE at most, and -out text or json")
		return exitUsage
	}
	w := bufio.NewWriter(e.stdout)
	shown := 0
	for _, entry := range catalogue() {
		if len(rest) == 1 && string(entry.Code) != rest[0] {
			continue
		}
		shown++
		switch {
		case *out == "json":
			w.Write(entryJSON(entry))
		case len(rest) == 1:
			writeEntry(w, entry)
		default:
			fmt.Fprintf(w, "%-34s %-8s %s\n", entry.Code, entry.Severity, firstSentence(entry.Means))
		}
	}
	if shown == 0 {
		fmt.Fprintf(e.stderr, "mapiprop: codes: %q is no code\n", rest[0])
		return exitUsage
	}
	return flushed(e, w)
}

func firstSentence(s string) string {
	if i := strings.Index(s, ". "); i >= 0 {
		return s[:i+1]
	}
	return s
}

func writeEntry(w io.Writer, entry diag.Entry) {
	p := printer{}
	p.line(0, "%s  %s  %s", entry.Code, entry.Severity, entry.Spec)
	p.sentence(1, "", entry.Means)
	for _, s := range [...]struct{ label, text string }{{"effect: ", entry.Effect}, {"see: ", entry.Ref}, {"repair: ", entry.Repair}} {
		if s.text != "" {
			p.sentence(1, s.label, s.text)
		}
	}
	if entry.Example != "" {
		p.line(1, "example (%s): %s", entry.Kind, safe(entry.Example))
	}
	w.Write(p.b.Bytes())
}

func entryJSON(entry diag.Entry) []byte {
	var o object
	o.str("code", string(entry.Code))
	o.str("severity", entry.Severity.String())
	o.str("spec", entry.Spec)
	o.str("means", entry.Means)
	for _, s := range [...]struct{ key, text string }{
		{"effect", entry.Effect}, {"ref", entry.Ref}, {"repair", entry.Repair}, {"kind", entry.Kind}, {"example", entry.Example},
	} {
		if s.text != "" {
			o.str(s.key, s.text)
		}
	}
	o.close()
	return append(o.b, '\n')
}

func formsCommand(e env, args []string) int {
	if len(args) > 0 {
		fmt.Fprintln(e.stderr, "mapiprop: forms takes no arguments")
		return exitUsage
	}
	w := bufio.NewWriter(e.stdout)
	for _, f := range dumpForms(0) {
		fmt.Fprintf(w, "%-10s %s\n", f.Name, f.Title)
	}
	fmt.Fprintf(w, "%-10s a whole file as one blob (decode only)\n", "raw")
	return flushed(e, w)
}

func kindsCommand(e env, args []string) int {
	if len(args) > 0 {
		fmt.Fprintln(e.stderr, "mapiprop: kinds takes no arguments")
		return exitUsage
	}
	w := bufio.NewWriter(e.stdout)
	for _, k := range inspect.Kinds() {
		fmt.Fprintf(w, "%-16s %s, %s\n", k.Name, k.Title, k.Spec)
		for _, name := range k.Properties() {
			fmt.Fprintf(w, "%-16s   %s\n", "", name)
		}
	}
	return flushed(e, w)
}
