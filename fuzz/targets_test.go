package fuzz_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/fuzz"
	"github.com/mapiprop/mapiprop/mapi"
	smallblob "github.com/mapiprop/mapiprop/mapi/blob"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump/ews"
	"github.com/mapiprop/mapiprop/mapi/dump/graph"
	"github.com/mapiprop/mapiprop/mapi/dump/lines"
	"github.com/mapiprop/mapiprop/mapi/dump/mfcmapi"
	"github.com/mapiprop/mapiprop/mapi/dump/pffexport"
	"github.com/mapiprop/mapiprop/mapi/dump/reg"
	"github.com/mapiprop/mapiprop/mapi/entryid"
	"github.com/mapiprop/mapiprop/mapi/freebusy"
	"github.com/mapiprop/mapiprop/mapi/goid"
	"github.com/mapiprop/mapiprop/mapi/security"
	"github.com/mapiprop/mapiprop/oof"
	"github.com/mapiprop/mapiprop/oof/rtf"
	"github.com/mapiprop/mapiprop/recur"
	"github.com/mapiprop/mapiprop/tzdef"
)

// targets is the table. A new structure is one entry here, and one line below it for the go command to find.
//
// SelfDelimiting (L6) holds for structures that know their own length. A PidLidTimeZoneStruct does, and the three
// layouts of a registry zone do not: they are told apart by the size of the blob. Blocks of free/busy, and
// entry ids, end where the blob does.
var targets = []target{
	structure("../tzdef/testdata/tzdef", fuzz.Laws[tzdef.Definition]{Name: "TZDef", Decode: tzdef.Decode, Inspect: tzdef.Inspect,
		Unmarshal: (*tzdef.Definition).UnmarshalBinary, Append: (*tzdef.Definition).AppendBinary,
		Normalize: (*tzdef.Definition).Normalize, SelfDelimiting: true, Normalized: []diag.Code{tzdef.TrailingData,
			tzdef.MajorVersion, tzdef.MinorVersion, tzdef.HeaderSize, tzdef.HeaderSizeMismatch, tzdef.RuleMajorVersion,
			tzdef.RuleMinorVersion, tzdef.RuleSize, tzdef.RuleTooSmall, tzdef.RuleSizeOverrun}}),
	structure("../tzdef/testdata/tzstruct", fuzz.Laws[tzdef.TZStruct]{Name: "TZStruct", Decode: tzdef.DecodeStruct,
		Inspect: tzdef.InspectStruct, Unmarshal: (*tzdef.TZStruct).UnmarshalBinary, Append: (*tzdef.TZStruct).AppendBinary,
		Normalize: (*tzdef.TZStruct).Normalize, SelfDelimiting: true,
		Normalized: []diag.Code{tzdef.TrailingData, tzdef.StandardYearMismatch, tzdef.DaylightYearMismatch}}),
	structure("../tzdef/testdata/tzreg", fuzz.Laws[tzdef.Information]{Name: "TZReg", Decode: tzdef.DecodeInformation,
		Inspect: tzdef.InspectInformation, Unmarshal: (*tzdef.Information).UnmarshalBinary,
		Append: (*tzdef.Information).AppendBinary}),
	structure("../mapi/goid/testdata/goid", fuzz.Laws[goid.GlobalObjectID]{Name: "GOID", Decode: goid.Decode, Inspect: goid.Inspect,
		Unmarshal: (*goid.GlobalObjectID).UnmarshalBinary, Append: (*goid.GlobalObjectID).AppendBinary,
		Normalize: (*goid.GlobalObjectID).Normalize, SelfDelimiting: true, Normalized: []diag.Code{goid.TrailingData, goid.XNotZero}}),
	structure("../mapi/entryid/testdata/entryid", fuzz.Laws[entryid.EntryID]{Name: "EntryID", Decode: entryid.Decode, Inspect: entryid.Inspect,
		Unmarshal: (*entryid.EntryID).UnmarshalBinary, Append: (*entryid.EntryID).AppendBinary, Normalize: (*entryid.EntryID).Normalize,
		Normalized: []diag.Code{entryid.TrailingData, entryid.PadNotZero, entryid.EntryIDCount, entryid.StoreSize, entryid.StoreOffset}}),
	structure("../mapi/entryid/testdata/serverid", fuzz.Laws[entryid.ServerID]{Name: "ServerID", Decode: entryid.DecodeServerID,
		Inspect: entryid.InspectServerID, Unmarshal: (*entryid.ServerID).UnmarshalBinary, Append: (*entryid.ServerID).AppendBinary}),
	structure("../mapi/freebusy/testdata/freebusy", fuzz.Laws[freebusy.Blocks]{Name: "FreeBusy", Decode: freebusy.Decode, Inspect: freebusy.Inspect,
		Unmarshal: (*freebusy.Blocks).UnmarshalBinary, Append: (*freebusy.Blocks).AppendBinary, Normalize: (*freebusy.Blocks).Normalize,
		Normalized: []diag.Code{freebusy.PartialBlock, freebusy.EmptyBlock, freebusy.ReversedBlock, freebusy.BlockOrder,
			freebusy.BlockOverlap, freebusy.BlockAdjacent}}),
	structure("../oof/testdata/oofhistory", fuzz.Laws[oof.History]{Name: "OOFHistory", Decode: oof.DecodeHistory, Inspect: oof.InspectHistory,
		Unmarshal: (*oof.History).UnmarshalBinary, Append: (*oof.History).AppendBinary, Normalize: (*oof.History).Normalize,
		SelfDelimiting: true, Normalized: []diag.Code{oof.HistoryVersion, oof.HistoryOofOn, oof.TrailingData}}),
	structure("../recur/testdata/recur", fuzz.Laws[recur.RecurrencePattern]{Name: "Recur", Decode: recur.DecodePattern, Inspect: recur.InspectPattern,
		Unmarshal: (*recur.RecurrencePattern).UnmarshalBinary, Append: (*recur.RecurrencePattern).AppendBinary,
		Normalize: (*recur.RecurrencePattern).Normalize, SelfDelimiting: true, Normalized: recurNormalized}),
	structure("../recur/testdata/apptrecur", fuzz.Laws[recur.AppointmentRecurrencePattern]{Name: "AppointmentRecur", Decode: recur.Decode, Inspect: recur.Inspect,
		Unmarshal: (*recur.AppointmentRecurrencePattern).UnmarshalBinary, Append: (*recur.AppointmentRecurrencePattern).AppendBinary,
		Normalize: (*recur.AppointmentRecurrencePattern).Normalize, SelfDelimiting: true, Normalized: apptNormalized}),
	structure("../mapi/blob/testdata/convindex", fuzz.Laws[smallblob.ConversationIndex]{Name: "ConversationIndex", Decode: smallblob.DecodeConversationIndex,
		Inspect: smallblob.InspectConversationIndex, Unmarshal: (*smallblob.ConversationIndex).UnmarshalBinary, Append: (*smallblob.ConversationIndex).AppendBinary}),
	structure("../mapi/blob/testdata/xid", fuzz.Laws[smallblob.XID]{Name: "XID", Decode: smallblob.DecodeXID, Inspect: smallblob.InspectXID,
		Unmarshal: (*smallblob.XID).UnmarshalBinary, Append: (*smallblob.XID).AppendBinary}),
	structure("../mapi/blob/testdata/pcl", fuzz.Laws[smallblob.PredecessorChangeList]{Name: "PCL", Decode: smallblob.DecodePredecessorChangeList,
		Inspect: smallblob.InspectPredecessorChangeList, Unmarshal: (*smallblob.PredecessorChangeList).UnmarshalBinary, Append: (*smallblob.PredecessorChangeList).AppendBinary}),
	structure("../mapi/blob/testdata/flatlist", fuzz.Laws[smallblob.FlatEntryList]{Name: "FlatEntryList", Decode: smallblob.DecodeFlatEntryList,
		Inspect: smallblob.InspectFlatEntryList, Unmarshal: (*smallblob.FlatEntryList).UnmarshalBinary, Append: (*smallblob.FlatEntryList).AppendBinary}),
	structure("../mapi/blob/testdata/verbstream", fuzz.Laws[smallblob.VerbStream]{Name: "VerbStream", Decode: smallblob.DecodeVerbStream,
		Inspect: smallblob.InspectVerbStream, Unmarshal: (*smallblob.VerbStream).UnmarshalBinary, Append: (*smallblob.VerbStream).AppendBinary}),
	structure("../mapi/blob/testdata/reporttag", fuzz.Laws[smallblob.ReportTag]{Name: "ReportTag", Decode: smallblob.DecodeReportTag,
		Inspect: smallblob.InspectReportTag, Unmarshal: (*smallblob.ReportTag).UnmarshalBinary, Append: (*smallblob.ReportTag).AppendBinary, SelfDelimiting: true}),
	structure("../mapi/blob/testdata/renids", fuzz.Laws[smallblob.AdditionalRenEntryIDs]{Name: "RenEntryIDs", Decode: smallblob.DecodeAdditionalRenEntryIDs,
		Inspect: smallblob.InspectAdditionalRenEntryIDs, Unmarshal: (*smallblob.AdditionalRenEntryIDs).UnmarshalBinary, Append: (*smallblob.AdditionalRenEntryIDs).AppendBinary}),
	structure("../mapi/blob/testdata/folderflags", fuzz.Laws[smallblob.ExtendedFolderFlags]{Name: "FolderFlags", Decode: smallblob.DecodeExtendedFolderFlags,
		Inspect: smallblob.InspectExtendedFolderFlags, Unmarshal: (*smallblob.ExtendedFolderFlags).UnmarshalBinary, Append: (*smallblob.ExtendedFolderFlags).AppendBinary}),
	structure("../mapi/blob/testdata/webview", fuzz.Laws[smallblob.WebViews]{Name: "WebViews", Decode: smallblob.DecodeWebViews,
		Inspect: smallblob.InspectWebViews, Unmarshal: (*smallblob.WebViews).UnmarshalBinary, Append: (*smallblob.WebViews).AppendBinary}),
	structure("../mapi/blob/testdata/tombstone", fuzz.Laws[smallblob.Tombstones]{Name: "Tombstones", Decode: smallblob.DecodeTombstones,
		Inspect: smallblob.InspectTombstones, Unmarshal: (*smallblob.Tombstones).UnmarshalBinary, Append: (*smallblob.Tombstones).AppendBinary, SelfDelimiting: true}),
	structure("../mapi/blob/testdata/propdef", fuzz.Laws[smallblob.PropertyDefinitions]{Name: "PropertyDefinitions", Decode: smallblob.DecodePropertyDefinitions,
		Inspect: smallblob.InspectPropertyDefinitions, Unmarshal: (*smallblob.PropertyDefinitions).UnmarshalBinary, Append: (*smallblob.PropertyDefinitions).AppendBinary, SelfDelimiting: true}),
	structure("../mapi/blob/testdata/swappedtodo", fuzz.Laws[smallblob.SwappedToDo]{Name: "SwappedToDo", Decode: smallblob.DecodeSwappedToDo,
		Inspect: smallblob.InspectSwappedToDo, Unmarshal: (*smallblob.SwappedToDo).UnmarshalBinary, Append: (*smallblob.SwappedToDo).AppendBinary, SelfDelimiting: true}),
	structure("../mapi/blob/testdata/nickname", fuzz.Laws[smallblob.NicknameCache]{Name: "NicknameCache", Decode: smallblob.DecodeNicknameCache,
		Inspect: smallblob.InspectNicknameCache, Unmarshal: (*smallblob.NicknameCache).UnmarshalBinary, Append: (*smallblob.NicknameCache).AppendBinary, SelfDelimiting: true}),
	structure("../mapi/security/testdata/sid", fuzz.Laws[security.SID]{Name: "SID", Decode: security.DecodeSID, Inspect: security.InspectSID,
		Unmarshal: (*security.SID).UnmarshalBinary, Append: (*security.SID).AppendBinary, SelfDelimiting: true}),
	structure("../mapi/security/testdata/ntsd", fuzz.Laws[security.Descriptor]{Name: "Descriptor", Decode: security.DecodeDescriptor,
		Inspect: security.InspectDescriptor, Unmarshal: (*security.Descriptor).UnmarshalBinary, Append: (*security.Descriptor).AppendBinary, SelfDelimiting: true}),

	structure("../oof/rtf/testdata/rtf", fuzz.Laws[rtf.Compressed]{Name: "RTF", Decode: rtf.Decode, Inspect: rtf.Inspect,
		Unmarshal: (*rtf.Compressed).UnmarshalBinary, Append: (*rtf.Compressed).AppendBinary, Normalize: (*rtf.Compressed).Normalize,
		Normalized: []diag.Code{rtf.TrailingData, rtf.BadCompSize, rtf.BadCRC, rtf.ZeroCRC, rtf.MELACRC, rtf.RawSizeMismatch, rtf.Padding}}),
	structure("../oof/rule/testdata/ruleaction", ruleActions("RuleAction", mapi.ProfileROP)),
	structure("../oof/rule/testdata/extruleaction", ruleActions("ExtRuleAction", mapi.ProfileExtended)),
	structure("../oof/rule/testdata/rulecondition", ruleConditions("RuleCondition", mapi.ProfileROP)),
	structure("../oof/rule/testdata/extrulecondition", ruleConditions("ExtRuleCondition", mapi.ProfileExtended)),
	structure("../oof/rule/testdata/searchfolder", searchFolders()),
	structure("../oof/rule/testdata/restriction", ruleConditions("Restriction", mapi.ProfileOCFG)),
	structure("../oof/rule/testdata/rulecondition-mfcmapi", ruleConditions("RuleConditionMFCMAPI", mapi.ProfileMFCMAPI)),

	{name: "TZDefValue", check: checkTZDefValue, seeds: []seeder{numbers, vectors("../tzdef/testdata/tzdef")}},
	{name: "TZDefOffset", check: checkTZDefOffset, seeds: []seeder{numbers, vectors("../tzdef/testdata/tzdef")}},
	{name: "TZDefJSON", check: checkTZDefJSON, seeds: []seeder{values("../tzdef/testdata/tzdef"),
		values("../tzdef/testdata/tzstruct"), values("../tzdef/testdata/tzreg"), texts(jsonTexts...)}},
	{name: "Wire", check: checkWire, seeds: []seeder{numbers}},
	{name: "GOIDValue", check: checkGOIDValue, seeds: []seeder{numbers, vectors("../mapi/goid/testdata/goid")}},
	{name: "GOIDUID", check: checkGOIDUID, seeds: []seeder{texts(uidTexts...)}},
	{name: "GOIDJSON", check: checkGOIDJSON, seeds: []seeder{values("../mapi/goid/testdata/goid"), texts(jsonTexts...)}},
	{name: "EntryIDJSON", check: checkEntryIDJSON, seeds: []seeder{values("../mapi/entryid/testdata/entryid"),
		values("../mapi/entryid/testdata/serverid"), texts(jsonTexts...)}},
	{name: "EntryIDText", check: checkEntryIDText, seeds: []seeder{vectors("../mapi/entryid/testdata/entryid")}},
	{name: "IMCEAEX", check: checkIMCEAEX, seeds: []seeder{texts(imceaexTexts...)}},
	{name: "FreeBusyPair", check: checkFreeBusyPair, seeds: []seeder{numbers, vectors("../mapi/freebusy/testdata/freebusy")}},
	{name: "FreeBusyJSON", check: checkFreeBusyJSON, seeds: []seeder{values("../mapi/freebusy/testdata/freebusy"), texts(jsonTexts...)}},
	{name: "RuleValue", check: checkRuleValue, seeds: []seeder{numbers, vectors("../oof/rule/testdata/ruleaction")}},
	{name: "RuleJSON", check: checkRuleJSON, seeds: []seeder{values("../oof/rule/testdata/ruleaction"), values("../oof/rule/testdata/extruleaction"),
		values("../oof/rule/testdata/rulecondition"), values("../oof/rule/testdata/extrulecondition"), values("../oof/rule/testdata/restriction"), texts(jsonTexts...)}},
	{name: "OOFSettings", check: checkOOFSettings, seeds: []seeder{textsOf("../oof/testdata/settings"), examples(oof.Codes(), "oof settings")}},
	{name: "OOFJudge", check: checkOOFJudge, seeds: []seeder{numbers, texts(oofMailboxes...)}},
	{name: "OOFLog", check: checkOOFLog, seeds: []seeder{textsOf("../oof/testdata/log"), examples(oof.Codes(), "oof log")}},
	{name: "OOFJSON", check: checkOOFJSON, seeds: []seeder{values("../oof/testdata/settings"), values("../oof/testdata/log"),
		values("../oof/testdata/oofhistory"), texts(jsonTexts...)}},
	{name: "AppointmentRecurValue", check: checkAppointmentRecurValue, seeds: []seeder{numbers, vectors("../recur/testdata/apptrecur")}},
	{name: "RecurInstances", check: checkRecurInstances, seeds: []seeder{numbers, vectors("../recur/testdata/apptrecur")}},
	{name: "RecurRecover", check: checkRecurRecover, seeds: []seeder{numbers, vectors("../recur/testdata/apptrecur")}},
	{name: "RecurJSON", check: checkRecurJSON, seeds: []seeder{values("../recur/testdata/recur"), values("../recur/testdata/apptrecur"),
		texts(recurTexts...)}},
	{name: "RTFReader", check: checkRTFReader, seeds: []seeder{numbers, vectors("../oof/rtf/testdata/rtf")}},
	{name: "RTFNew", check: checkRTFNew, seeds: []seeder{numbers, vectors("../oof/rtf/testdata/rtf")}},
	{name: "RTFJSON", check: checkRTFJSON, seeds: []seeder{values("../oof/rtf/testdata/rtf"), texts(jsonTexts...)}},
	{name: "RTFBody", check: checkRTFBody, seeds: []seeder{bodySeeds, examples(rtf.Codes(), "RTF")}},
	{name: "GUID", check: checkGUID, seeds: []seeder{guidVectors}},
	{name: "ExMergeLog", check: checkExMergeLog, seeds: []seeder{texts(logTexts...)}},
	{name: "MAPIValue", check: checkMAPIValue, seeds: []seeder{valueSeeds}},
	{name: "Decode8", check: checkDecode8, seeds: []seeder{numbers, texts(codePageTexts...)}},
	{name: "DumpMFCMAPI", check: checkDumpMFCMAPI, seeds: []seeder{texts(mfcmapiTexts...), examples(mfcmapi.Codes(), "mfcmapi", "mfcmapi.hex")}},
	{name: "DumpLines", check: checkDumpLines, seeds: []seeder{texts(linesTexts...), examples(lines.Codes(), "lines")}},
	{name: "DumpJSONL", check: checkDumpJSONL, seeds: []seeder{texts(jsonlTexts...), examples(lines.Codes(), "jsonl")}},
	{name: "DumpCSV", check: checkDumpCSV, seeds: []seeder{texts(csvTexts...), examples(lines.Codes(), "csv")}},
	{name: "DumpMSG", check: checkDumpMSG, seeds: []seeder{msgSeeds}},
	{name: "DumpTNEF", check: checkDumpTNEF, seeds: []seeder{tnefSeeds}},
	{name: "DumpReg", check: checkDumpReg, seeds: []seeder{texts(regTexts...), examples(reg.Codes(), "reg", "reg.hex", "reg.1252", "reg.932.hex")}},
	{name: "DumpPffexport", check: checkDumpPffexport, seeds: []seeder{texts(pffexportTexts...), examples(pffexport.Codes(), "pffexport", "pffexport.hex")}},
	{name: "DumpGraph", check: checkDumpGraph, seeds: []seeder{texts(graphTexts...), files("../mapi/dump/graph/testdata"), examples(graph.Codes(), "graph", "graph.hex")}},
	{name: "DumpEWS", check: checkDumpEWS, seeds: []seeder{texts(ewsTexts...), files("../mapi/dump/ews/testdata"), examples(ews.Codes(), "ews", "ews.hex")}},
	{name: "DumpOpen", check: checkDumpOpen, seeds: []seeder{texts(slices.Concat(mfcmapiTexts, linesTexts, jsonlTexts, csvTexts, regTexts,
		pffexportTexts, graphTexts, ewsTexts, daslTexts)...)}},
	{name: "WTF8", check: checkWTF8, seeds: []seeder{numbers, texts(wtf8Texts...)}},
}

