package mfcmapi

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// frame is an open element that says to which object the properties in it belong.
type frame struct {
	el    element
	path  string // the object
	copy  bool   // a fuller list of the same properties follows
	assoc bool   // messages in here are folder associated
	next  int    // how many objects were opened in here
	index int64  // the number the last of them had
}

func (r *Reader) top() *frame { return &r.stack[len(r.stack)-1] }

// open deals with an opening tag outside properties, whose "<name" has n bytes. It reports false where it is none of
// ours after all.
func (r *Reader) open(e element, n int) bool {
	at := r.w.at(0)
	if at < r.noTag {
		return false
	}
	d := r.w.rest()
	size := r.tag.parse(d[n:min(len(d), maxTag)], true)
	if size < 0 {
		r.noTag = at + int64(min(len(d), maxTag))
		return false
	}
	in := r.top().el
	switch e {
	case elXML:
		r.w.skip(n + size)
		r.newDocument()
		r.declared(at)
		return true
	case elBody:
		if !r.tag.has("property") {
			return false // of a web page
		}
		line, file := r.w.place(at)
		r.w.skip(n + size)
		r.readBody(line, file)
		return true
	case elRow:
		if in != elTable && in != elHierarchy && !r.tag.has("index") {
			return false
		}
	case elRecipient, elAttachment:
		if in != elRecipients && in != elAttachments && !r.tag.has("num") {
			return false
		}
	case elTable:
		if len(r.tag.attrs) > 0 {
			return false // of a web page
		}
	}
	if r.tag.smart {
		r.later(diag.Warning, TypographicQuotes, e.String(), "has typographic quotation marks")
	}
	line, file := r.w.place(at)
	r.w.skip(n + size)
	r.push(e, line, file)
	return true
}

// push enters the element whose tag was just read.
func (r *Reader) push(e element, line int, file int64) {
	if len(r.stack) == 1 && e.root() {
		r.newDocument()
	}
	if len(r.stack) >= maxDepth {
		if r.over == 0 {
			r.later(diag.Error, TooDeep, e.String(), "at offset %d, line %d: more than %d objects inside each other; the object is not known from here on", file, line, maxDepth)
		}
		r.over++
		return
	}
	parent := r.top()
	f := frame{el: e, path: parent.path, copy: parent.copy, assoc: parent.assoc}
	switch e {
	case elProperties:
		r.propertyList(&f, parent)
	case elTableProps:
		f.copy = true
	case elGetProps:
		f.copy = false
	case elContents:
		kind, _ := r.tag.get("TableType")
		f.assoc = strings.HasPrefix(strings.ToLower(kind), "associated")
	case elFolder:
		f.path = join(parent.path, "folder")
	case elStore:
		f.path = join(parent.path, "store")
	case elRow:
		f.path = r.number(parent, "row", "index")
	case elMessage:
		r.message(&f, parent)
	case elRecipient:
		f.path = r.number(parent, "recipient", "num")
	case elAttachment:
		f.path = r.number(parent, "attachment", "num")
	case elMailbox:
		f.path = r.number(parent, "mailbox", "")
	case elService:
		f.path = r.number(parent, "service", "index")
	case elProvider:
		f.path = r.number(parent, "provider", "index")
	case elEmbedded:
		name, _ := r.tag.get("path")
		r.later(diag.Info, EmbeddedElsewhere, join(f.path, e.String()), "the message of the attachment before is in another file: %s", name)
		return
	}
	if r.tag.odd {
		for _, a := range r.tag.attrs {
			if bytes.ContainsAny(a.value, `&<"`) {
				r.later(diag.Info, UnescapedMarkup, join(f.path, "@"+string(a.name)), "is %q, unescaped as everything in this form", a.value)
			}
		}
	}
	if code, ok := r.tag.get("error"); ok {
		r.objectError(e, f.path, code, line, file)
	}
	if !r.tag.self {
		r.stack = append(r.stack, f)
	}
}

