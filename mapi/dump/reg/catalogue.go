package reg

import "github.com/mapiprop/mapiprop/mapi/diag"

// The beginnings of the examples.
const (
	ex5 = "Windows Registry Editor Version 5.00\n\n" + exKey
	ex4 = "REGEDIT4\n\n" + exKey
	// exKey is the global section of a profile.
	exKey = "[HKEY_CURRENT_USER\\Software\\Microsoft\\Office\\16.0\\Outlook\\Profiles\\Outlook\\13dbb0c8aa05101a9bb000aa002fc45a]\n"
)

var catalogue = []diag.Entry{
	{Code: NoValues, Severity: diag.Error, Kind: "reg", Spec: spec, Means: "there is no header, no key and no value", Example: "\n"},
	{Code: Empty, Severity: diag.Info, Kind: "reg", Spec: spec, Means: "the keys have no values", Example: ex5},
	{Code: NoHeader, Severity: diag.Warning, Kind: "reg", Spec: spec, Means: "the file does not say that it is a .reg file", Example: exKey + "\"00036601\"=hex:80,01,00,00\n"},
	{Code: Version, Severity: diag.Warning, Kind: "reg", Spec: spec, Means: "the file is of a version that is not known", Example: "Windows Registry Editor Version 6.00\n" + exKey + "\"00036601\"=dword:00000180\n"},
	{Code: NoKey, Severity: diag.Warning, Kind: "reg", Spec: spec, Means: "values stand before the first key; they were taken for those of a profile", Example: "\"00036601\"=dword:00000180\n"},
	{Code: CharsetGuess, Severity: diag.Warning, Kind: "reg.hex", Spec: spec, Means: "UTF-16 without a byte order mark", Example: "40003D00220078002200"},
	{Code: Resaved, Severity: diag.Info, Kind: "reg", Spec: spec, Means: "text of a REGEDIT4 file, which is ANSI, is in Unicode", Example: ex4 + "\"001f3001\"=\"\u00FC\"\n"},
	{Code: CodePageGuess, Severity: diag.Warning, Kind: "reg", Spec: spec, Means: "nobody said the code page of 8-bit text; Windows-1252 was taken", Example: ex5 + "\"001e6603\"=\"\u00FC\"\n"},
	{Code: DamagedText, Severity: diag.Error, Kind: "reg.932.hex", Spec: spec, Means: "8-bit text has bytes that mean nothing in its code page", Example: "52454745444954340A2278223D228220220A"},
	{Code: NotAValue, Severity: diag.Error, Kind: "reg", Spec: spec, Means: "lines that are neither key nor value nor comment", Example: ex5 + "\"00036601=hex\n"},
	{Code: OpenKey, Severity: diag.Error, Kind: "reg", Spec: spec, Means: "a key without a bracket at its end", Example: "REGEDIT4\n[HKEY_CURRENT_USER\\Sof\n\"x\"=\"y\"\n"},
	{Code: Trailing, Severity: diag.Warning, Kind: "reg", Spec: spec, Means: "text behind a key or behind data", Example: ex5 + "\"00036601\"=dword:00000180 or so\n"},
	{Code: TooLong, Severity: diag.Error, Spec: spec, Means: "a value or a name is longer than this package reads; what is beyond was left out"},
	{Code: Deletion, Severity: diag.Info, Kind: "reg", Spec: spec, Means: "a key or a value that importing the file deletes", Example: ex5 + "\"00036601\"=-\n"},
	{Code: BadData, Severity: diag.Error, Kind: "reg", Spec: spec, Means: "data that is neither text nor dword nor hex", Example: ex5 + "\"00036601\"=384\n"},
	{Code: Cut, Severity: diag.Error, Kind: "reg", Spec: spec, Means: "data that breaks off", Example: ex5 + "\"001f6622\"=hex:65,00,\\\n"},
	{Code: HalfByte, Severity: diag.Error, Kind: "reg", Spec: spec, Means: "hex that ends in half a byte", Example: ex5 + "\"001f6622\"=hex:65,00,7\n"},
	{Code: BadHex, Severity: diag.Error, Kind: "reg", Spec: spec, Means: "hex with a character that does not belong there", Example: ex5 + "\"001f6622\"=hex:65,00,zz\n"},
	{Code: ShortByte, Severity: diag.Warning, Kind: "reg", Spec: spec, Means: "hex with bytes of one digit", Example: ex5 + "\"00036601\"=hex:80,1,0,00\n"},
	{Code: ShortNumber, Severity: diag.Warning, Kind: "reg", Spec: spec, Means: "a dword of fewer than eight digits", Example: ex5 + "\"00036601\"=dword:180\n"},
	{Code: LostBackslash, Severity: diag.Warning, Kind: "reg", Spec: spec, Means: "hex that goes on in another line without a backslash", Example: ex5 + "\"00036601\"=hex:80,01,\n00,00\n"},
	{Code: NoLineEnd, Severity: diag.Info, Kind: "reg", Spec: spec, Means: "hex at the end of a file without a line end; there may have been more", Example: ex5 + "\"00036601\"=hex:80,01,00,00"},
	{Code: Escape, Severity: diag.Warning, Kind: "reg", Spec: spec, Means: "a backslash in a text that escapes nothing; it stands for itself", Example: ex5 + "\"001f6610\"=\"C:\\outlook.ost\"\n"},
	{Code: Ordinary, Severity: diag.Info, Kind: "reg", Spec: spec, Means: "a value of the registry that is no property", Example: ex5 + "\"Service Name\"=\"MSEMS\"\n"},
	{Code: Secure, Severity: diag.Warning, Kind: "reg", Spec: spec, Means: "an encrypted value, which is kept as it is", Example: ex5 + "\"S001f67f0\"=hex:01,00,00\n"},
	{Code: DataType, Severity: diag.Warning, Kind: "reg", Spec: spec, Means: "a value of another type of the registry than properties of its type have", Example: ex5 + "\"000b6602\"=dword:00000001\n"},
	{Code: Size, Severity: diag.Warning, Kind: "reg", Spec: spec, Means: "a value with more or fewer bytes than its type; they are kept", Example: ex5 + "\"000b6602\"=hex:01,00,00,00\n"},
	{Code: Unterminated, Severity: diag.Warning, Kind: "reg", Spec: spec, Means: "a string without a NUL at its end", Example: ex5 + "\"001f6622\"=hex:65,00\n"},
	{Code: BooleanValue, Severity: diag.Warning, Kind: "reg", Spec: "[MS-OXCDATA] 2.11.1", Means: "a PtypBoolean is neither 0 nor 1; it counts as true", Example: ex5 + "\"000b6602\"=hex:ff,ff\n"},
	{Code: BadList, Severity: diag.Error, Kind: "reg", Spec: spec, Means: "a list of strings or binaries whose count or offsets its bytes do not bear out", Example: ex5 + "\"101f6630\"=hex:02,00,00,00\n"},
	{Code: Loose, Severity: diag.Warning, Kind: "reg", Spec: spec, Means: "a list of strings or binaries with bytes that belong to no element", Example: ex5 + "\"101e6630\"=hex:00,00,00,00,41\n"},
	{Code: Derived, Severity: diag.Info, Kind: "reg.1252", Spec: spec, Means: "8-bit text that the registry keeps as UTF-16; its bytes were computed", Example: ex5 + "\"001e6603\"=\"\u00FC\"\n"},
	{Code: NoBytes, Severity: diag.Warning, Kind: "reg", Spec: spec, Means: "8-bit text with characters that its code page does not have; it has no bytes", Example: ex5 + "\"001e6603\"=\"\u0159\"\n"},
	{Code: ProfileName, Severity: diag.Info, Kind: "reg", Spec: "edkmdb.h", Means: "a tag that is called otherwise in a profile", Example: ex5 + "\"001e6612\"=\"/o=x\"\n"},
	{Code: Flags, Severity: diag.Info, Kind: "reg", Spec: "edkmdb.h", Means: "what a number says", Example: ex5 + "\"00036601\"=dword:00000180\n"},
	{Code: ScriptName, Severity: diag.Info, Kind: "reg", Spec: "VBScript", Means: "a list of a script has the name that is set before it", Example: "strValueName = \"00036601\"\narrValue = Array(&H80,&H01,&H00,&H00)\n"},
	{Code: NoName, Severity: diag.Warning, Kind: "reg", Spec: "VBScript", Means: "a list of a script has no name before it", Example: "arrValue = Array(&H80,&H01,&H00,&H00)\n"},
}
