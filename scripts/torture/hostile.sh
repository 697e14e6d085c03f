#!/usr/bin/env bash
# PDFs made to do harm, each opened as a user does: every one ends in words, with little memory and little time.
#   scripts/torture/hostile.sh [RESULT]
# The PDFs are made by tests/exchange/hostile.rs, and what they may take is said in tests/exchange.rs.
set -euo pipefail
cd "$(dirname "$0")/../.."
result=$(realpath -m "${1:-target/torture/hostile.json}")
mkdir -p "$(dirname "$result")"
said=$(mktemp)
trap 'rm -f "$said"' EXIT
code=0
cargo test --locked --test exchange -- no_pdf stops outlive --nocapture >"$said" 2>&1 || code=$?
[ $code = 0 ] || tail -30 "$said"
python3 -c 'import json, re, sys
line = re.compile(r"(.+): (\d+) bytes, ([\d.]+) s, (\d+) MB: ")
found = [line.match(text) for text in open(sys.argv[1], encoding="utf-8")]
kinds = {match[1]: {"bytes": int(match[2]), "secs": float(match[3]), "megabytes": int(match[4])} for match in found if match}
worst = lambda what: max(cost[what] for cost in kinds.values())
print("  %d kinds, at most %.1f s and %d MB" % (len(kinds), worst("secs"), worst("megabytes")))
json.dump({"kinds": len(kinds), "worst_secs": worst("secs"), "worst_megabytes": worst("megabytes"), "failed": int(sys.argv[3]), "files": kinds},
          open(sys.argv[2], "w"))' "$said" "$result" "$code"
exit $code
