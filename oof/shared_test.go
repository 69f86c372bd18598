package oof_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/oof"
)

// TestSharedHistories compares histories with what an independent decoder makes of them.
func TestSharedHistories(t *testing.T) {
	text := string(golden.Shared(t, "vectors/oof-rules-guid.md"))
	vector := regexp.MustCompile("(?s)\\*\\*(V\\d+) [^*]*\\*\\* `oofhistory`\n\n```\nin : ([0-9A-F]*)\nout: ([^\n]*)\n")
	all := vector.FindAllStringSubmatch(text, -1)
	require.Len(t, all, 4)
	for _, m := range all {
		t.Run(m[1], func(t *testing.T) {
			var want struct {
				Error *struct {
					Code   string
					Offset int
				}
				OofOn   bool
				Entries []struct {
					Props []struct {
						ID    uint8
						Value string
					}
				}
			}
			require.NoError(t, json.Unmarshal([]byte(m[3]), &want))
			h, r := oof.InspectHistory(golden.Unhex(t, m[2]))
			if want.Error != nil {
				found := slices.Collect(r.Findings())
				require.Len(t, found, 1)
				require.GreaterOrEqual(t, found[0].Severity, diag.Error)
				require.Equal(t, diag.Code("oof."+want.Error.Code), found[0].Code)
				require.Equal(t, want.Error.Offset, found[0].Span.Offset)
				return
			}
			require.Empty(t, slices.Collect(r.Findings()))
			require.Equal(t, want.OofOn, h.OofOn == 1)
			i := 0
			for entry := range h.Entries() {
				require.Len(t, entry, len(want.Entries[i].Props))
				for j, p := range want.Entries[i].Props {
					require.Equal(t, p.ID, entry[j].ID)
					require.Equal(t, golden.Unhex(t, p.Value), entry[j].Value)
				}
				i++
			}
			require.Len(t, want.Entries, i)
		})
	}
}

// TestSharedSettings reads the documents of the shared page.
func TestSharedSettings(t *testing.T) {
	text := string(golden.Shared(t, "vectors/oof-rules-guid.md"))
	_, section, ok := strings.Cut(text, "## UserOofSettings XML")
	require.True(t, ok)
	docs := regexp.MustCompile("`((?:<\\?xml [^`]*)?<UserOofSettings[^`]*)`").FindAllStringSubmatch(section, -1)
	require.Len(t, docs, 3)
	scheduled, err := oof.DecodeSettings(docs[0][1])
	require.NoError(t, err)
	require.Equal(t, &oof.Settings{Duration: &oof.Duration{StartTime: "2008-07-08T16:00:00Z", EndTime: "2008-07-09T16:00:00Z"}, OofState: oof.Scheduled,
		ExternalAudience: oof.AudienceKnown, InternalReply: &oof.Reply{Message: "<p>Hi</p>", LanguageTag: "en-US"}, ExternalReply: &oof.Reply{},
		UserChangeTime: "9999-12-31T23:59:59.9999999"}, scheduled)
	require.Equal(t, "max", scheduled.UserChangeTime.Special())
	legacy, err := oof.DecodeSettings(docs[1][1])
	require.NoError(t, err)
	require.Equal(t, &oof.Settings{OofState: oof.Enabled, ExternalAudience: oof.AudienceAll, InternalReply: &oof.Reply{Message: "Gone fishing"},
		ExternalReply: &oof.Reply{}, SetByLegacyClient: true}, legacy)
	_, err = oof.DecodeSettings(docs[2][1])
	require.ErrorIs(t, err, oof.MissingReply)
}
