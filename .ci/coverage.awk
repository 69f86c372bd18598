# Reads .ci/coverage, then a coverage profile, and prints the share of statements run in each package of the root module.
# It exits with status 1 where a package is below its floor. A block that several test binaries cover counts once.
FNR == NR { if ($1 !~ /^#/ && NF == 2) floor[$1] = $2; next }
/^mode:/ { next }
{
	split($1, at, ":")
	file = at[1]
	sub(/^github\.com\/mapiprop\/mapiprop\//, "", file)
	sub(/\/[^\/]*$/, "", file)
	if (file ~ /^examples\//) next
	if (!($1 in statements)) {
		statements[$1] = $2
		package[$1] = file
	}
	if ($3 > 0) run[$1] = 1
}
END {
	for (block in statements) {
		total[package[block]] += statements[block]
		if (block in run) covered[package[block]] += statements[block]
	}
	for (p in total) {
		share = 100 * covered[p] / total[p]
		least = (p in floor) ? floor[p] : floor["*"]
		low = share + 1e-9 < least
		if (low) bad = 1
		printf "%-24s %6.2f %%  floor %5.1f %%%s\n", p, share, least, low ? "  TOO LOW" : ""
	}
	exit bad
}
