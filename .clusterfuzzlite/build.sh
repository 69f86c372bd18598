#!/bin/bash -eu
# UNTESTED: this folder follows the documentation of ClusterFuzzLite; nobody has run it yet.
#
# Builds every target of ./fuzz, and gives each its seeds as files: what f.Add adds is not seen here. The image must have
# the Go version of go.mod.
cd "$SRC/mapiprop"
export GOWORK=off
go test ./fuzz -run='^TestExport$' -export="$WORK/seeds"
go get github.com/AdamKorcz/go-118-fuzz-build/testing # for this build only: go.mod is not committed from here
targets=$(go test -list '^Fuzz' ./fuzz | grep '^Fuzz')
for target in $targets; do
	compile_native_go_fuzzer github.com/mapiprop/mapiprop/fuzz "$target" "$target"
	(cd "$WORK/seeds/$target" && zip -q -r "$OUT/${target}_seed_corpus.zip" .)
done
