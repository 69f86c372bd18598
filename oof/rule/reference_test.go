package rule_test

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/entryid"
	"github.com/mapiprop/mapiprop/oof/rule"
)

// The functions in this file say of a value what the shared vectors say of it, in their words.

type object = map[string]any

// offsets returns where the fields are that the vectors name a node by, in order.
func offsets(r *diag.Report) *[]int {
	all := new([]int)
	for f := range r.Fields() {
		if strings.HasSuffix(f.Path, "RestrictType") || strings.HasSuffix(f.Path, "ActionLength") {
			*all = append(*all, f.Span.Offset)
		}
	}
	return all
}

func next(all *[]int) int {
	if len(*all) == 0 {
		return -1
	}
	at := (*all)[0]
	*all = (*all)[1:]
	return at
}

func upper(b []byte) string { return strings.ToUpper(hex.EncodeToString(b)) }

func refCondition(v *rule.Condition, at *[]int) object {
	o := object{"ext": v.Profile == mapi.ProfileExtended, "trailing": upper(v.Trailing), "restriction": nil}
	if v.Restriction != nil {
		o["restriction"] = refRestriction(v.Restriction, at)
	}
	if v.Profile == mapi.ProfileExtended {
		o["named"] = refNamed(&v.Named)
	}
	return o
}

func refAction(v *rule.RuleAction, at *[]int) object {
	o := object{"ext": v.Profile == mapi.ProfileExtended, "trailing": upper(v.Trailing), "actions": refBlocks(v, at)}
	if v.Profile == mapi.ProfileExtended {
		o["named"], o["version"] = refNamed(&v.Named), v.RuleVersion
	}
	return o
}

func refNamed(v *rule.NamedPropertyInformation) []object {
	all := []object{}
	for _, p := range v.NamedProperties {
		o := object{"guid": p.GUID.String(), "id": p.PropID.String(), "kind": p.Kind}
		if p.Kind == rule.KindName {
			o["name"] = refText(strings.TrimSuffix(p.Name, "\x00"))
		}
		all = append(all, o)
	}
	return all
}

func refText(s string) object {
	b, _ := mapi.String(s).AppendBinary(nil)
	return object{"s": s, "utf16": upper(b)}
}

func refRestriction(r rule.Restriction, at *[]int) object {
	o := object{"at": next(at), "rt": strings.TrimPrefix(r.Type().String(), "RES_")}
	sub := func(all ...rule.Restriction) {
		list := []object{}
		for _, r := range all {
			if r != nil {
				list = append(list, refRestriction(r, at))
			}
		}
		o["sub"] = list
	}
	switch r := r.(type) {
	case *rule.And:
		sub(r.Restricts...)
	case *rule.Or:
		sub(r.Restricts...)
	case *rule.Not:
		sub(r.Restriction)
	case *rule.Content:
		o["fuzzyLow"], o["fuzzyHigh"], o["tag"], o["prop"] = r.FuzzyLevelLow, r.FuzzyLevelHigh, r.PropertyTag.String(), refValue(&r.TaggedValue)
	case *rule.Property:
		o["relop"], o["tag"], o["prop"] = r.RelOp, r.PropTag.String(), refValue(&r.TaggedValue)
	case *rule.CompareProps:
		o["relop"], o["tag1"], o["tag2"] = r.RelOp, r.PropTag1.String(), r.PropTag2.String()
	case *rule.Bitmask:
		o["bmr"], o["tag"], o["mask"] = r.BitmapRelOp, r.PropTag.String(), r.Mask
	case *rule.Size:
		o["relop"], o["tag"], o["size"] = r.RelOp, r.PropTag.String(), r.Size
	case *rule.Exist:
		o["tag"] = r.PropTag.String()
	case *rule.SubObject:
		o["rt"], o["subobject"] = "SUB", r.Subobject.String()
		sub(r.Restriction)
	case *rule.Comment:
		props := []object{}
		for i := range r.TaggedValues {
			props = append(props, refValue(&r.TaggedValues[i]))
		}
		o["props"], o["present"] = props, r.RestrictionPresent
		sub(r.Restriction)
	case *rule.Count:
		o["count"] = r.Count
		sub(r.SubRestriction)
	}
	return o
}

