#!/usr/bin/env bash
# A disk that is full after any number of blocks: on a small disk of its own, every number of free blocks is tried.
# Needs root and mount; where that is not permitted it says so and leaves it out.
#   scripts/torture/full-disk.sh [RESULT]
set -euo pipefail
cd "$(dirname "$0")/../.."
result=$(realpath -m "${1:-target/torture/full-disk.json}")
mkdir -p "$(dirname "$result")"
disk=$(mktemp -d)
if ! mount -t tmpfs -o size=1m tmpfs "$disk" 2>/dev/null; then
    rmdir "$disk"
    echo "  left out: a small disk needs root and mount"
    echo '{"full_disk": 0}' >"$result"
    exit 0
fi
trap 'umount "$disk"; rmdir "$disk"; rm -f "$said"' EXIT
said=$(mktemp)
HYOUKASHO_TEST_DISK=$disk cargo test --locked --quiet --test program torture::full_disk -- --ignored --nocapture >"$said" 2>&1 ||
    { tail -20 "$said"; echo "  FAILED: full disk"; exit 1; }
sed -n 's/^.*FIGURES //p' "$said" | head -1 >"$result"
grep -q full_disk_refused "$result" || { cat "$said"; echo "  FAILED: nothing was tried"; exit 1; }
echo "  $(cat "$result")"
