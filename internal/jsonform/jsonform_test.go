package jsonform_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/jsonform"
)

func TestForm(t *testing.T) {
	var v struct {
		Raw, Empty, Absent jsonform.Hex
		Text               jsonform.Text
	}
	require.NoError(t, json.Unmarshal([]byte(`{"raw":"00Ff","empty":"","text":"a\ud83dé"}`), &v))
	require.Equal(t, jsonform.Hex{0, 0xFF}, v.Raw)
	require.NotNil(t, v.Empty)
	require.Empty(t, v.Empty)
	require.Nil(t, v.Absent)
	require.Equal(t, jsonform.Text("a\xED\xA0\xBDé"), v.Text)
	for _, text := range []string{`{"raw":"0"}`, `{"raw":"0g"}`, `{"raw":1}`, `{"text":1}`, `{"text":null}`} {
		require.Error(t, json.Unmarshal([]byte(text), &v), text)
	}
}

func TestFill(t *testing.T) {
	dst := []byte{1, 2}
	require.NoError(t, jsonform.Fill(dst, nil, "x: y"))
	require.Equal(t, []byte{1, 2}, dst)
	require.EqualError(t, jsonform.Fill(dst, []byte{3}, "x: y"), "x: y: is 1 bytes, must be 2")
	require.EqualError(t, jsonform.Fill(dst, []byte{}, "x: y"), "x: y: is 0 bytes, must be 2")
	require.Equal(t, []byte{1, 2}, dst)
	require.NoError(t, jsonform.Fill(dst, []byte{3, 4}, "x: y"))
	require.Equal(t, []byte{3, 4}, dst)
}
