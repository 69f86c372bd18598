// Package oof reads what Exchange and Outlook keep of an out-of-office reply, and says what of it is sent.
//
//	Template     a message that is the text of a reply: IPM.Note.Rules.OofTemplate.Microsoft,
//	             IPM.Note.Rules.ExternalOofTemplate.Microsoft: [MS-OXORULE] 2.2.5.1.2.2
//	Settings     the XML in the body of IPM.Microsoft.OOF.UserOofSettings, the master copy since Exchange 2007
//	Log          the text in the body of IPM.Microsoft.OOF.Log
//	History      who has got a reply already, a property of the folder "Freebusy Data"
//	Verdict      what all of them come to: Judge takes the items of a mailbox
//
// The templates and the rules that point to them are published, in [MS-OXORULE]; settings, log and history are not, and
// what is said of them here was observed.
//
// A Decode function is strict: a value, or an error that says where and what. An Inspect function never fails: as much of
// the value as there is, and a report of everything found.
//
// Values are plain data: any number of goroutines may read one, and a Decode, an Inspect or a Judge may run beside any
// other.
package oof