func FuzzTZDef(f *testing.F)                 { run(f) }
func FuzzTZStruct(f *testing.F)              { run(f) }
func FuzzTZReg(f *testing.F)                 { run(f) }
func FuzzTZDefValue(f *testing.F)            { run(f) }
func FuzzTZDefOffset(f *testing.F)           { run(f) }
func FuzzTZDefJSON(f *testing.F)             { run(f) }
func FuzzWire(f *testing.F)                  { run(f) }
func FuzzGOID(f *testing.F)                  { run(f) }
func FuzzGOIDValue(f *testing.F)             { run(f) }
func FuzzGOIDUID(f *testing.F)               { run(f) }
func FuzzGOIDJSON(f *testing.F)              { run(f) }
func FuzzEntryID(f *testing.F)               { run(f) }
func FuzzServerID(f *testing.F)              { run(f) }
func FuzzEntryIDJSON(f *testing.F)           { run(f) }
func FuzzEntryIDText(f *testing.F)           { run(f) }
func FuzzIMCEAEX(f *testing.F)               { run(f) }
func FuzzFreeBusy(f *testing.F)              { run(f) }
func FuzzFreeBusyPair(f *testing.F)          { run(f) }
func FuzzFreeBusyJSON(f *testing.F)          { run(f) }
func FuzzConversationIndex(f *testing.F)     { run(f) }
func FuzzXID(f *testing.F)                   { run(f) }
func FuzzPCL(f *testing.F)                   { run(f) }
func FuzzFlatEntryList(f *testing.F)         { run(f) }
func FuzzRuleAction(f *testing.F)            { run(f) }
func FuzzExtRuleAction(f *testing.F)         { run(f) }
func FuzzRuleCondition(f *testing.F)         { run(f) }
func FuzzExtRuleCondition(f *testing.F)      { run(f) }
func FuzzRestriction(f *testing.F)           { run(f) }
func FuzzRuleConditionMFCMAPI(f *testing.F)  { run(f) }
func FuzzRuleValue(f *testing.F)             { run(f) }
func FuzzRuleJSON(f *testing.F)              { run(f) }
func FuzzSearchFolder(f *testing.F)          { run(f) }
func FuzzOOFHistory(f *testing.F)            { run(f) }
func FuzzOOFSettings(f *testing.F)           { run(f) }
func FuzzOOFJudge(f *testing.F)              { run(f) }
func FuzzOOFLog(f *testing.F)                { run(f) }
func FuzzOOFJSON(f *testing.F)               { run(f) }
func FuzzVerbStream(f *testing.F)            { run(f) }
func FuzzReportTag(f *testing.F)             { run(f) }
func FuzzRenEntryIDs(f *testing.F)           { run(f) }
func FuzzFolderFlags(f *testing.F)           { run(f) }
func FuzzWebViews(f *testing.F)              { run(f) }
func FuzzTombstones(f *testing.F)            { run(f) }
func FuzzPropertyDefinitions(f *testing.F)   { run(f) }
func FuzzSwappedToDo(f *testing.F)           { run(f) }
func FuzzNicknameCache(f *testing.F)         { run(f) }
func FuzzSID(f *testing.F)                   { run(f) }
func FuzzDescriptor(f *testing.F)            { run(f) }
func FuzzRecur(f *testing.F)                 { run(f) }
func FuzzAppointmentRecur(f *testing.F)      { run(f) }
func FuzzAppointmentRecurValue(f *testing.F) { run(f) }
func FuzzRecurInstances(f *testing.F)        { run(f) }
func FuzzRecurRecover(f *testing.F)          { run(f) }
func FuzzRecurJSON(f *testing.F)             { run(f) }
func FuzzRTF(f *testing.F)                   { run(f) }
func FuzzRTFReader(f *testing.F)             { run(f) }
func FuzzRTFNew(f *testing.F)                { run(f) }
func FuzzRTFJSON(f *testing.F)               { run(f) }
func FuzzRTFBody(f *testing.F)               { run(f) }
func FuzzGUID(f *testing.F)                  { run(f) }
func FuzzExMergeLog(f *testing.F)            { run(f) }
func FuzzMAPIValue(f *testing.F)             { run(f) }
func FuzzDecode8(f *testing.F)               { run(f) }
func FuzzDumpMFCMAPI(f *testing.F)           { run(f) }
func FuzzDumpLines(f *testing.F)             { run(f) }
func FuzzDumpJSONL(f *testing.F)             { run(f) }
func FuzzDumpCSV(f *testing.F)               { run(f) }
func FuzzDumpMSG(f *testing.F)               { run(f) }
func FuzzDumpTNEF(f *testing.F)              { run(f) }
func FuzzDumpReg(f *testing.F)               { run(f) }
func FuzzDumpPffexport(f *testing.F)         { run(f) }
func FuzzDumpGraph(f *testing.F)             { run(f) }
func FuzzDumpEWS(f *testing.F)               { run(f) }
func FuzzDumpOpen(f *testing.F)              { run(f) }
func FuzzWTF8(f *testing.F)                  { run(f) }

