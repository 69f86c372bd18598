package inspect

import (
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/oof/rule"
)

// ruleKinds are the kinds of package rule: each is one structure in one profile. It is never written to.
var ruleKinds = []Kind{
	{
		Name: "ruleaction", Title: "what a rule of the rules table does", Spec: "[MS-OXORULE] 2.2.5",
		Inspect: actions(mapi.ProfileROP), AppendSmartView: rule.AppendSmartView, tags: []mapi.PropTag{0x668000FE},
	},
	{
		Name: "extruleaction", Title: "what a rule in a message does", Spec: "[MS-OXORULE] 2.2.4.1.9",
		Inspect: actions(mapi.ProfileExtended), AppendSmartView: rule.AppendSmartView, tags: []mapi.PropTag{0x0E990102},
	},
	{
		Name: "rulecondition", Title: "which messages a rule of the rules table is for", Spec: "[MS-OXCDATA] 2.12",
		Inspect:         func(b []byte) (Value, *diag.Report) { return rule.InspectCondition(b, rule.DetectCondition(b)) },
		AppendSmartView: rule.AppendSmartView, tags: []mapi.PropTag{0x667900FD},
	},
	{
		Name: "extrulecondition", Title: "which messages a rule in a message is for", Spec: "[MS-OXORULE] 2.2.4.1.10",
		Inspect:         func(b []byte) (Value, *diag.Report) { return rule.InspectCondition(b, mapi.ProfileExtended) },
		AppendSmartView: rule.AppendSmartView, tags: []mapi.PropTag{0x0E9A0102},
	},
	{
		Name: "restriction", Title: "which messages a search folder shows", Spec: "[MS-OXOCFG] 2.2.6.1.2",
		Inspect:         func(b []byte) (Value, *diag.Report) { return rule.InspectCondition(b, mapi.ProfileOCFG) },
		AppendSmartView: rule.AppendSmartView,
	},
	{
		Name: "searchfolder", Title: "which messages a search folder shows, and where they are sought", Spec: "[MS-OXOSRCH] 2.2.1.2.8",
		Inspect: of(rule.InspectSearchFolder), tags: []mapi.PropTag{0x68450102},
	},
}

func actions(p mapi.Profile) func(b []byte) (Value, *diag.Report) {
	return func(b []byte) (Value, *diag.Report) { return rule.InspectAction(b, p) }
}
