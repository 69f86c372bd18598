// Package blob decodes the small structures that messages and folders keep beside their large ones:
//
//	ConversationIndex       PidTagConversationIndex: [MS-OXOMSG] 2.2.1.3
//	XID                     PidTagChangeKey, PidTagSourceKey, PidTagParentSourceKey: [MS-OXCFXICS] 2.2.2.2
//	PredecessorChangeList   PidTagPredecessorChangeList: [MS-OXCFXICS] 2.2.2.3
//	FlatEntryList           PidTagReplyRecipientEntries and others: [MS-OXCDATA] 2.3.3
//	VerbStream              PidLidVerbStream: [MS-OXOMSG] 2.2.1.74
//	ReportTag               PidTagReportTag: [MS-OXOMSG] 2.2.2.22
//	AdditionalRenEntryIDs   PidTagAdditionalRenEntryIdsEx: [MS-OXOSFLD] 2.2.5
//	ExtendedFolderFlags     PidTagExtendedFolderFlags: [MS-OXOCFG] 2.2.7.1
//	PropertyDefinitions     PidLidPropertyDefinitionStream: Outlook MAPI Reference
//	SwappedToDo             PidTagSwappedToDoData: [MS-OXOFLAG] 2.2.1.7
//	NicknameCache           PidTagRoamingBinary of IPM.Configuration.Autocomplete, .nk2 files: Outlook MAPI Reference
//	WebViews                PidTagFolderWebviewinfo, the home page of a folder: not published
//	Tombstones              PidTagScheduleInfoAppointmentTombstone: [MS-OXOCAL] 2.2.12.5
//
// Each of them has the same verbs. DecodeX is strict: a value, or an error that names byte and field. InspectX never
// fails: as much of the value as there is, and a report of every field and every finding. AppendBinary writes exactly what
// the value says. Entry ids are kept as bytes; package entryid reads them.
//
// Values are plain data: any number of goroutines may read one, and a Decode or Inspect may run beside any other.
package blob
