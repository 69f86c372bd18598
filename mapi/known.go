package mapi

// Tags that programs need by name, spelled as [MS-OXPROPS] does. The registry has all others; see TagByName.
const (
	PidTagMessageClass                 PropTag = 0x001A001F
	PidTagSubject                      PropTag = 0x0037001F
	PidTagClientSubmitTime             PropTag = 0x00390040
	PidTagSubjectPrefix                PropTag = 0x003D001F
	PidTagSentRepresentingName         PropTag = 0x0042001F
	PidTagStartDate                    PropTag = 0x00600040
	PidTagEndDate                      PropTag = 0x00610040
	PidTagOwnerAppointmentId           PropTag = 0x00620003
	PidTagRecipientType                PropTag = 0x0C150003
	PidTagSenderName                   PropTag = 0x0C1A001F
	PidTagSenderEmailAddress           PropTag = 0x0C1F001F
	PidTagDisplayTo                    PropTag = 0x0E04001F
	PidTagMessageDeliveryTime          PropTag = 0x0E060040
	PidTagMessageFlags                 PropTag = 0x0E070003
	PidTagParentEntryId                PropTag = 0x0E090102
	PidTagMessageStatus                PropTag = 0x0E170003
	PidTagNormalizedSubject            PropTag = 0x0E1D001F
	PidTagAttachSize                   PropTag = 0x0E200003
	PidTagAttachNumber                 PropTag = 0x0E210003
	PidTagExtendedRuleMessageActions   PropTag = 0x0E990102
	PidTagExtendedRuleMessageCondition PropTag = 0x0E9A0102
	PidTagRecordKey                    PropTag = 0x0FF90102
	PidTagObjectType                   PropTag = 0x0FFE0003
	PidTagEntryId                      PropTag = 0x0FFF0102
	PidTagBody                         PropTag = 0x1000001F
	PidTagRtfCompressed                PropTag = 0x10090102
	PidTagHtml                         PropTag = 0x10130102
	PidTagRowid                        PropTag = 0x30000003
	PidTagDisplayName                  PropTag = 0x3001001F
	PidTagAddressType                  PropTag = 0x3002001F
	PidTagEmailAddress                 PropTag = 0x3003001F
	PidTagComment                      PropTag = 0x3004001F
	PidTagCreationTime                 PropTag = 0x30070040
	PidTagLastModificationTime         PropTag = 0x30080040
	PidTagSearchKey                    PropTag = 0x300B0102
	PidTagStoreSupportMask             PropTag = 0x340D0003
	PidTagFolderType                   PropTag = 0x36010003
	PidTagContainerClass               PropTag = 0x3613001F
	PidTagAttachDataObject             PropTag = 0x3701000D
	PidTagAttachDataBinary             PropTag = 0x37010102
	PidTagAttachExtension              PropTag = 0x3703001F
	PidTagAttachFilename               PropTag = 0x3704001F
	PidTagAttachMethod                 PropTag = 0x37050003
	PidTagAttachLongFilename           PropTag = 0x3707001F
	PidTagAttachMimeTag                PropTag = 0x370E001F
	PidTagSmtpAddress                  PropTag = 0x39FE001F
	PidTagInternetCodepage             PropTag = 0x3FDE0003
	PidTagMessageLocaleId              PropTag = 0x3FF10003
	PidTagCreatorName                  PropTag = 0x3FF8001F
	PidTagMessageCodepage              PropTag = 0x3FFD0003
	PidTagReplyTemplateId              PropTag = 0x65C20102
	PidTagRuleMessageState             PropTag = 0x65E90003
	PidTagRuleMessageProvider          PropTag = 0x65EB001F
	PidTagRuleMessageName              PropTag = 0x65EC001F
	PidTagHasNamedProperties           PropTag = 0x664A000B
	PidTagRuleId                       PropTag = 0x66740014
	PidTagRuleSequence                 PropTag = 0x66760003
	PidTagRuleState                    PropTag = 0x66770003
	PidTagRuleCondition                PropTag = 0x667900FD
	PidTagRuleActions                  PropTag = 0x668000FE
	PidTagRuleProvider                 PropTag = 0x6681001F
	PidTagRuleName                     PropTag = 0x6682001F
	PidTagRuleLevel                    PropTag = 0x66830003
	PidTagRuleProviderData             PropTag = 0x66840102
	PidTagLocaleId                     PropTag = 0x66A10003
	PidTagCodePageId                   PropTag = 0x66C30003
	PidTagExceptionReplaceTime         PropTag = 0x7FF90040
	PidTagExceptionStartTime           PropTag = 0x7FFB0040
	PidTagExceptionEndTime             PropTag = 0x7FFC0040
	PidTagAttachmentFlags              PropTag = 0x7FFD0003
	PidTagAttachmentHidden             PropTag = 0x7FFE000B
)

