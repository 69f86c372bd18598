// Package rule decodes the rules that Exchange and Outlook keep in mailboxes: which messages they are for, and what they do:
//
//	RuleAction   PidTagRuleActions (0x668000FE), PidTagExtendedRuleMessageActions (0x0E990102): [MS-OXORULE] 2.2.5
//	Condition    PidTagRuleCondition (0x667900FD), PidTagExtendedRuleMessageCondition (0x0E9A0102), and the restrictions of
//	             search folders: [MS-OXCDATA] 2.12, [MS-OXOCFG] 2.2.6.1.2
//	SearchFolder PidTagSearchFolderDefinition (0x68450102), with such a restriction in it: [MS-OXOSRCH] 2.2.1.2.8
//
// The same trees are written with narrow counts in some places and with wide ones in others, and nothing in the bytes says
// which: that is the mapi.Profile every decoder is told. Standard rules are in mapi.ProfileROP, the two binary properties in
// mapi.ProfileExtended, search folders in mapi.ProfileOCFG.
//
// DecodeAction, DecodeCondition and DecodeSearchFolder are strict: a value, or an error that names byte and field.
// InspectAction, InspectCondition and InspectSearchFolder never fail: as much of the value as there is, with every finding and
// every field.
//
// Some findings are about no mistake, but about what attackers have rules do; they are Info. Values are plain data, safe to
// read concurrently.
package rule
