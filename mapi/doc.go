// Package mapi names MAPI properties and holds their values.
package mapi