func refValue(v *rule.TaggedValue) object {
	o := object{"tag": v.PropertyTag.String()}
	switch v := v.Value.(type) {
	case mapi.String:
		o["value"] = refText(string(v))
	case mapi.String8:
		o["value"] = object{"str8": upper(v.Raw)}
	case mapi.Binary:
		o["value"] = object{"bin": upper(v)}
	case mapi.Integer32:
		o["value"] = int32(v)
	case mapi.MultipleString:
		var list []object
		for _, s := range v {
			list = append(list, refText(s))
		}
		o["value"] = list
	default:
		o["value"] = fmt.Sprintf("%T", v)
	}
	return o
}

func refID(id entryid.ObjectID) object {
	b := id.Bytes()
	return object{"gc": strconv.FormatUint(id.GlobalCounter.Uint64(), 10), "raw": upper(b[:]), "replid": id.ReplicaID}
}

func refBlocks(v *rule.RuleAction, at *[]int) []object {
	all := []object{}
	for _, a := range v.ActionBlocks {
		one := rule.RuleAction{Profile: mapi.ProfileROP, ActionBlocks: []rule.ActionBlock{a}}
		if v.Profile == mapi.ProfileExtended {
			one.Profile = v.Profile
		}
		b, _ := one.AppendBinary(nil)
		length := len(b) - 4
		if v.Profile == mapi.ProfileExtended {
			length = len(b) - 2 - 4 - 8
		}
		o := object{"at": next(at), "flags": a.ActionFlags, "flavor": a.ActionFlavor, "length": length, "type": a.ActionType, "data": refData(a.ActionData)}
		if o["name"] = a.ActionType.String(); strings.HasPrefix(a.ActionType.String(), "0x") {
			o["name"] = "UNKNOWN"
		}
		if len(a.Excess) > 0 {
			o["excess"] = upper(a.Excess)
		}
		all = append(all, o)
	}
	return all
}

func refData(d rule.ActionData) object {
	o := object{}
	switch d := d.(type) {
	case *rule.Bounce:
		o["code"] = d.BounceCode
	case *rule.Tag:
		o["prop"] = refValue(&d.PropertyValue)
	case *rule.Opaque:
		o["raw"] = upper(d.Data)
	case *rule.MoveCopy:
		id, _ := entryid.DecodeServerID(d.FolderEID)
		o["inThisStore"], o["store"] = d.FolderInThisStore, upper(d.StoreEID)
		o["folder"] = object{"fid": refID(id.FolderID), "mid": refID(id.MessageID), "instance": id.Instance, "ours": 1}
	case *rule.Reply:
		o["guid"] = d.ReplyTemplateGUID.String()
		if e := d.ReplyTemplateMessageEID; len(e) == 70 {
			o["message"] = object{"flags": upper(e[:4]), "folderDbGuid": refGUID(e[22:]), "folderGc": refCounter(e[38:]), "hex": upper(e), "kind": "message",
				"messageDbGuid": refGUID(e[46:]), "messageGc": refCounter(e[62:]), "pad1": upper(e[44:46]), "pad2": upper(e[68:]),
				"provider": refGUID(e[4:]), "type": binary.LittleEndian.Uint16(e[20:]), "typeName": "privateMessage"}
		} else {
			o["fid"], o["mid"] = refID(d.ReplyTemplateFID), refID(d.ReplyTemplateMID)
		}
	case *rule.Forward:
		var all []object
		for _, r := range d.RecipientBlocks {
			var props []object
			for i := range r.PropertyValues {
				props = append(props, refValue(&r.PropertyValues[i]))
			}
			all = append(all, object{"reserved": r.Reserved, "props": props})
		}
		o["recipients"] = all
	}
	return o
}

func refGUID(b []byte) string { return mapi.GUID(b[:16]).String() }

func refCounter(b []byte) string {
	return strconv.FormatUint(entryid.GlobalCounter(b[:6]).Uint64(), 10)
}
