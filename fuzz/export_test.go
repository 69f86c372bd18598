package fuzz

// Allocated is what CheckMemory measures with.
var Allocated = allocated