// A target is one Fuzz function: where its seeds come from, and what every input is held to. Each takes one run of
// bytes, also where they are a program or a text, because other fuzzers know nothing else.
type target struct {
	name  string // of the Fuzz function, without "Fuzz"
	seeds []seeder
	check func(testing.TB, []byte)
	laws  *verbs // of a structure, else nil
}

// verbs are those of a structure whatever its type.
type verbs struct {
	decode, inspect func([]byte)
	memory          func(testing.TB, []byte)
}

// structure is the target of a decoder: the laws hold it, and the vectors of a folder are the seeds.
func structure[T any](folder string, laws fuzz.Laws[T]) target {
	return target{
		name:  laws.Name,
		seeds: []seeder{vectors(folder)},
		check: func(tb testing.TB, b []byte) { laws.Check(tb, b) },
		laws: &verbs{
			decode:  func(b []byte) { _, _ = laws.Decode(b) }, // what it says is for check
			inspect: func(b []byte) { laws.Inspect(b) },
			memory:  func(tb testing.TB, b []byte) { laws.CheckMemory(tb, b) },
		},
	}
}

// run fuzzes the target whose name is that of the Fuzz function.
func run(f *testing.F) {
	i := slices.IndexFunc(targets, func(t target) bool { return "Fuzz"+t.name == f.Name() })
	require.GreaterOrEqual(f, i, 0, "%s is not in the table", f.Name())
	t := targets[i]
	for _, s := range t.all(f) {
		f.Add(s.data)
	}
	f.Fuzz(func(tb *testing.T, b []byte) { t.check(tb, b) })
}

