// Package msg reads Outlook's .msg and .oft files ([MS-OXMSG]) as records.
//
// Such a file is a compound file. This package has no compound-file reader: it takes an [fs.FS] whose folders are the
// storages and whose files are the streams, as the package cfbfs in this repository's examples makes it from
// github.com/richardlehane/mscfb.
//
//	__properties_version1.0         the entries of an object: tags, flags, short values       2.4
//	__substg1.0_001A001F            the value of 0x001A001F                                   2.1.3
//	__substg1.0_8013101F-00000000   the first value of a list                                 2.1.4.2
//	__recip_version1.0_#00000000    a recipient                                               2.2.1
//	__attach_version1.0_#00000000   an attachment                                             2.2.2
//	__nameid_version1.0             what the ids from 0x8000 on mean, for the whole file      2.2.3
//
// Nothing in a file is lost silently: besides one record for each property there is one, with its bytes, for each
// stream that no property claims and for each structure something is wrong with.
package msg

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"strings"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

// MaxDepth is how deep messages may lie in messages. What lies deeper is reported, as TooDeep, and not read. Outlook
// gives up long before.
const MaxDepth = 100

// Reader reads one file. It is a [dump.Reader]: not safe for concurrent use.
type Reader struct {
	fsys     fs.FS
	source   string
	codePage int
	names    names
}

// Open returns a Reader of the message whose streams and storages are the root of fsys. Records say that they come from
// source. Text of 8 bits whose code page the file does not say is read in codePage, or as Windows-1252 where that is 0.
//
// The error is a [diag.Finding] with the code NotAMessage where fsys holds nothing that a .msg file has, or with
// Unreadable where its root cannot be listed.
func Open(fsys fs.FS, source string, codePage int) (*Reader, error) {
	root, err := list(fsys, ".")
	if err != nil && len(root.entries) == 0 {
		return nil, finding(diag.Error, Unreadable, -1, 0, ".", "cannot be listed: %v", err)
	}
	known := false
	for _, e := range root.entries {
		name := strings.ToLower(e.name)
		known = known || name == propertyStream || name == nameStorage || strings.HasPrefix(name, valuePrefix) ||
			strings.HasPrefix(name, recipPrefix) || strings.HasPrefix(name, attachPrefix)
	}
	if !known {
		return nil, finding(diag.Error, NotAMessage, -1, 0, ".", "has %d entries, and none that a message has", len(root.entries))
	}
	return &Reader{fsys: fsys, source: source, codePage: codePage}, nil
}

// Records yields every property of the message, then those of its recipients and of its attachments, each in the order
// of its property stream; a message in an attachment follows the properties of that attachment.
//
// Item is "message", "message/recipient 0", "message/attachment 1", "message/attachment 1/message",
// "message/attachment 1/message/recipient 0" and so on; the numbers are those in the names of the storages. Offset is that of the property's 16-byte entry in its property
// stream, or of the bytes a finding is about in the stream its Path names; it is -1 for a stream that no entry claims.
// Line is 0.
//
// A record with the tag 0 is no property: its Raw is the part of the file that its findings are about. An error comes
// for an object without a property stream and for a storage that cannot be listed; it is a [diag.Finding], and what
// can be read of the object follows.
func (r *Reader) Records() iter.Seq2[dump.Record, error] {
	return func(yield func(dump.Record, error) bool) {
		w := &walk{Reader: r, yield: yield}
		w.readNames()
		w.message(&object{item: "message", path: ".", kind: root, pages: dump.GuessedPages(r.codePage)})
	}
}

// walk is one pass over a file.
type walk struct {
	*Reader
	yield   func(dump.Record, error) bool
	stopped bool
}

func (w *walk) emit(rec dump.Record) {
	rec.Source = w.source
	w.stopped = w.stopped || !w.yield(rec, nil)
}

// fail yields a finding about a place where no record can be made.
func (w *walk) fail(item string, f diag.Finding) {
	if !w.stopped {
		w.stopped = !w.yield(dump.Record{Source: w.source, Item: item, Offset: -1, Findings: []diag.Finding{f}}, f)
	}
}

