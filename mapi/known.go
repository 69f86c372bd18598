package mapi

// Tags that code needs by name, spelled as [MS-OXPROPS] does. The registry has all others; see TagByName.
const (
	PidTagMessageClass                 PropTag = 0x001A001F
	PidTagSubject                      PropTag = 0x0037001F
	PidTagClientSubmitTime             PropTag = 0x00390040
	PidTagSubjectPrefix                PropTag = 0x003D001F
	PidTagStartDate                    PropTag = 0x00600040
	PidTagEndDate                      PropTag = 0x00610040
	PidTagOwnerAppointmentId           PropTag = 0x00620003
	PidTagNormalizedSubject            PropTag = 0x0E1D001F
	PidTagMessageDeliveryTime          PropTag = 0x0E060040
	PidTagMessageFlags                 PropTag = 0x0E070003
	PidTagMessageStatus                PropTag = 0x0E170003
	PidTagDisplayTo                    PropTag = 0x0E04001F
	PidTagSenderName                   PropTag = 0x0C1A001F
	PidTagSenderEmailAddress           PropTag = 0x0C1F001F
	PidTagRecipientType                PropTag = 0x0C150003
	PidTagAttachSize                   PropTag = 0x0E200003
	PidTagAttachNumber                 PropTag = 0x0E210003
	PidTagExtendedRuleMessageActions   PropTag = 0x0E990102
	PidTagExtendedRuleMessageCondition PropTag = 0x0E9A0102
	PidTagEntryId                      PropTag = 0x0FFF0102
	PidTagBody                         PropTag = 0x1000001F
	PidTagRtfCompressed                PropTag = 0x10090102
	PidTagHtml                         PropTag = 0x10130102
	PidTagRowid                        PropTag = 0x30000003
	PidTagDisplayName                  PropTag = 0x3001001F
	PidTagAddressType                  PropTag = 0x3002001F
	PidTagEmailAddress                 PropTag = 0x3003001F
	PidTagCreationTime                 PropTag = 0x30070040
	PidTagLastModificationTime         PropTag = 0x30080040
	PidTagSearchKey                    PropTag = 0x300B0102
	PidTagStoreSupportMask             PropTag = 0x340D0003
	PidTagContainerClass               PropTag = 0x3613001F
	PidTagAttachDataBinary             PropTag = 0x37010102
	PidTagAttachDataObject             PropTag = 0x3701000D
	PidTagAttachExtension              PropTag = 0x3703001F
	PidTagAttachFilename               PropTag = 0x3704001F
	PidTagAttachMethod                 PropTag = 0x37050003
	PidTagAttachLongFilename           PropTag = 0x3707001F
	PidTagAttachMimeTag                PropTag = 0x370E001F
	PidTagInternetCodepage             PropTag = 0x3FDE0003
	PidTagMessageLocaleId              PropTag = 0x3FF10003
	PidTagMessageCodepage              PropTag = 0x3FFD0003
	PidTagLocaleId                     PropTag = 0x66A10003
	PidTagCodePageId                   PropTag = 0x66C30003
)

// LIDs that code needs by name, spelled as [MS-OXPROPS] does. A LID means something only in its property set.
const (
	PidLidTimeZoneStruct                            uint32 = 0x8233 // PSETID_Appointment
	PidLidTimeZoneDescription                       uint32 = 0x8234
	PidLidAppointmentTimeZoneDefinitionStartDisplay uint32 = 0x825E
	PidLidAppointmentTimeZoneDefinitionEndDisplay   uint32 = 0x825F
	PidLidAppointmentTimeZoneDefinitionRecur        uint32 = 0x8260
	PidLidAppointmentRecur                          uint32 = 0x8216
)
