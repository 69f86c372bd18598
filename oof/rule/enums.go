package rule

import (
	"fmt"
	"strings"
)

// RestrictType says what a condition tests ([MS-OXCDATA] 2.12).
type RestrictType uint32

// The types of restrictions. RES_ANNOTATION is in no specification; MAPI has it, with the layout of RES_COMMENT.
const (
	TypeAnd          RestrictType = 0x00
	TypeOr           RestrictType = 0x01
	TypeNot          RestrictType = 0x02
	TypeContent      RestrictType = 0x03
	TypeProperty     RestrictType = 0x04
	TypeCompareProps RestrictType = 0x05
	TypeBitmask      RestrictType = 0x06
	TypeSize         RestrictType = 0x07
	TypeExist        RestrictType = 0x08
	TypeSubObject    RestrictType = 0x09
	TypeComment      RestrictType = 0x0A
	TypeCount        RestrictType = 0x0B
	TypeAnnotation   RestrictType = 0x0C
)

var restrictNames = [...]string{"RES_AND", "RES_OR", "RES_NOT", "RES_CONTENT", "RES_PROPERTY", "RES_COMPAREPROPS", "RES_BITMASK", "RES_SIZE",
	"RES_EXIST", "RES_SUBRESTRICTION", "RES_COMMENT", "RES_COUNT", "RES_ANNOTATION"}

// String returns "RES_AND", or "0x0D" for what has no name.
func (t RestrictType) String() string { return word(restrictNames[:], uint32(t)) }

// word returns the name of a number, or the number.
func word(names []string, n uint32) string {
	if uint64(n) < uint64(len(names)) && names[n] != "" {
		return names[n]
	}
	return fmt.Sprintf("0x%02X", n)
}

// RelOp says how two values are compared ([MS-OXCDATA] 2.12.5.1).
type RelOp uint32

// The comparisons. The last asks whether a recipient is a member of a distribution list.
const (
	LessThan       RelOp = 0x00
	LessOrEqual    RelOp = 0x01
	GreaterThan    RelOp = 0x02
	GreaterOrEqual RelOp = 0x03
	Equal          RelOp = 0x04
	NotEqual       RelOp = 0x05
	RegExp         RelOp = 0x06 // no server does it
	MemberOfDL     RelOp = 0x64
)

var relOpNames = [...]string{"RELOP_LT", "RELOP_LE", "RELOP_GT", "RELOP_GE", "RELOP_EQ", "RELOP_NE", "RELOP_RE"}

// String returns "RELOP_EQ", or "0x07" for what has no name.
func (o RelOp) String() string {
	if o == MemberOfDL {
		return "RELOP_MEMBER_OF_DL"
	}
	return word(relOpNames[:], uint32(o))
}

// known reports whether o is a comparison.
func (o RelOp) known() bool { return o <= RegExp || o == MemberOfDL }

// BitmapRelOp says which bits under a mask are wanted ([MS-OXCDATA] 2.12.7.1).
type BitmapRelOp uint32

// The two there are.
const (
	AllZero BitmapRelOp = 0x00 // no bit under the mask is set
	NotZero BitmapRelOp = 0x01 // at least one is set
)

var bitmapRelOpNames = [...]string{"BMR_EQZ", "BMR_NEZ"}

// String returns "BMR_EQZ", "BMR_NEZ", or "0x02" for what has no name.
func (o BitmapRelOp) String() string { return word(bitmapRelOpNames[:], uint32(o)) }

// The lower half of a fuzzy level: how much of the value must be there ([MS-OXCDATA] 2.12.4.1). The names of the two
// flags are MAPI's.
const (
	FullString      uint16 = 0x0000
	Substring       uint16 = 0x0001
	Prefix          uint16 = 0x0002
	PrefixOnAnyWord uint16 = 0x0010
	PhraseMatch     uint16 = 0x0020
)

// The upper half of a fuzzy level: what counts as the same ([MS-OXCDATA] 2.12.4.1).
const (
	IgnoreCase     uint16 = 0x0001
	IgnoreNonSpace uint16 = 0x0002
	Loose          uint16 = 0x0004
)

// fuzzyText returns the words of a fuzzy level, "FL_SUBSTRING | FL_IGNORECASE".
func fuzzyText(low, high uint16) string {
	var words []string
	switch low & 0xF {
	case FullString:
		words = append(words, "FL_FULLSTRING")
	case Substring:
		words = append(words, "FL_SUBSTRING")
	case Prefix:
		words = append(words, "FL_PREFIX")
	default:
		words = append(words, fmt.Sprintf("0x%X", low&0xF))
	}
	words = appendBits(words, uint32(low&^0xF), []bit{{uint32(PrefixOnAnyWord), "FL_PREFIX_ON_ANY_WORD"}, {uint32(PhraseMatch), "FL_PHRASE_MATCH"}})
	return strings.Join(appendHigh(words, high), " | ")
}

