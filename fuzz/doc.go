// Package fuzz holds every decoder of this module to the same laws.
//
// Laws is the exported part, in the manner of testing/fstest: the tests of a package, and importers with decoders of
// their own, call Check with any bytes. The fuzz targets are this folder's tests. Each calls Check, or says what else it
// proves; none is content that nothing panics.
//
//	go test ./fuzz                                            the seeds, and every crasher there ever was
//	go test ./fuzz -fuzz='^FuzzTZDef$' -fuzztime=10m          one target, for ten minutes
//	sh fuzz/run.sh 200000x                                    all targets, a fixed count each, as CI does
//	sh fuzz/run.sh 1m FuzzTZDef                               one target
//	go test ./fuzz -run=TestExport -export=DIR                the seeds as raw files, for OSS-Fuzz and ClusterFuzzLite
//
// A crasher is minimised by the fuzzer and written to testdata/fuzz/FuzzName under a hash. Rename it to what it shows
// ("rule-size-past-end"), mend the decoder, and commit both.
package fuzz
