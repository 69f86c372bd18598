// Package security decodes who may do what: the identifiers of Windows accounts in messages, and the security descriptors of
// messages and folders.
//
//	SID          PR_SENDER_SID, PR_SENT_REPRESENTING_SID, PR_CREATOR_SID, PR_LAST_MODIFIER_SID: [MS-DTYP] 2.4.2.2
//	Descriptor   PR_NT_SECURITY_DESCRIPTOR, PR_FREEBUSY_NT_SECURITY_DESCRIPTOR: [MS-DTYP] 2.4.6, behind a header
//
// No name of an account is looked up: what the package says is the same on every machine.
//
// DecodeX is strict: a value, or an error that names byte and field. InspectX never fails: as much of the value as there is,
// and a report of every field and every finding. AppendBinary writes exactly what the value says.
//
// Values are plain data: any number of goroutines may read one, and a Decode or Inspect may run beside any other.
package security