// finding makes a finding of this package; its section is that of the catalogue.
func finding(s diag.Severity, code diag.Code, off, n int, at, format string, args ...any) diag.Finding {
	e, _ := diag.Lookup(catalogue, code)
	return diag.Finding{Severity: s, Code: code, Span: diag.Span{Offset: off, Len: n}, Path: at, Spec: e.Spec, Msg: fmt.Sprintf(format, args...)}
}

// note makes a finding about the dump rather than about bytes of Raw.
func note(s diag.Severity, code diag.Code, at, format string, args ...any) diag.Finding {
	return finding(s, code, -1, 0, at, format, args...)
}

// kind is what an object is; the header of its property stream depends on it.
type kind uint8

const (
	root kind = iota
	embedded
	recipient
	attachment
)

// headerSize returns the size of the header ([MS-OXMSG] 2.4.1).
func (k kind) headerSize() int { return [...]int{32, 24, 8, 8}[k] }

func (k kind) message() bool { return k <= embedded }

// object is a message, a recipient or an attachment while it is read.
type object struct {
	item  string
	path  string
	kind  kind
	depth int         // how many messages it lies in
	pages []dump.Page // where the code page of its text may come from, best first
	*storage
	subs []sub // what its PtypObject properties hold
}

// sub is a storage that is a property's value.
type sub struct {
	tag     mapi.PropTag
	message bool // the entry says that it is a message
	e       *entry
}

// prefix is what the items of the objects inside o begin with. The root has one too, so that dump.Items puts a message
// and its recipients together, as it does with those of an MFCMAPI export.
func (o *object) prefix() string { return o.item + "/" }

// message reads a message and all that is in it.
func (w *walk) message(o *object) {
	w.object(o)
	for i, prefix := range [...]string{recipPrefix, attachPrefix} {
		k := recipient + kind(i)
		for _, s := range o.numbered(prefix) {
			if w.stopped {
				return
			}
			item := fmt.Sprintf("%s%s %d", o.prefix(), [...]string{"recipient", "attachment"}[i], s.n)
			part := &object{item: item, path: o.join(s.e), kind: k, depth: o.depth, pages: o.pages}
			w.object(part)
			w.contents(part)
			w.rest(part)
		}
	}
	w.contents(o)
	w.rest(o)
}

// object reads the properties of an object.
func (w *walk) object(o *object) {
	var err error
	o.storage, err = list(w.fsys, o.path)
	if err != nil {
		w.fail(o.item, note(diag.Error, Unreadable, o.path, "cannot be listed: %v", err))
	}
	e := o.claim(propertyStream)
	if e == nil || e.dir {
		w.fail(o.item, note(diag.Error, NoPropertyStream, o.path, "has no stream %s", propertyStream))
		return
	}
	b, err := o.read(e)
	if err != nil && !w.stopped {
		w.emit(dump.Record{Item: o.item, Offset: int64(len(b)), Findings: []diag.Finding{
			note(diag.Error, Unreadable, o.join(e), "ends after %d bytes: %v", len(b), err)}})
	}
	head := w.header(o, b)
	if o.kind.message() {
		o.pages = append(ownPages(b[head:], o.item), o.pages...)
	}
	first := map[mapi.PropTag]int{}
	off := head
	for ; off+entrySize <= len(b) && !w.stopped; off += entrySize {
		tag := mapi.PropTag(binary.LittleEndian.Uint32(b[off:]))
		before, again := first[tag]
		if !again {
			first[tag] = off
			before = -1
		}
		w.emit(w.property(o, b[off:off+entrySize], off, before))
	}
	if rest := b[min(off, len(b)):]; len(rest) > 0 && !w.stopped {
		w.emit(dump.Record{Item: o.item, Offset: int64(off), Raw: rest, Findings: []diag.Finding{
			finding(diag.Error, Truncated, len(rest), 0, o.join(e), "the last entry needs %d bytes, has %d", entrySize, len(rest))}})
	}
}

