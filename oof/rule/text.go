package rule

import "github.com/mapiprop/mapiprop/internal/wtf8"

// quote returns text in quotation marks, pure and on one line.
func quote(s string) string { return string(wtf8.AppendQuote(nil, s)) }
