#!/usr/bin/env bash
# Compares the screens with their pictures in tests/snapshots, which the README shows as well, and the guide in part.
#   scripts/pictures.sh        UPDATE_SNAPSHOTS=1 before it makes the pictures anew
set -euo pipefail
cd "$(dirname "$0")/.."

if ! ldconfig -p | grep -q libEGL.so.1 || ! compgen -G '/usr/lib/*/dri/swrast_dri.so' >/dev/null; then
    drivers=(apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends libegl1 libgl1-mesa-dri)
    { "${drivers[@]}" || { apt-get update && "${drivers[@]}"; }; } >/dev/null 2>&1 ||
        { echo "the software driver is missing and could not be installed: ${drivers[*]}" >&2; exit 1; }
fi
cargo test --locked --features pictures --test pictures
[ -z "${UPDATE_SNAPSHOTS:-}" ] || cargo test --locked --test window guide_pictures
