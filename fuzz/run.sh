#!/bin/sh
# Fuzzes every target for so long, one after the other, and stops at the first that fails.
#
#   sh fuzz/run.sh 200000x            every target, a fixed number of inputs: repeatable
#   sh fuzz/run.sh 1m FuzzTZDef       one target, for a minute
#
# FUZZFLAGS adds flags for go test: FUZZFLAGS=-parallel=1.
set -eu

if [ $# -lt 1 ] || [ $# -gt 2 ]; then
	echo "usage: sh fuzz/run.sh COUNT_OR_TIME [TARGET]" >&2
	exit 2
fi
cd "$(dirname "$0")/.."

all=$(go test -list '^Fuzz' ./fuzz) # a package that does not build ends the script here
targets=$(printf '%s\n' "$all" | grep '^Fuzz' || true)
if [ $# -eq 2 ]; then
	targets=$(printf '%s\n' "$targets" | grep -x -e "$2" -e "Fuzz$2" || true)
fi
if [ -z "$targets" ]; then
	echo "fuzz/run.sh: no target ${2-at all}" >&2
	exit 1
fi

# An input that covers something new is made smaller at most this often: without a bound the fuzzer spends a minute on
# each whose coverage is not the same every time.
for target in $targets; do
	echo "== $target"
	# shellcheck disable=SC2086 # FUZZFLAGS is a list
	if ! go test -run='^$' -fuzz="^$target\$" -fuzztime="$1" -fuzzminimizetime=500x ${FUZZFLAGS-} ./fuzz; then
		echo "fuzz/run.sh: $target failed" >&2
		exit 1
	fi
done
