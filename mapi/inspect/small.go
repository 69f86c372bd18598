package inspect

import (
	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/blob"
	"github.com/mapiprop/mapiprop/mapi/security"
)

// smallKinds are the kinds of packages blob and security. It is never written to.
var smallKinds = []Kind{
	{
		Name: "convindex", Title: "place of a message in its conversation, with the times of all before it", Spec: "[MS-OXOMSG] 2.2.1.3",
		Inspect: of(blob.InspectConversationIndex), tags: []mapi.PropTag{0x00710102},
	},
	{
		Name: "xid", Title: "number that a store or a client gave to an object or a change", Spec: "[MS-OXCFXICS] 2.2.2.2",
		Inspect: of(blob.InspectXID), tags: []mapi.PropTag{0x65E00102, 0x65E10102, 0x65E20102},
	},
	{
		Name: "pcl", Title: "last changes of an object by every store and client", Spec: "[MS-OXCFXICS] 2.2.2.3",
		Inspect: of(blob.InspectPredecessorChangeList), tags: []mapi.PropTag{0x65E30102},
	},
	{
		Name: "flatlist", Title: "entry ids in a row", Spec: "[MS-OXCDATA] 2.3.3",
		Inspect: of(blob.InspectFlatEntryList), tags: []mapi.PropTag{0x004F0102, 0x3A010102},
		set: guid.PSETID_Common, lids: []uint32{0x8585},
	},
	{
		Name: "verbstream", Title: "answers that a message offers, and its other verbs", Spec: "[MS-OXOMSG] 2.2.1.74",
		Inspect: of(blob.InspectVerbStream), set: guid.PSETID_Common, lids: []uint32{0x8520},
	},
	{
		Name: "reporttag", Title: "message that a report or a reminder is about", Spec: "[MS-OXOMSG] 2.2.2.22",
		Inspect: of(blob.InspectReportTag), tags: []mapi.PropTag{0x00310102},
	},
	{
		Name: "renids", Title: "entry ids of the younger special folders", Spec: "[MS-OXOSFLD] 2.2.5",
		Inspect: of(blob.InspectAdditionalRenEntryIDs), tags: []mapi.PropTag{0x36D90102},
	},
	{
		Name: "folderflags", Title: "what client and server tell each other of a folder", Spec: "[MS-OXOCFG] 2.2.7.1",
		Inspect: of(blob.InspectExtendedFolderFlags), tags: []mapi.PropTag{0x36DA0102},
	},
	{
		Name: "webview", Title: "home page that a folder shows in its place", Spec: "MFCMAPI, WebViewPersistStream",
		Inspect: of(blob.InspectWebViews), tags: []mapi.PropTag{0x36DF0102},
	},
	{
		Name: "tombstone", Title: "meetings that were declined", Spec: "[MS-OXOCAL] 2.2.12.5",
		Inspect: of(blob.InspectTombstones), tags: []mapi.PropTag{0x686A0102},
	},
	{
		Name: "propdef", Title: "fields that users and forms have added to a message", Spec: "Outlook MAPI Reference, PropertyDefinition stream structure",
		Inspect: of(blob.InspectPropertyDefinitions), set: guid.PSETID_Common, lids: []uint32{0x8540},
	},
	{
		Name: "swappedtodo", Title: "flag and reminder beside those of a message", Spec: "[MS-OXOFLAG] 2.2.1.7",
		Inspect: of(blob.InspectSwappedToDo), tags: []mapi.PropTag{0x0E2D0102},
	},
	{
		Name: "nickname", Title: "addresses from which Outlook completes what is typed", Spec: "Outlook MAPI Reference, Autocomplete stream",
		Inspect: of(blob.InspectNicknameCache), tags: []mapi.PropTag{0x7C090102}, begins: "\x0D\xF0\xAD\xBA",
	},
	{
		Name: "sid", Title: "account that sent, made or changed a message", Spec: "[MS-DTYP] 2.4.2.2",
		Inspect: of(security.InspectSID), tags: []mapi.PropTag{0x0E4D0102, 0x0E4E0102, 0x0E580102, 0x0E590102},
	},
	{
		Name: "ntsd", Title: "who may do what with a message or a folder", Spec: "[MS-DTYP] 2.4.6",
		Inspect: of(security.InspectDescriptor), tags: []mapi.PropTag{0x0E270102, 0x0F000102},
	},
}
