package pffexport

import (
	"strconv"
	"strings"
)

// place is the object that a file is about.
type place struct {
	item string // its path
	rows string // what sets are: "recipient", "attachment", "" where a file has one set and that is the object
}

// placeOf returns what the path of a file says.
func placeOf(source string) place {
	parts := strings.FieldsFunc(source, func(c rune) bool { return c == '/' || c == '\\' })
	if len(parts) == 0 {
		return place{}
	}
	name, folders := parts[len(parts)-1], parts[:len(parts)-1]
	var p place
	switch {
	case strings.EqualFold(name, "RecipientsItemValues.txt"):
		p.rows = "recipient"
	case !strings.EqualFold(name, "ItemValues.txt"):
		return p
	case len(folders) > 0 && strings.EqualFold(folders[len(folders)-1], "Attachments"):
		p.rows, folders = "attachment", folders[:len(folders)-1]
	}
	root := -1
	for i, f := range folders {
		if f = strings.ToLower(f); strings.HasSuffix(f, ".export") || strings.HasSuffix(f, ".orphans") || strings.HasSuffix(f, ".recovered") {
			root = i
		}
	}
	if root >= 0 {
		folders = folders[root+1:]
	} else {
		folders = folders[object(folders):]
	}
	p.item = steps(folders)
	return p
}

// object returns where the object begins whose folder is the last: where that is in an attachment, at the outermost
// message. Without the folder that pffexport made, nothing says which folders around it are the PST's.
func object(folders []string) int {
	i := len(folders)
	if i == 0 || !numbered(folders[i-1]) {
		return i
	}
	inAttachment := func(i int) bool {
		return i >= 2 && attachment(folders[i]) >= 0 && strings.EqualFold(folders[i-1], "Attachments") && numbered(folders[i-2])
	}
	if i--; inAttachment(i) {
		i -= 2
	}
	for i >= 1 && inAttachment(i-1) {
		i -= 3
	}
	return i
}

// steps returns the path of an object. A message in an attachment has two folders, one for each.
func steps(folders []string) string {
	var all []string
	for i := 0; i < len(folders); i++ {
		f := folders[i]
		switch {
		case i+1 < len(folders) && strings.EqualFold(f, "Attachments") && attachment(folders[i+1]) >= 0:
			i++
			all = append(all, "attachment "+strconv.Itoa(attachment(folders[i])))
			if i+1 < len(folders) && numbered(folders[i+1]) {
				i++
				all = append(all, "message")
			}
		case numbered(f):
			all = append(all, f)
		default:
			all = append(all, "folder "+f)
		}
	}
	return strings.Join(all, "/")
}

// numbered reports whether pffexport gave a folder its name, because it holds an item: letters and five digits.
func numbered(name string) bool {
	n := len(name) - 5
	if n <= 0 {
		return false
	}
	for i := range len(name) {
		c := name[i]
		if i < n && (c|0x20 < 'a' || c|0x20 > 'z') || i >= n && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

// attachment returns the index of the attachment that pffexport made a folder for, counted from 0, or -1.
func attachment(name string) int {
	const prefix = "Attachment"
	if !numbered(name) || !strings.EqualFold(name[:len(name)-5], prefix) {
		return -1
	}
	n, _ := strconv.Atoi(name[len(prefix):]) // five digits
	return n - 1
}

// of returns the path of a set: -1 is one that has no number. Many says that there are several.
func (p place) of(set int, many bool) string {
	rows := p.rows
	switch {
	case rows == "" && (!many || set < 0):
		return p.item
	case rows == "":
		rows = "row"
	}
	return strings.TrimPrefix(p.item+"/"+rows+" "+strconv.Itoa(max(set, 0)), "/")
}
