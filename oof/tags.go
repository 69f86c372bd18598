package oof

import "github.com/mapiprop/mapiprop/mapi"

// Tags that package mapi has no names for: of [MS-OXPROPS], or observed.
const (
	tagSentRepresentingAddress mapi.PropTag = 0x0065001F // PidTagSentRepresentingEmailAddress
	tagMID                     mapi.PropTag = 0x674A0014 // PidTagMid
	tagAssociated              mapi.PropTag = 0x67AA000B // PidTagAssociated
	tagLastModifierName        mapi.PropTag = 0x3FFA001F // PidTagLastModifierName
	tagOofState                mapi.PropTag = 0x661D000B // PidTagOutOfOfficeState
	tagOofStateEx              mapi.PropTag = 0x68100003
	tagUserChangeTime          mapi.PropTag = 0x68130040
	tagSettingsItem            mapi.PropTag = 0x68140102
	tagScheduleStart           mapi.PropTag = 0x34300040
	tagScheduleEnd             mapi.PropTag = 0x34310040
	tagReplyType               mapi.PropTag = 0x40800003
	tagHistory                 mapi.PropTag = 0x3FE30102
)