// TestVectors holds every decoder to the laws on every seed, and to the memory it may take.
func TestVectors(t *testing.T) {
	for _, target := range targets {
		for _, s := range target.all(t) {
			t.Run(target.name+"/"+s.name, func(t *testing.T) {
				target.check(t, s.data)
				if target.laws != nil && slack == 1 {
					target.laws.memory(t, s.data)
				}
			})
		}
	}
}

// TestTable holds table and Fuzz functions to each other: go test -list sees the functions alone.
func TestTable(t *testing.T) {
	var functions, names []string
	for _, pkg := range parseTests(t) {
		for _, decl := range pkg.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && strings.HasPrefix(f.Name.Name, "Fuzz") {
				functions = append(functions, f.Name.Name)
			}
		}
	}
	for _, target := range targets {
		names = append(names, "Fuzz"+target.name)
	}
	slices.Sort(functions)
	slices.Sort(names)
	if diff := cmp.Diff(names, functions); diff != "" || len(names) == 0 {
		t.Errorf("the table, and the functions (-table +functions):\n%s", diff)
	}
}

func parseTests(t *testing.T) []*ast.File {
	t.Helper()
	tests, err := filepath.Glob("*_test.go")
	require.NoError(t, err)
	var all []*ast.File
	for _, name := range tests {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		require.NoError(t, err)
		all = append(all, f)
	}
	return all
}
