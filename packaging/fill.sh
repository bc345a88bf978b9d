#!/usr/bin/env bash
# Fills the templates of winget and Homebrew with version, address and hashes of the release in target/dist (or DIST), and
# puts them below it, into manifests/.
#
#   packaging/fill.sh REPOSITORY [DIST]        such as https://github.com/OWNER/intune-err
#
# The publisher of the winget package is the owner in that address.
set -euo pipefail
cd "$(dirname "$0")/.."

repository=${1:?the address of the repository is wanted}
repository=${repository%/}
dist=${2:-target/dist}
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
publisher=$(basename "$(dirname "$repository")")
hash_of() {
    awk -v file="$1" '$2 == file { print $1; found = 1 } END { exit !found }' "$dist/SHA256SUMS" \
        || { echo "$dist/SHA256SUMS does not name $1" >&2; exit 1; }
}
windows=$(hash_of "intune-err-$version-x86_64-pc-windows-gnu.zip")
source=$(hash_of "intune-err-$version.tar.gz")

rm -rf "$dist/manifests"
for template in packaging/{winget/*.yaml,homebrew/*.rb}; do
    kind=$(basename "$(dirname "$template")")
    name=$(basename "$template")
    [ "$kind" = winget ] && name=$publisher.$name
    mkdir -p "$dist/manifests/$kind"
    sed -e "s|@REPOSITORY@|$repository|g; s|@PUBLISHER@|$publisher|g; s|@VERSION@|$version|g" \
        -e "s|@SHA256_WINDOWS_UPPER@|${windows^^}|g; s|@SHA256_WINDOWS@|$windows|g; s|@SHA256_SOURCE@|$source|g" \
        "$template" >"$dist/manifests/$kind/$name"
    if grep -n '@[A-Z0-9_]*@' "$dist/manifests/$kind/$name"; then
        echo "$template: a placeholder was left" >&2
        exit 1
    fi
done
find "$dist/manifests" -type f | sort
