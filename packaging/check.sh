#!/usr/bin/env bash
# Checks the manifests for winget and Homebrew, filled with the release in target/dist (or DIST), or else with an invented one: the YAML
# parses, the keys that winget requires are there, names and hashes agree, and Ruby, if it is installed, reads the formula.
#
#   packaging/check.sh [DIST]
#
# The keys and patterns are those of the schemas for winget 1.10 manifests (microsoft/winget-cli).
set -euo pipefail
cd "$(dirname "$0")/.."

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
repository=https://github.com/example/intune-err
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
dist=${1:-target/dist}
cp "$dist/SHA256SUMS" "$scratch/" 2>/dev/null || : >"$scratch/SHA256SUMS"
for file in "intune-err-$version-x86_64-pc-windows-gnu.zip" "intune-err-$version.tar.gz"; do
    if ! grep -qF "  $file" "$scratch/SHA256SUMS"; then
        printf '%s  %s\n' "$(printf %s "$file" | sha256sum | cut -d ' ' -f 1)" "$file" >>"$scratch/SHA256SUMS"
        echo "checked with an invented $file: $dist has none"
    fi
done
packaging/fill.sh "$repository" "$scratch" >/dev/null

python=python3
if ! "$python" -c 'import yaml' 2>/dev/null; then
    "$python" -m venv "$scratch/venv"
    python=$scratch/venv/bin/python
    "$python" -m pip install --quiet --disable-pip-version-check pyyaml
fi
"$python" packaging/check.py "$scratch/manifests" "$scratch/SHA256SUMS" "$version"

if command -v ruby >/dev/null; then
    ruby -c "$scratch/manifests/homebrew/intune-err.rb"
else
    echo "the formula was not read: there is no ruby"
fi
