package mapi

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mapiprop/mapiprop/guid"
	"github.com/stretchr/testify/require"
)

// flagProp makes a property of the key of a row of flags.tsv.
func flagProp(t *testing.T, key string, n uint32) Prop {
	t.Helper()
	p := Prop{Value: Integer32(n)}
	if set, lid, named := strings.Cut(key, ":"); named {
		g, ok := guid.ByName(set)
		require.True(t, ok, set)
		p.Name = PropName{Set: g, LID: uint32(mustTag(t, lid))}
		p.Tag = 0x85550003
		_, ok = NamedName(p.Name)
		require.True(t, ok, key)
		return p
	}
	p.Tag = mustTag(t, key)
	switch p.Tag.Type() {
	case PtypBoolean:
		p.Value = Boolean(n)
	case PtypMultipleInteger32:
		p.Value = MultipleInteger32{int32(n)}
	case PtypInteger16:
		p.Value = Integer16(n)
	default:
		require.Equal(t, PtypInteger32, p.Tag.Type(), key)
	}
	return p
}

// TestWordsAgainstTSV gives every row the number it is about, and the words of all rows of one bit the whole of them.
func TestWordsAgainstTSV(t *testing.T) {
	bits := map[string]uint32{}
	names := map[string][]string{}
	rows := readTSV(t, "flags.tsv")
	for _, r := range rows {
		v64, err := strconv.ParseUint(r["value"], 0, 32)
		require.NoError(t, err)
		n, want := uint32(v64), []string{r["name"]}
		switch r["match"] {
		case "bit":
			bits[r["property"]] |= n
			names[r["property"]] = append(names[r["property"]], r["name"])
			if n&(n-1) != 0 {
				continue // of several bits: see TestWords
			}
		case "value":
		case "value-high-word":
			n = n << 16
			want = nil
		case "value-byte1":
			n = n<<8 | remoteValid
			want = nil
		case "value-byte0":
			want = nil
		case "clear-bits":
			n, want = n&0x00400000, []string{"0x400000"}
		}
		got, _ := Words(flagProp(t, r["property"], n))
		if want == nil && slices.Contains(got, r["name"]) {
			continue
		}
		if r["match"] == "clear-bits" || r["property"] == "0x0C150003" || r["property"] == "0x59020003" || r["property"] == "0x39050003" {
			// A kind without bits and no bits of a kind are words there too.
			got = slices.DeleteFunc(got, func(w string) bool {
				return w != want[0] && slices.Contains([]string{"MAPI_ORIG", "INTERNET_FORMAT_DEFAULT", "Local: DT_MAILUSER", "Remote: DT_MAILUSER"}, w)
			})
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s %s %s: %s", r["property"], r["value"], r["match"], diff)
		}
		if strings.HasPrefix(r["property"], "0x") {
			if name, ok := NameOf(mustTag(t, r["property"])); !ok || name != r["canonical"] {
				t.Errorf("%s is %q, not %q", r["property"], name, r["canonical"])
			}
		} else if info, _ := NamedName(flagProp(t, r["property"], 0).Name); info.Canonical != r["canonical"] {
			t.Errorf("%s is %q, not %q", r["property"], info.Canonical, r["canonical"])
		}
	}
	for key, all := range bits {
		got, flags := Words(flagProp(t, key, all))
		if len(got) == 1 {
			got = strings.Split(got[0], " | ") // the only element of a list
		}
		for _, w := range names[key] {
			// MAC_ATTACH_ENCODING_… is a field of two bits: with both set it is just one of the three.
			if !slices.Contains(got, w) && w != "MAC_ATTACH_ENCODING_APPLESINGLE" && w != "MAC_ATTACH_ENCODING_UUENCODE" {
				t.Errorf("%s, %#x: %q lacks %s", key, all, got, w)
			}
		}
		if !flags {
			t.Errorf("%s has bits and is no set of flags", key)
		}
	}
	if len(rows) < 1050 {
		t.Errorf("only %d rows", len(rows))
	}
}

