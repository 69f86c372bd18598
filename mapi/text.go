package mapi

// CodePage returns the code page of the PtypString8 values of an object with the properties p.
func CodePage(p Props, container, def int) (cp int, source string) { return 1252, "assumed" }

// DecodeString8 returns 8-bit text in the code page cp.
func DecodeString8(raw []byte, cp int) (text string, damaged int, err error) {
	return string(raw), 0, nil
}
