// Package exchange is what the dumps of Exchange's web interfaces have in common, those of Microsoft Graph and those of
// Exchange Web Services: files of text that are read as a stream, property types that are words, values that are text,
// and objects whose name may stand behind their properties.
package exchange