// TestWordsLoseNothing gives every property numbers without sense: the bits of the words, and the number at the end, come to
// what was there.
func TestWordsLoseNothing(t *testing.T) {
	bit, other := map[string]map[string]uint32{}, map[string]bool{}
	for _, r := range readTSV(t, "flags.tsv") {
		v, err := strconv.ParseUint(r["value"], 0, 32)
		require.NoError(t, err)
		key := r["property"]
		if bit[key] == nil {
			bit[key] = map[string]uint32{}
		}
		_, twice := bit[key][r["name"]]
		bit[key][r["name"]] = uint32(v)
		other[key] = other[key] || twice || r["match"] != "bit" && r["match"] != "value" || strings.HasSuffix(key, "1003") || strings.HasSuffix(key, "0002")
	}
	rnd := newRand(11)
	checked := 0
	for key, names := range bit {
		if other[key] {
			continue
		}
		checked++
		for range 500 {
			n := rnd.Uint32() >> rnd.IntN(32)
			words, _ := Words(flagProp(t, key, n))
			sum := uint32(0)
			for i, w := range words {
				v, named := names[w]
				if !named {
					u, err := strconv.ParseUint(w, 0, 32)
					require.NoError(t, err, "%s %#x: %q", key, n, words)
					require.Equal(t, len(words)-1, i, "%s %#x: %q", key, n, words)
					v = uint32(u)
				}
				sum += v
			}
			require.Equal(t, n, sum, "%s %#x: %q", key, n, words)
		}
	}
	require.Greater(t, checked, 100)
}

func TestWords(t *testing.T) {
	psetid := func(name string, lid uint32) PropName {
		set, ok := guid.ByName(name)
		require.True(t, ok)
		return PropName{Set: set, LID: lid}
	}
	for _, tc := range []struct {
		p     Prop
		want  []string
		flags bool
	}{
		{Prop{Tag: PidTagMessageFlags, Value: Integer32(0x23)}, []string{"MSGFLAG_READ", "MSGFLAG_UNMODIFIED", "MSGFLAG_FROMME"}, true},
		{Prop{Tag: PidTagMessageFlags, Value: Integer32(0x10000001)}, []string{"MSGFLAG_READ", "0x10000000"}, true},
		{Prop{Tag: PidTagMessageFlags, Value: Integer32(0)}, []string{}, true},
		{Prop{Tag: 0x00170003, Value: Integer32(2)}, []string{"IMPORTANCE_HIGH"}, false},
		{Prop{Tag: 0x00170003, Value: Integer32(7)}, []string{"0x7"}, false},
		{Prop{Tag: 0x00260003, Value: Integer32(-1)}, []string{"PRIO_NONURGENT"}, false},
		{Prop{Tag: PidTagRecipientType, Value: Integer32(0x10000000)}, []string{"MAPI_P1", "MAPI_ORIG"}, true},
		{Prop{Tag: PidTagRecipientType, Value: Integer32(0x00010002)}, []string{"MAPI_CC", "0x10000"}, true},
		{Prop{Tag: 0x3A710003, Value: Integer32(0x00200000)}, []string{"MAC_ATTACH_ENCODING_UUENCODE"}, true}, // one bit of two
		{Prop{Tag: 0x3A710003, Value: Integer32(0x00600000)}, []string{"MAC_ATTACH_ENCODING_APPLEDOUBLE"}, true},
		{Prop{Tag: 0x0E870003, Value: Integer32(3)}, []string{"ANTIVIRUS_SCAN_VIRUS_DELETED"}, false},
		{Prop{Tag: 0x39050003, Value: Integer32(0x40000000)}, []string{"DTE_FLAG_ACL_CAPABLE", "Local: DT_MAILUSER"}, true},
		{Prop{Tag: 0x39050003, Value: Integer32(-0x7FFFF8FA)}, []string{"DTE_FLAG_REMOTE_VALID", "Remote: DT_ROOM", "Local: DT_REMOTE_MAILUSER"}, true},
		{Prop{Tag: 0x39050003, Value: Integer32(0x0700)}, []string{"Local: DT_MAILUSER", "0x700"}, true}, // no remote type
		{Prop{Tag: 0x661D000B, Value: Boolean(1)}, []string{"OOF on"}, false},
		{Prop{Tag: 0x33061003, Value: MultipleInteger32{0x00010001, 0}}, []string{"CPU: MAPIFORM_CPU_X86 | MAPIFORM_OS_WIN_31", "0x0"}, false},
		{Prop{Tag: 0x33063003, Value: Integer32(1)}, []string{"MAPIFORM_OS_WIN_31"}, false}, // one instance of the list
		{Prop{Tag: 0x80050003, Name: psetid("PSETID_Appointment", PidLidBusyStatus), Value: Integer32(4)}, []string{"olWorkingElsewhere"}, false},
		{Prop{Tag: 0x80050003, Name: psetid("PSETID_CalendarAssistant", 0x15), Value: Integer32(3)}, []string{"ciManager", "ciDelegate"}, true},
		{Prop{Tag: 0x80050003, Name: psetid("PSETID_Common", 0x15), Value: Integer32(3)}, nil, false},
		{Prop{Tag: 0x80050003, Value: Integer32(4)}, nil, false},
		{Prop{Tag: PidTagMessageFlags, Name: PropName{LID: 1}, Value: Integer32(1)}, nil, false},
		{Prop{Tag: 0x0E070102, Value: Binary{1}}, nil, false},
		{Prop{Tag: 0x0E07000A, Value: ErrorCode(1)}, nil, false},
		{Prop{Tag: PidTagMessageFlags}, nil, false},
		{Prop{Tag: 0x33061003, Value: MultipleInteger32{}}, nil, false},
	} {
		got, flags := Words(tc.p)
		if diff := cmp.Diff(tc.want, got); diff != "" || flags != tc.flags {
			t.Errorf("%s %s %v: flags %v (-want +got)\n%s", tc.p.Tag, tc.p.Name, tc.p.Value, flags, diff)
		}
	}
}

