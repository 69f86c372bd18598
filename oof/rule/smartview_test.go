package rule_test

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/oof/rule"
)

// sharedText returns a text of MFCMAPI's test data, which is ASCII or UTF-16 with a byte order mark.
func sharedText(t *testing.T, name string) string {
	b := golden.Shared(t, "corpus/mfcmapi/Out/"+name)
	if len(b) < 2 || b[0] != 0xFF || b[1] != 0xFE {
		return string(b)
	}
	var units []uint16
	for b = b[2:]; len(b) > 1; b = b[2:] {
		units = append(units, binary.LittleEndian.Uint16(b))
	}
	return string(utf16.Decode(units))
}

// TestSmartViewShared compares byte for byte with what MFCMAPI makes of its own test data.
func TestSmartViewShared(t *testing.T) {
	for _, kind := range []string{"EXTENDEDRULEACTION", "EXTENDEDRULECONDITION", "RULECONDITION", "RESTRICTION"} {
		for _, n := range []string{"1", "2"} {
			t.Run(kind+"-"+n, func(t *testing.T) {
				text := strings.Join(strings.Fields(string(golden.Shared(t, "corpus/mfcmapi/In/"+kind+"-"+n+".dat"))), "")
				b, err := hex.DecodeString(text)
				require.NoError(t, err)
				r := inspect(t, map[string]string{"EXTENDEDRULEACTION": "extruleaction", "EXTENDEDRULECONDITION": "extrulecondition",
					"RULECONDITION": "rulecondition", "RESTRICTION": "restriction"}[kind], b)
				require.NoError(t, r.Err())
				got := string(rule.AppendSmartView(nil, r))
				if diff := cmp.Diff(strings.Split(sharedText(t, kind+"-out-"+n+".dat"), "\r\n"), strings.Split(got, "\r\n")); diff != "" {
					t.Errorf("(-MFCMAPI +got):\n%s", diff)
				}
			})
		}
	}
}

