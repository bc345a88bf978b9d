#!/usr/bin/env bash
# Installs each file of a release as far as this machine can, and looks one code up with it.
#
#   packaging/try.sh [DIST]     the release in target/dist, or in DIST
#
# Linux's archives run from a folder of their own, the static program alone in a root folder (as root), the Debian package unpacked, the
# program for Windows under wine if `.ci/windows` prepared one. What can't be tried is named.
set -euo pipefail
cd "$(dirname "$0")/.."

dist=$(realpath "${1:-target/dist}")
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "$*" >&2; exit 1; }

(cd "$dist" && sha256sum --quiet -c SHA256SUMS)
[ "$(cd "$dist" && find . -maxdepth 1 -type f ! -name SHA256SUMS | wc -l)" = "$(wc -l <"$dist/SHA256SUMS")" ] \
    || fail "SHA256SUMS does not name every file"

# The program answers: a code, a log, and a name of another spelling.
answers() {
    [ "$("$@" --version | tr -d '\r')" = "intune-err $version" ] || fail "$*: another version"
    "$@" 0x80cf0437 | grep -q 'clock is wrong' || fail "$*: no answer"
    printf 'hr=0x8018002b\r\n' | "$@" --json | grep -q '"hex":"0x8018002B"' || fail "$*: no finding"
}

# What belongs to the program is in its folder, and fits it.
complete() {
    local folder=$1 file
    for file in README.md CHANGELOG.md LICENSE-MIT LICENSE-APACHE NOTICE.md intune-err.1 docs/scripting.md examples/IntuneErr.ps1 \
        completions/{intune-err.bash,_intune-err,intune-err.fish,_intune-err.ps1,intune-err.elv}; do
        [ -s "$folder/$file" ] || fail "$folder has no $file"
    done
    bash -c 'source "$1" && complete -p intune-err' - "$folder/completions/intune-err.bash" >/dev/null
    grep -q "$version" "$folder/intune-err.1" || fail "the manual page is of another version"
    grep -q "^## \[$version\] - 20" "$folder/CHANGELOG.md" || fail "CHANGELOG.md has no section of $version"
}

tried=0
for archive in "$dist"/intune-err-"$version"-*-linux-*.tar.gz; do
    [ -e "$archive" ] || continue
    name=$(basename "$archive" .tar.gz)
    tar -xzf "$archive" -C "$work"
    complete "$work/$name"
    if [[ $name == *-musl && $(id -u) = 0 ]]; then
        mkdir "$work/root"
        cp "$work/$name/intune-err" "$work/root/"
        answers chroot "$work/root" /intune-err
    else
        answers env -i "$work/$name/intune-err"
    fi
    echo "$name: tried"
    tried=$((tried + 1))
done

for package in "$dist"/intune-err_*.deb; do
    [ -e "$package" ] || continue
    dpkg-deb -x "$package" "$work/deb"
    answers env -i "$work/deb/usr/bin/intune-err"
    for file in bash-completion/completions/intune-err man/man1/intune-err.1.gz doc/intune-err/README.md doc/intune-err/docs/scripting.md; do
        [ -s "$work/deb/usr/share/$file" ] || fail "$package has no $file"
    done
    [ "$(dpkg-deb -f "$package" Version)" = "$version" ] || fail "$package is of another version"
    echo "$(basename "$package"): tried (.ci/deb installs it)"
    tried=$((tried + 1))
done

archive=$dist/intune-err-$version-x86_64-pc-windows-gnu.zip
if [ -e "$archive" ]; then
    python3 -m zipfile -e "$archive" "$work"
    complete "$work/$(basename "$archive" .zip)"
    prefix=$(realpath -m "${CARGO_TARGET_DIR:-target}/windows/wine")
    if [ -e "$prefix/ready" ]; then
        export WINEPREFIX=$prefix WINEDEBUG=-all WINEDLLOVERRIDES='mscoree,mshtml='
        answers /usr/lib/wine/wine64 "$work/$(basename "$archive" .zip)/intune-err.exe"
        /usr/lib/wine/wineserver -k || true
        echo "$(basename "$archive"): tried under wine"
    else
        echo "$(basename "$archive"): whole, but not run: .ci/windows prepares wine"
    fi
    tried=$((tried + 1))
fi

page=$dist/intune-err-$version-page.zip
if [ -e "$page" ]; then
    python3 -m zipfile -e "$page" "$work"
    grep -q '<html' "$work/$(basename "$page" .zip)/intune-err.html" || fail "the page is no page"
    echo "$(basename "$page"): whole (.ci/page runs one in a browser)"
    tried=$((tried + 1))
fi

bom=$dist/intune-err-$version.cdx.json
if [ -e "$bom" ]; then
    python3 -c 'import json, sys
bom = json.load(open(sys.argv[1]))
print("SBOM: CycloneDX", bom["specVersion"] + ",", len(bom["components"]), "crates")' "$bom"
    tried=$((tried + 1))
fi

sources=$dist/intune-err-$version.tar.gz
if [ -e "$sources" ]; then
    tar -xzf "$sources" -C "$work"
    cargo metadata --manifest-path "$work/intune-err-$version/Cargo.toml" --locked --offline --format-version 1 --no-deps >/dev/null
    echo "$(basename "$sources"): whole"
    tried=$((tried + 1))
fi
[ "$tried" -gt 0 ] || fail "there is nothing to try in $dist"
echo "$tried files tried"
