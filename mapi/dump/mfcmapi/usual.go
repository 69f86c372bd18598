package mfcmapi

import (
	"bytes"

	"github.com/mapiprop/mapiprop/mapi"
)

// The quick way. Nearly all properties are written as the exporter writes them, and are in the window from end to end;
// those are read by comparing them with that. Whatever else comes is left to the long way, and nothing of it was read by
// then: both read the same (TestUsual).

// usualOpening reads what follows "<property" in the exporter's own spelling: ` tag = "0x0037001F" type = "PT_UNICODE" >`.
// It returns the size 0 for anything else.
func usualOpening(d []byte) (tag mapi.PropTag, kind []byte, size int) {
	const number, word, end = ` tag = "0x`, `" type = "`, `" >`
	const digits, words = len(number), len(number) + 8 + len(word)
	if len(d) < words+maxName+len(end) || string(d[:digits]) != number || string(d[digits+8:words]) != word {
		return 0, nil, 0
	}
	for i := digits; i < digits+8; i += 2 {
		v := hexPairs[le.Uint16(d[i:])]
		if v == 0 {
			return 0, nil, 0
		}
		tag = tag<<8 | mapi.PropTag(byte(v))
	}
	kind = d[words : words+wordLen(d[words:words+maxName])]
	size = words + len(kind)
	if string(d[size:size+len(end)]) != end {
		return 0, nil, 0
	}
	return tag, kind, size + len(end)
}

// usualChildren reads children of a property, and its end, as long as they are as usual. It reports whether it came to
// the end.
func (r *Reader) usualChildren() bool {
	for {
		d := r.w.rest()
		const line = "\r\n\t\t"
		i := 0
		if len(d) > len(line) && string(d[:len(line)]) == line {
			i = len(line)
		}
		for i < len(d) && (d[i] == '\t' || d[i] == '\n' || d[i] == '\r' || d[i] == ' ') {
			i++
		}
		if len(d)-i < maxTag+2*maxGap || d[i] != '<' {
			return false
		}
		d = d[i:]
		e, closing, n := usualTag(d)
		if closing && e == elProperty {
			r.w.skip(i + len("</property>"))
			return true
		}
		if closing || !e.child() || r.p.seen[e] {
			return false
		}
		size := r.usualChild(e, d, n)
		if size == 0 {
			return false
		}
		r.w.skip(i + size)
	}
}

// usualChild reads the child e, whose "<name" has n bytes, from the front of d, and returns its length, 0 if it is not as
// usual.
func (r *Reader) usualChild(e element, d []byte, n int) int {
	count := int64(-1)
	if d[n] == '>' {
		n++
	} else {
		var size int
		if count, size = usualCount(d[n:]); size == 0 {
			return 0
		}
		n += size
	}
	const open, shut = "<![CDATA[", "]]>"
	cdata := string(d[n:n+len(open)]) == open
	if cdata {
		n += len(open)
	}
	text := d[n:]
	k := bytes.IndexByte(text, '<')
	if k < 0 || k > maxPiece || len(text)-k < maxGap || !e.closes(text[k:]) {
		return 0
	}
	size := n + k + len("</>") + len(elementNames[e])
	text = text[:k]
	if cdata {
		k -= len(shut)
		if k < 0 || string(text[k:]) != shut {
			return 0
		}
		text = text[:k]
	}
	p := &r.p
	switch e {
	case elName:
		p.name.write(text)
	case elNamedGUID:
		p.guid.write(text)
	case elNamedName:
		p.named.write(text)
	case elSmartView:
		p.smart.write(text)
	case elValue, elAltValue:
		if t := p.tag.Type(); t.Multiple() || t.Element() == mapi.PtypUnspecified {
			return 0
		}
		r.usualCell(e, count, text)
	}
	p.seen[e] = true
	return size
}

// usualCell takes the text of a Value or AltValue, and the count in its tag, -1 for none.
func (r *Reader) usualCell(e element, count int64, text []byte) {
	c, t := r.cell(e), r.p.tag.Type()
	c.has, c.err, c.cb = true, "", count
	if c.isHex = r.hexIn(e, c, t); c.isHex {
		c.bytes.reset(MaxBinary)
		c.bytes.said = count
		c.bytes.write(text)
		c.bytes.end()
		return
	}
	c.text.reset(textLimit(e, t))
	c.text.write(text)
}

// usualCount reads the attribute ` cb="70">`, with a blank before its end in older builds. It returns the size 0 for
// anything else.
func usualCount(d []byte) (count int64, size int) {
	const cb, most = ` cb="`, 10
	if string(d[:len(cb)]) != cb {
		return 0, 0
	}
	i := len(cb)
	for ; i < len(cb)+most && d[i] >= '0' && d[i] <= '9'; i++ {
		count = 10*count + int64(d[i]-'0')
	}
	switch end := d[i : i+3]; {
	case i == len(cb):
		return 0, 0
	case end[0] == '"' && end[1] == '>':
		return count, i + 2
	case string(end) == `" >`:
		return count, i + 3
	}
	return 0, 0
}