// TestSmartView shows the forms of which MFCMAPI has no test data here.
func TestSmartView(t *testing.T) {
	for _, c := range []struct {
		kind, hex string
		want      []string
	}{
		{"ruleaction", "0100 2400 01 00000000 00000000 01 0100 00 1500 01 0100000000000122 0000000000000000 00000000", []string{"Rule Action", "\tNoOfActions: 0x00000001",
			"\tActionBlocks[0]", "\t\tActionLength: 0x00000024", "\t\tActionType: OP_MOVE = 1", "\t\tActionFlavor: 0x00000000", "\t\tActionFlags: 0x00000000", "\t\tActionDataMove",
			"\t\t\tFolderInThisStore: true", "\t\t\tStoreEIDSize: 0x0001", "\t\t\tFolderEIDSize: 0x0015", "\t\t\tFolderEIDserverEID", "\t\t\t\tServerEID", "\t\t\t\t\tOurs: true",
			"\t\t\t\t\tFolderId: 0x22010000:0x00000001", "\t\t\t\t\tMessageId: 0x00000000:0x00000000", "\t\t\t\t\tInstance: 0x0000"}},
		{"ruleaction", "0100 0a00 0a 00000000 00000000 ff", []string{"Rule Action", "\tNoOfActions: 0x00000001", "\tActionBlocks[0]", "\t\tActionLength: 0x0000000A",
			"\t\tActionType: OP_DELETE = 10", "\t\tActionFlavor: 0x00000000", "\t\tActionFlags: 0x00000000", "\t\tActionDataDelete", "\t\t\tUnparsed data size = 0x00000001",
			"\t\t\t\tcb: 1 lpb: FF"}},
		{"ruleaction", "0100 1600 07 03000000 00000000 0100 01 0100 03001700 02000000 00", []string{"Rule Action", "\tNoOfActions: 0x00000001", "\tActionBlocks[0]",
			"\t\tActionLength: 0x00000016", "\t\tActionType: OP_FORWARD = 7", "\t\tActionFlavor: FWD_PRESERVE_SENDER | FWD_DO_NOT_MUNGE_MSG = 0x00000003", "\t\tActionFlags: 0x00000000",
			"\t\tActionDataForward", "\t\t\tRecipientCount: 0x00000001", "\t\t\tRecipientBlocks[0]", "\t\t\t\tReserved: 0x1", "\t\t\t\tNoOfProperties: 0x00000001",
			"\t\t\t\tPropertyValues[0]", "\t\t\t\t\tPropTag = 0x00170003 (PT_LONG)", "\t\t\t\t\t\tName: PR_IMPORTANCE", "\t\t\t\t\t\tOther Matches: PidTagImportance, ptagImportance",
			"\t\t\t\t\tPropString = 2", "\t\t\t\t\tAltPropString = 0x00000002", "\tUnparsed data size = 0x00000001", "\t\tcb: 1 lpb: 00"}},
		{"rulecondition", "07 02 02010910 00100000", []string{"Rule Condition", "\tRestriction", "\t|\trt = 0x7 = RES_SIZE", "\t|\tresSize", "\t|\t|\trelop = RELOP_GT = 0x00000002",
			"\t|\t|\tcb = 0x00001000", "\t|\t|\tPropTag = 0x10090102 (PT_BINARY): PR_RTF_COMPRESSED: (PidTagRtfCompressed, ptagRTFCompressed)"}},
		{"rulecondition", "06 01 0300070e 10000000", []string{"Rule Condition", "\tRestriction", "\t|\trt = 0x6 = RES_BITMASK", "\t|\tresBitMask", "\t|\t|\trelBMR = BMR_NEZ = 0x00000001",
			"\t|\t|\tPropTag = 0x0E070003 (PT_LONG): PR_MESSAGE_FLAGS: (PidTagMessageFlags, ptagMessageFlags)", "\t|\t|\tMask = MSGFLAG_HASATTACH = 0x00000010"}},
		{"rulecondition", "0a 01 0b000060 01 00", []string{"Rule Condition", "\tRestriction", "\t|\trt = 0xA = RES_COMMENT", "\t|\tresComment", "\t|\t|\tcValues = 0x00000001",
			"\t|\t|\tProperty[0]", "\t|\t|\t\tPropTag = 0x6000000B (PT_BOOLEAN)", "\t|\t|\t\tPropString = True"}},
		{"extrulecondition", "0000", []string{"Extended Rule Condition", "\tNamedPropertyInformation", "\t\tNumber of named props = 0x0000"}},
	} {
		got := strings.Split(string(rule.AppendSmartView(nil, inspect(t, c.kind, golden.Unhex(t, c.hex)))), "\r\n")
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s %s (-want +got):\n%s", c.kind, c.hex, diff)
		}
	}
}

// TestSmartViewAnything: whatever was read can be shown.
func TestSmartViewAnything(t *testing.T) {
	for _, dir := range []string{"ruleaction", "extruleaction", "rulecondition", "extrulecondition", "restriction"} {
		for _, vec := range golden.Load(t, "testdata/"+dir) {
			text := string(rule.AppendSmartView([]byte("x"), inspect(t, dir, vec.Blob(t))))
			require.True(t, strings.HasPrefix(text, "x"), vec.Name)
			require.False(t, strings.HasSuffix(text, "\r\n"), vec.Name)
		}
	}
	deep := string(rule.AppendSmartView(nil, inspect(t, "rulecondition", append(bytes.Repeat([]byte{2}, 250), exist...))))
	require.Equal(t, 25, strings.Count(deep, "rt = 0x2 = RES_NOT"))
	require.True(t, strings.HasSuffix(deep, "|\tdeeper than MFCMAPI reads"))
	v, _ := rule.InspectAction([]byte{0}, mapi.ProfileOCFG)
	require.Equal(t, "Rule Action\r\n\tNoOfActions: 0x00000000", string(v.AppendSmartView(nil)))
}
