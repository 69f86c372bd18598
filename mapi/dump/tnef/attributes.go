package tnef

import "github.com/mapiprop/mapiprop/mapi"

// The levels of attributes ([MS-OXTNEF] 2.1.3.2).
const (
	levelMessage    = 1
	levelAttachment = 2
)

// form is what the data of an attribute are.
type form uint8

const (
	formRaw        form = iota
	formList            // a list of properties
	formTable           // a list of lists of properties
	formText            // 8-bit text that ends in NUL
	formClass           // a message class, in an older name where there is one
	formKey             // bytes in hexadecimal, 8-bit text that ends in NUL
	formDate            // year, month, day, hour, minute, second and day of the week, two bytes each
	formNumber          // four bytes
	formImportance      // two bytes: 1 is high, 2 normal, 3 low
	formBoolean         // two bytes
	formStatus          // one byte of flags
	formBytes           // what the property has
	formSender          // one address, with a header
	formAddress         // one address, each of its strings behind its length
	formRendData        // how an attachment is shown
	formVersion         // of the format
	formCodePage        // of all 8-bit text
)

// attribute is what is known of one. The tag is that of the property it stands for, 0 where there is none or more than
// one.
type attribute struct {
	id    uint32
	level uint8
	form  form
	name  string
	tag   mapi.PropTag
}

// The attributes that the reader must tell from others.
const (
	idMsgProps = 0x00069003
	idRendData = 0x00069002
	idOwner    = 0x00060000
)

// Tags that package mapi has no name for: [MS-OXPROPS].
const (
	tagConversationKey      mapi.PropTag = 0x000B0102
	tagImportance           mapi.PropTag = 0x00170003
	tagParentKey            mapi.PropTag = 0x00250102
	tagOriginalMessageClass mapi.PropTag = 0x004B001F
	tagResponseRequested    mapi.PropTag = 0x0063000B
	tagAttachRendering      mapi.PropTag = 0x37090102
	tagRenderingPosition    mapi.PropTag = 0x370B0003
	tagAttachTransportName  mapi.PropTag = 0x370C001F
)

// attributes are those there are ([MS-OXTNEF] 2.1.3.2, and the mapping of TNEF attributes in MAPI's reference). The
// names of the properties of type PtypString8 are those of their twins of type PtypString.
//
// QUIRK: attOriginalMessageClass has the id 0x00070600 in [MS-OXTNEF], and 0x00070006 in tnef.h and in what Outlook
// writes. attAttachTitle is the short name in what Outlook writes, as PidTagAttachFilename is, and the long one in what
// Exchange does (real files of both).
var attributes = [...]attribute{
	{0x00089006, levelMessage, formVersion, "attTnefVersion", 0},
	{0x00069007, levelMessage, formCodePage, "attOemCodepage", 0},
	{0x00069003, levelMessage, formList, "attMsgProps", 0},
	{0x00069004, levelMessage, formTable, "attRecipTable", 0},
	{0x00008000, levelMessage, formSender, "attFrom", 0},
	{0x00060000, levelMessage, formAddress, "attOwner", 0},
	{0x00060001, levelMessage, formAddress, "attSentFor", 0},
	{0x00060002, levelMessage, formRaw, "attDelegate", 0},
	{0x00078008, levelMessage, formClass, "attMessageClass", text8(mapi.PidTagMessageClass)},
	{0x00070600, levelMessage, formClass, "attOriginalMessageClass", text8(tagOriginalMessageClass)},
	{0x00070006, levelMessage, formClass, "attOriginalMessageClass", text8(tagOriginalMessageClass)},
	{0x00018004, levelMessage, formText, "attSubject", text8(mapi.PidTagSubject)},
	{0x0002800C, levelMessage, formText, "attBody", text8(mapi.PidTagBody)},
	{0x00018009, levelMessage, formKey, "attMessageID", mapi.PidTagSearchKey},
	{0x0001800A, levelMessage, formKey, "attParentID", tagParentKey},
	{0x0001800B, levelMessage, formKey, "attConversationID", tagConversationKey},
	{0x00068007, levelMessage, formStatus, "attMessageStatus", mapi.PidTagMessageFlags},
	{0x0004800D, levelMessage, formImportance, "attPriority", tagImportance},
	{0x00040009, levelMessage, formBoolean, "attRequestRes", tagResponseRequested},
	{0x00050008, levelMessage, formNumber, "attAidOwner", mapi.PidTagOwnerAppointmentId},
	{0x00030006, levelMessage, formDate, "attDateStart", mapi.PidTagStartDate},
	{0x00030007, levelMessage, formDate, "attDateEnd", mapi.PidTagEndDate},
	{0x00038005, levelMessage, formDate, "attDateSent", mapi.PidTagClientSubmitTime},
	{0x00038006, levelMessage, formDate, "attDateRecd", mapi.PidTagMessageDeliveryTime},
	{0x00038020, levelMessage, formDate, "attDateModified", mapi.PidTagLastModificationTime},

	{0x00069002, levelAttachment, formRendData, "attAttachRendData", tagRenderingPosition},
	{0x00069005, levelAttachment, formList, "attAttachment", 0},
	{0x0006800F, levelAttachment, formBytes, "attAttachData", mapi.PidTagAttachDataBinary},
	{0x00068011, levelAttachment, formBytes, "attAttachMetaFile", tagAttachRendering},
	{0x00018010, levelAttachment, formText, "attAttachTitle", text8(mapi.PidTagAttachFilename)},
	{0x00069001, levelAttachment, formText, "attAttachTransportFilename", text8(tagAttachTransportName)},
	{0x00038012, levelAttachment, formDate, "attAttachCreateDate", mapi.PidTagCreationTime},
	{0x00038013, levelAttachment, formDate, "attAttachModifyDate", mapi.PidTagLastModificationTime},
}

// text8 returns the tag of a property whose text is of 8 bits.
func text8(tag mapi.PropTag) mapi.PropTag { return mapi.TagOf(tag.ID(), mapi.PtypString8) }

// attributeOf returns what is known of the attribute with the id, nil if nothing is.
func attributeOf(id uint32) *attribute {
	for i := range attributes {
		if attributes[i].id == id {
			return &attributes[i]
		}
	}
	return nil
}

// canonical returns the name of the property that an attribute stands for.
func canonical(tag mapi.PropTag) string {
	if tag.Type() == mapi.PtypString8 {
		tag = mapi.TagOf(tag.ID(), mapi.PtypString)
	}
	name, _ := mapi.NameOf(tag)
	return name
}
