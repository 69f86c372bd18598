package fuzz_test

import (
	"io"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/dump/pffexport"
	"github.com/mapiprop/mapiprop/mapi/dump/reg"
)

var (
	regAll       = []form{regForm(0), regForm(932), regForm(1251)}
	pffexportAll = []form{pffexportForm("", 0), pffexportForm("a/Message00001/RecipientsItemValues.txt", 932)}
)

func regForm(codePage int) form {
	return form{open: func(r io.Reader) dump.Reader { return reg.NewReader(r, sourceName, codePage) }, codes: slices.Concat(ours, reg.Codes()), wide: true}
}

// pffexportForm reads a file as one with the path, which says whose properties it has.
func pffexportForm(path string, codePage int) form {
	return form{open: func(r io.Reader) dump.Reader {
		if path == "" {
			path = sourceName
		}
		return renamed{pffexport.NewReader(r, path, codePage)}
	}, codes: slices.Concat(ours, pffexport.Codes()), wide: true}
}

// renamed gives records the name that all inputs have here.
type renamed struct{ dump.Reader }

func (r renamed) Records() iter.Seq2[dump.Record, error] {
	return func(yield func(dump.Record, error) bool) {
		for rec, err := range r.Reader.Records() {
			rec.Source = sourceName
			if !yield(rec, err) {
				return
			}
		}
	}
}

func checkDumpReg(tb testing.TB, b []byte)       { checkDumpAs(tb, b, regAll) }
func checkDumpPffexport(tb testing.TB, b []byte) { checkDumpAs(tb, b, pffexportAll) }

const (
	reg5   = "Windows Registry Editor Version 5.00\r\n\r\n"
	reg4   = "REGEDIT4\r\n\r\n"
	regKey = "[HKEY_CURRENT_USER\\Software\\Microsoft\\Office\\16.0\\Outlook\\Profiles\\Outlook\\13dbb0c8aa05101a9bb000aa002fc45a]\r\n"
	regAny = "\"00036601\"=hex:84,19,00,00\r\n\"001f6622\"=hex:65,00,78,00,31,00,\\\r\n  00,00\r\n\"101f6630\"=hex:02,00,00,00,0c,00,00,00,10,00,00,00,41,00,00,00,42,00,43,00,00,00\r\n" +
		"\"11026630\"=hex:01,00,00,00,01,00,00,00,0c,00,00,00,0a\r\n\"S001f67f0\"=hex:01,00,00\r\n\"001e660c\"=\"ex1 \\\"x\\\\y\\\"\"\r\n\"000b6602\"=hex:01,00\r\n\"00036623\"=dword:00000403\r\n\"Service Name\"=\"MSEMS\"\r\n@=-\r\n"
)

// regTexts are profiles of every shape: whole, as pages and editors leave them, scripts, and what is none of these.
var regTexts = []string{
	reg5 + regKey + regAny, reg4 + regKey + regAny, utf16le(reg5 + regKey + regAny), utf16le(reg5 + regKey + regAny)[2:], regKey + regAny, regAny,
	reg5 + regKey + "\"001f6622\"=hex:65,00,7\r\n\"00036601\"=hex:1,2,3,4\r\n\"01026601\"=hex:00,\r\n01,02\r\n\"01026601\"=hex:zz,\\\r\n00", reg5 + regKey + "\"001f3001\"=\"one\r\ntwo\r\n\"00036601\"=dword:1\r\n",
	reg4 + regKey + "\"001e3001\"=\"\xE4\x95\\\"\r\n\"001f3001\"=hex(2):e4,00\r\n\"\xE4\"=\"\xE4\"\r\n", reg5 + regKey + "\"001e3001\"=\"ä表\"\r\n\"001f3001\"=\"\U0001F600\"\r\n", reg5 + regKey + "; comment\r\n\"x\"=hex(7):00,00 ; c\r\n\"y\"=dword:zz\r\n\"z\"=\r\n\"a\r\nb\"\r\n",
	reg5 + "[-HKEY_X\\y]\r\n[HKEY_CURRENT_USER\\a/%2F\r\n@=\"\"\r\nprose\r\nmore\r\n" + reg4 + regKey + "\"000b6602\"=dword:00000001\r\n\"101e6602\"=hex:ff,ff,ff,ff\r\n\"deadbeef\"=hex:\r\n",
	"strName = \"00036601\"\narrValue = Array(&H84,&H19,0, _\n&H00)\nx = Array(\n", "x=Array(&H", "[", "\"", "@", "@=\"", "\"\"=hex:", "\uFEFF" + regAny, reg5, "",
}

const (
	pffHead  = "Number of sets:\t\t\t2\nNumber of entries per set:\t2\n\n"
	pffText  = "Set:\t\t\t\t0\nEntry:\t\t\t\t0\nEntry type:\t\t\t0x00000037\nValue type:\t\t\t0x0000001f\nValue:\n0x00000000: 50 00 6c 00 61 00 6e 00  21 00                         P.l.a.n. !.\n\n"
	pffZone  = "Set:\t\t\t\t0\nEntry:\t\t\t\t1\nEntry type:\t\t\t0x00008005\nValue type:\t\t\t0x00000102\nMaps to entry type:\t\t0x0000825e\nValue:\n0x00000000: 02 01 06 00 02 00 00 00  01 00 02 01 3e 00 02 00   ........ ....>...\n0x00000010: 41 06                                              A.\n\n"
	pffList  = "Set:\t\t\t\t1\nEntry:\t\t\t\t0\nEntry type:\t\t\t0x00008006\nValue type:\t\t\t0x0000101f\nMaps to entry:\t\t\tKeywords\nValue:\n0x00000000: 02 00 00 00 0c 00 00 00  0e 00 00 00 41 00 42 00   ........ ....A.B.\n0x00000010: 43 00                                              C.\n\n"
	pffEmpty = "Set:\t\t\t\t1\nEntry:\t\t\t\t1\nEntry type:\t\t\t0x00000e1b\nValue type:\t\t\t0x0000000b\n\n"
)

// pffexportTexts are item values of every shape.
var pffexportTexts = []string{
	pffHead + pffText + pffZone + pffList + pffEmpty, strings.ReplaceAll(pffText+pffList, "\n", "\r\n"), utf16le(pffHead + pffZone + pffEmpty), utf16le(pffText)[2:], strings.ReplaceAll(pffText+pffZone, "\t", " "),
	strings.ReplaceAll(pffZone, "0x000000", ""), pffZone[:len(pffZone)-3], pffZone[:200], pffText[20:], "prose\n" + pffText + "and more\n" + pffHead, strings.Replace(pffZone, "02 01", "02 11", 1), strings.Replace(pffZone, "0x00000010", "0x00000020", 1),
	strings.Replace(pffText, "0x0000001f", "0x0000001e", 1), strings.Replace(pffText, "50 00", "e4 81", 1), strings.Replace(pffText, "0x00000037", "0x00010037", 1), strings.Replace(pffList, "Keywords", "\xE4", 1), strings.Replace(pffList, "0c", "ff", 1),
	"Value:\n0000: 00", "Entry type: 8001\n0000: 41 42 AB\n0002: 43\n", "Set:\nSet: 1\nEntry: -1\n", pffHead + pffHead, ":", "Value", "",
}