type bit struct {
	mask uint32
	name string
}

// fuzzyHigh returns the words of the upper half alone.
func fuzzyHigh(high uint16) string {
	if high == 0 {
		return ""
	}
	return strings.Join(appendHigh(nil, high), " | ")
}

func appendHigh(words []string, high uint16) []string {
	return appendBits(words, uint32(high)<<16, []bit{{uint32(IgnoreCase) << 16, "FL_IGNORECASE"},
		{uint32(IgnoreNonSpace) << 16, "FL_IGNORENONSPACE"}, {uint32(Loose) << 16, "FL_LOOSE"}})
}

// appendBits appends the names of the bits that are set, and the number of those that have none.
func appendBits(words []string, n uint32, bits []bit) []string {
	for _, b := range bits {
		if n&b.mask != 0 {
			words = append(words, b.name)
			n &^= b.mask
		}
	}
	if n != 0 {
		words = append(words, fmt.Sprintf("0x%X", n))
	}
	return words
}

// ActionType says what a rule does ([MS-OXORULE] 2.2.5.1).
type ActionType uint8

// The types of actions.
const (
	OpMove       ActionType = 0x01
	OpCopy       ActionType = 0x02
	OpReply      ActionType = 0x03
	OpOOFReply   ActionType = 0x04
	OpDefer      ActionType = 0x05
	OpBounce     ActionType = 0x06
	OpForward    ActionType = 0x07
	OpDelegate   ActionType = 0x08
	OpTag        ActionType = 0x09
	OpDelete     ActionType = 0x0A
	OpMarkAsRead ActionType = 0x0B
)

var actionNames = [...]string{"", "OP_MOVE", "OP_COPY", "OP_REPLY", "OP_OOF_REPLY", "OP_DEFER_ACTION", "OP_BOUNCE", "OP_FORWARD", "OP_DELEGATE", "OP_TAG",
	"OP_DELETE", "OP_MARK_AS_READ"}

// String returns "OP_MOVE", or "0x0C" for what has no name.
func (t ActionType) String() string { return word(actionNames[:], uint32(t)) }

func (t ActionType) known() bool { return t >= OpMove && t <= OpMarkAsRead }

// takesAll reports whether the data of such an action are all bytes there are.
func (t ActionType) takesAll() bool { return t == OpDefer || !t.known() }

// ActionFlavor are bits that say more about an action; which they are depends on its type ([MS-OXORULE] 2.2.5.1.1).
type ActionFlavor uint32

// The bits of OP_REPLY.
const (
	DoNotSendToOriginator ActionFlavor = 0x00000001 // NS
	StockReplyTemplate    ActionFlavor = 0x00000002 // ST: the server's own text, so that the template's ids may be zero
)

// The bits of OP_FORWARD. The first two together redirect the message.
const (
	ForwardPreserveSender ActionFlavor = 0x00000001 // PR
	ForwardDoNotMunge     ActionFlavor = 0x00000002 // NC: the message is sent as it is
	ForwardAsAttachment   ActionFlavor = 0x00000004 // AT
	ForwardAsSMS          ActionFlavor = 0x00000008 // TM: as an alert to a telephone
)

// Words returns the names of the bits that an action of type t knows, and the number of the others.
func (f ActionFlavor) Words(t ActionType) []string {
	switch t {
	case OpReply, OpOOFReply:
		return appendBits(nil, uint32(f), []bit{{uint32(DoNotSendToOriginator), "NS"}, {uint32(StockReplyTemplate), "ST"}})
	case OpForward:
		return appendBits(nil, uint32(f), []bit{{uint32(ForwardPreserveSender), "PR"}, {uint32(ForwardDoNotMunge), "NC"},
			{uint32(ForwardAsAttachment), "AT"}, {uint32(ForwardAsSMS), "TM"}})
	}
	return appendBits(nil, uint32(f), nil)
}

// allowed returns the bits that an action of type t may have.
func (t ActionType) allowed() ActionFlavor {
	switch t {
	case OpReply:
		return DoNotSendToOriginator | StockReplyTemplate
	case OpForward:
		return ForwardPreserveSender | ForwardDoNotMunge | ForwardAsAttachment | ForwardAsSMS
	}
	return 0
}

// bounceText returns why a message is returned ([MS-OXORULE] 2.2.5.1.2.5).
func bounceText(code uint32) string {
	switch code {
	case 0x0D:
		return "the message is too large"
	case 0x1F:
		return "the form cannot be displayed"
	case 0x26:
		return "access is denied"
	}
	return ""
}
