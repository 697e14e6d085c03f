#!/usr/bin/env bash
# Files that are too large or too deep, and the worst that is still within the limits: each is refused in Japanese or
# read, with bounded memory, and what is there is left alone.
#   scripts/torture/limits.sh [RESULT]           HYOUKASHO=path uses that program
set -euo pipefail
cd "$(dirname "$0")/../.."
result=$(realpath -m "${1:-target/torture/limits.json}")
mkdir -p "$(dirname "$result")"
if [ -z "${HYOUKASHO:-}" ]; then
    cargo build --release --locked --quiet
    HYOUKASHO=${CARGO_TARGET_DIR:-target}/release/hyoukasho
fi
PYTHONUTF8=1 PYTHONDONTWRITEBYTECODE=1 exec python3 scripts/torture/limits.py "$(realpath "$HYOUKASHO")" "$result"
