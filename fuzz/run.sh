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

# Those beside this folder compare what only their own package sees, such as its quick way and its long one.
targets=
for package in ./fuzz ./mapi/dump/mfcmapi ./examples/cfbfs; do
	list=$(go test -list '^Fuzz' "$package") # a package that does not build ends the script here
	for target in $(printf '%s\n' "$list" | grep '^Fuzz' || true); do
		if [ $# -eq 1 ] || [ "$target" = "$2" ] || [ "$target" = "Fuzz$2" ]; then
			targets="$targets $package:$target"
		fi
	done
done
if [ -z "$targets" ]; then
	echo "fuzz/run.sh: no target ${2-at all}" >&2
	exit 1
fi

# An input that covers something new is made smaller at most this often: without a bound the fuzzer spends a minute on
# each whose coverage is not the same every time.
for each in $targets; do
	package=${each%:*} target=${each##*:}
	echo "== $target"
	# shellcheck disable=SC2086 # FUZZFLAGS is a list
	if ! go test -run='^$' -fuzz="^$target\$" -fuzztime="$1" -fuzzminimizetime=500x ${FUZZFLAGS-} "$package"; then
		echo "fuzz/run.sh: $target failed" >&2
		exit 1
	fi
done