// LIDs of the property set PSETID_Appointment ([MS-OXPROPS] 1.3.2); in another set they mean something else.
const (
	PidLidAppointmentSequence                       uint32 = 0x8201
	PidLidBusyStatus                                uint32 = 0x8205
	PidLidAppointmentAuxiliaryFlags                 uint32 = 0x8207
	PidLidLocation                                  uint32 = 0x8208
	PidLidAppointmentStartWhole                     uint32 = 0x820D
	PidLidAppointmentEndWhole                       uint32 = 0x820E
	PidLidAppointmentDuration                       uint32 = 0x8213
	PidLidAppointmentSubType                        uint32 = 0x8215
	PidLidAppointmentRecur                          uint32 = 0x8216
	PidLidAppointmentStateFlags                     uint32 = 0x8217
	PidLidResponseStatus                            uint32 = 0x8218
	PidLidRecurring                                 uint32 = 0x8223
	PidLidExceptionReplaceTime                      uint32 = 0x8228
	PidLidRecurrenceType                            uint32 = 0x8231
	PidLidRecurrencePattern                         uint32 = 0x8232
	PidLidTimeZoneStruct                            uint32 = 0x8233
	PidLidTimeZoneDescription                       uint32 = 0x8234
	PidLidClipStart                                 uint32 = 0x8235
	PidLidClipEnd                                   uint32 = 0x8236
	PidLidAppointmentTimeZoneDefinitionStartDisplay uint32 = 0x825E
	PidLidAppointmentTimeZoneDefinitionEndDisplay   uint32 = 0x825F
	PidLidAppointmentTimeZoneDefinitionRecur        uint32 = 0x8260
)

// LIDs of the property set PSETID_Task ([MS-OXPROPS] 1.3.2); in another set they mean something else.
const (
	PidLidTaskStatus         uint32 = 0x8101
	PidLidPercentComplete    uint32 = 0x8102
	PidLidTaskStartDate      uint32 = 0x8104
	PidLidTaskDueDate        uint32 = 0x8105
	PidLidTaskResetReminder  uint32 = 0x8107
	PidLidTaskDeadOccurrence uint32 = 0x8109
	PidLidTaskDateCompleted  uint32 = 0x810F
	PidLidTaskState          uint32 = 0x8113
	PidLidTaskRecurrence     uint32 = 0x8116
	PidLidTaskComplete       uint32 = 0x811C
	PidLidTaskOwner          uint32 = 0x811F
	PidLidTaskFRecurring     uint32 = 0x8126
)

// LIDs of the property set PSETID_Meeting ([MS-OXPROPS] 1.3.2); in another set they mean something else.
const (
	PidLidAttendeeCriticalChange uint32 = 0x0001
	PidLidWhere                  uint32 = 0x0002
	PidLidGlobalObjectId         uint32 = 0x0003
	PidLidIsSilent               uint32 = 0x0004
	PidLidIsRecurring            uint32 = 0x0005
	PidLidIsException            uint32 = 0x000A
	PidLidOwnerCriticalChange    uint32 = 0x001A
	PidLidCalendarType           uint32 = 0x001C
	PidLidCleanGlobalObjectId    uint32 = 0x0023
	PidLidMeetingType            uint32 = 0x0026
)

// LIDs of the property set PSETID_Common ([MS-OXPROPS] 1.3.2); in another set they mean something else.
const (
	PidLidReminderDelta            uint32 = 0x8501
	PidLidReminderTime             uint32 = 0x8502
	PidLidReminderSet              uint32 = 0x8503
	PidLidPrivate                  uint32 = 0x8506
	PidLidSideEffects              uint32 = 0x8510
	PidLidCommonStart              uint32 = 0x8516
	PidLidCommonEnd                uint32 = 0x8517
	PidLidVerbStream               uint32 = 0x8520
	PidLidPropertyDefinitionStream uint32 = 0x8540
	PidLidCurrentVersion           uint32 = 0x8552
	PidLidCurrentVersionName       uint32 = 0x8554
	PidLidReminderSignalTime       uint32 = 0x8560
)