// contents reads what the PtypObject properties of o hold.
func (w *walk) contents(o *object) {
	for _, s := range o.subs {
		if w.stopped {
			return
		}
		at := o.join(s.e)
		inner, err := list(w.fsys, at)
		if err != nil {
			w.fail(o.item, note(diag.Error, Unreadable, at, "cannot be listed: %v", err))
		}
		if inner.byName[propertyStream] == nil && !s.message {
			w.tree(o.item+"/storage", inner, StorageStream, diag.Info, "is part of the storage "+s.tag.String(), 0)
			continue
		}
		item := o.prefix() + "message"
		if s.tag != mapi.PidTagAttachDataObject {
			item = o.prefix() + s.tag.String()
		}
		if o.depth+1 > MaxDepth {
			w.fail(item, note(diag.Error, TooDeep, at, "lies %d messages deep, %d are read", o.depth+1, MaxDepth))
			continue
		}
		w.message(&object{item: item, path: at, kind: embedded, depth: o.depth + 1, pages: o.pages})
	}
}

// rest reports what nothing claimed.
func (w *walk) rest(o *object) {
	for _, e := range o.entries {
		if e.claimed || w.stopped {
			continue
		}
		// The root's map of names has been read; an embedded message has none of its own.
		if o.kind == root && e.dir && o.byName[nameStorage] == e {
			continue
		}
		if !e.dir {
			w.orphan(o.item, o.storage, e, Unclaimed, diag.Warning, "no property claims it")
			continue
		}
		inner, err := list(w.fsys, o.join(e))
		if err != nil {
			w.fail(o.item, note(diag.Error, Unreadable, o.join(e), "cannot be listed: %v", err))
		}
		if len(inner.entries) == 0 {
			w.emit(dump.Record{Item: o.item, Offset: -1, Findings: []diag.Finding{
				note(diag.Warning, Unclaimed, o.join(e), "is a storage without anything in it, and no property claims it")}})
		}
		w.tree(o.item, inner, Unclaimed, diag.Warning, "is in a storage that no property claims", 0)
	}
}

// tree reports every stream below a storage.
func (w *walk) tree(item string, s *storage, code diag.Code, sev diag.Severity, why string, depth int) {
	for _, e := range s.entries {
		switch {
		case w.stopped:
			return
		case !e.dir:
			w.orphan(item, s, e, code, sev, why)
		case depth >= MaxDepth:
			w.fail(item, note(diag.Error, TooDeep, s.join(e), "lies more than %d storages deep", MaxDepth))
		default:
			inner, err := list(s.fsys, s.join(e))
			if err != nil {
				w.fail(item, note(diag.Error, Unreadable, s.join(e), "cannot be listed: %v", err))
			}
			w.tree(item, inner, code, sev, why, depth+1)
		}
	}
}

// orphan reports one stream with its bytes. Where its name is that of a property's value the record has the tag, but no
// value: nothing says that it belongs to the object.
func (w *walk) orphan(item string, s *storage, e *entry, code diag.Code, sev diag.Severity, why string) {
	b, err := s.read(e)
	rec := dump.Record{Item: item, Offset: -1, Raw: b, Findings: []diag.Finding{note(sev, code, s.join(e), "%s: %d bytes", why, len(b))}}
	if tag, _, ok := tagOf(e.name); ok && code == Unclaimed {
		rec.Prop.Tag = tag
		rec.Prop.Name = w.names.byID[tag.ID()]
	}
	if err != nil {
		rec.Findings = append(rec.Findings, unreadable(s.join(e), b, err))
	}
	w.emit(rec)
}

// unreadable says that a stream ended with an error.
func unreadable(at string, b []byte, err error) diag.Finding {
	if pe := (*fs.PathError)(nil); errors.As(err, &pe) {
		err = pe.Err
	}
	return finding(diag.Error, Unreadable, len(b), 0, at, "ends after %d bytes: %v", len(b), err)
}