// newDocument begins a document, unless the one before has had no property yet.
func (r *Reader) newDocument() {
	if r.document > 0 {
		r.document = 0
		r.documents++
		r.later(diag.Info, SeveralDocuments, "file", "document %d begins; its objects are named by it", r.documents)
	}
	root := frame{}
	if r.documents > 0 {
		root.path = "document " + strconv.Itoa(r.documents)
	}
	r.stack = append(r.stack[:0], root)
	r.over = 0
}

func (r *Reader) propertyList(f, parent *frame) {
	switch kind, _ := r.tag.get("listtype"); strings.ToLower(kind) {
	case "summary":
		f.copy = true
	case "profilesection":
		uid, _ := r.tag.get("profilesection")
		f.path = join(f.path, strings.TrimSpace("section "+uid))
	}
	if parent.el == elStores {
		f.path = r.number(parent, "store", "index")
	}
}

func (r *Reader) message(f, parent *frame) {
	switch {
	case parent.el == elContents && f.assoc:
		f.path = r.number(parent, "associated message", "num")
	case parent.el == elContents:
		f.path = r.number(parent, "message", "num")
	case len(r.stack) > 1:
		f.path = join(parent.path, "message")
	}
	f.assoc = false
}

// number returns the path of the next object of its kind in parent. Objects are numbered as they come: the exporter's
// own numbers begin again every twenty rows.
func (r *Reader) number(parent *frame, kind, attribute string) string {
	path := join(parent.path, kind+" "+strconv.Itoa(parent.next))
	if text, ok := r.tag.get(attribute); ok && attribute != "" {
		v, ok := parseHex32(text)
		switch {
		case !ok && !decimal(text, &v):
			r.later(diag.Info, RowIndex, path, "@%s is %q, no number", attribute, text)
		case parent.next > 0 && int64(v) <= parent.index:
			r.later(diag.Info, RowIndex, path, "@%s %d is repeated; objects are numbered as they come", attribute, v)
		case parent.next == 0 && v != 0, parent.next > 0 && int64(v) != parent.index+1:
			r.later(diag.Info, RowIndex, path, "@%s is %d; objects are numbered as they come", attribute, v)
		}
		parent.index = int64(v)
	}
	parent.next++
	return path
}

func decimal(s string, v *uint32) bool {
	n, err := strconv.ParseUint(s, 10, 32)
	*v = uint32(n)
	return err == nil
}

func join(path, step string) string {
	if path == "" {
		return step
	}
	return path + "/" + step
}

// close leaves the innermost open element e, and those inside it.
func (r *Reader) close(e element) {
	if r.over > 0 {
		r.over--
		return
	}
	for i := len(r.stack) - 1; i > 0; i-- {
		if r.stack[i].el == e {
			r.stack = r.stack[:i]
			return
		}
	}
}

// declared compares the XML declaration at the position at with what the bytes are.
func (r *Reader) declared(at int64) {
	r.takeMarks(at)
	name, ok := r.tag.get("encoding")
	if !ok {
		return
	}
	said := strings.ToUpper(name)
	wide := strings.HasPrefix(said, "UTF-16") || strings.HasPrefix(said, "UCS-2") || said == "UNICODE"
	if wide != r.cs.wide() || r.cs == csUTF8 && said != "UTF-8" {
		r.later(diag.Info, DeclaredEncoding, "?xml@encoding", "says %s, the file is %s", name, r.cs)
	}
}

// objectError tells that the exporter wrote an error where the properties of an object should be.
func (r *Reader) objectError(e element, path, code string, line int, file int64) {
	name := code
	if v, ok := parseHex32(code); ok {
		name = errorText(v)
	}
	f := diag.Finding{Severity: diag.Error, Code: ObjectError, Span: nowhere, Path: join(path, e.String()), Spec: specXML,
		Msg: fmt.Sprintf("was not exported: %s", name)}
	r.fail(line, file, f)
	r.records++
	r.document++
}