func TestMeaning(t *testing.T) {
	for _, tc := range []struct {
		tag  PropTag
		v    Value
		want string
	}{
		{PidTagMessageFlags, Integer32(0x21), "MSGFLAG_READ | MSGFLAG_FROMME"},
		{PidTagMessageFlags, Integer32(0), ""},
		{0x33061003, MultipleInteger32{0x00010001, 2}, "CPU: MAPIFORM_CPU_X86 | MAPIFORM_OS_WIN_31, MAPIFORM_OS_WINNT_35"},
		{0x00390040, Time(0), "not set"},
		{0x00390040, Time(fileTimeNone), "none"},
		{0x00390040, Time(fileTimeEnd), "no end"},
		{0x00390040, Time(fileTimeMax), "max"},
		{0x00390040, Time(1), ""},
		{0x00390007, FloatingTime(949998), "none"},
		{0x00390007, FloatingTime(949998.5), ""},
		{0x67480014, Integer64(0x12C7000000000001), "ReplicaId 0x0001, GlobalCounter 0x00000000C712"},
		{0x674A0014, Integer64(-1), "ReplicaId 0xFFFF, GlobalCounter 0xFFFFFFFFFFFF"},
		{PidTagRuleId, Integer64(0x0000000100000A01), "high 0x00000001, low 0x00000A01"},
		{0x66750014, Integer64(1), ""},
		{0x68470003, Integer32(215112960), "2010-01-01T00:00Z"},
		{0x68480003, Integer32(0x5AE980DF), "no end (4500-12-31T23:59Z)"},
		{0x68340003, Integer32(0), "not set (1601-01-01T00:00Z)"},
		{0x683A0003, Integer32(-1), "9767-02-16T04:15Z"},
		{0x683A0003, Integer32(0x5AE980E0), "none (4501-01-01T00:00Z)"},
		{0x683B0003, Integer32(5), ""},
		{PidTagSubject, String("x"), ""},
		{PidTagSubject, nil, ""},
	} {
		if got := Meaning(Prop{Tag: tc.tag, Value: tc.v}); got != tc.want {
			t.Errorf("%s %v: %q, want %q", tc.tag, tc.v, got, tc.want)
		}
	}
}
