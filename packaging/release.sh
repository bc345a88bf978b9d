#!/usr/bin/env bash
# Makes the files of a release in target/dist (or the folder given): the program for Linux and Windows with its documents, the page for a
# browser, the sources, the list of what the program is made of (CycloneDX), and SHA256SUMS. The same commit and compiler give the same
# bytes; nothing of the machine goes in. packaging/try.sh tries all of them.
#
#   packaging/release.sh [--no-windows] [FOLDER]
#
# Linux: for the glibc of this machine or later (the least version that will do is printed), as a Debian package where cargo-deb is
# installed, and static for any Linux: with rustup's standard library for musl where it is installed, else by packaging/musl.sh.
# Windows: what `.ci/windows build` builds.
set -euo pipefail
cd "$(dirname "$0")/.."

windows=yes
if [ "${1:-}" = --no-windows ]; then
    windows=no
    shift
fi
dist=$(realpath -m "${1:-target/dist}")
build=$(realpath -m "${CARGO_TARGET_DIR:-target}/release-build")
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export LC_ALL=C TZ=UTC
if [ -n "$(git status --porcelain 2>/dev/null)" ]; then
    echo "not of one commit: the tree has changes, which go into the programs but not into the sources"
fi
rm -rf "$dist"
mkdir -p "$dist" "$build"
staging=$(mktemp -d)
trap 'rm -rf "$staging"' EXIT

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    source .ci/packages
    need zip binutils
fi
# The crates' folder has to be there, or its path cannot be taken out of the programs.
cargo fetch --locked --quiet
cargo_home=$(realpath -s "${CARGO_HOME:-$HOME/.cargo}")
flags="--remap-path-prefix=$PWD=/intune-err --remap-path-prefix=$build=/build"
for folder in "$cargo_home"/registry/src/*/; do
    flags+=" --remap-path-prefix=${folder%/}=/crates"
done

# A folder with the program and all that belongs to it.
folder() {
    local name=intune-err-$version-$1 program=$2
    mkdir -p "$staging/$name/completions" "$staging/$name/docs"
    cp "$program" README.md CHANGELOG.md LICENSE-MIT LICENSE-APACHE NOTICE.md "$staging/$name/"
    cp docs/*.md docs/screenshot.svg docs/page.png "$staging/$name/docs/"
    mkdir -p "$staging/$name/examples"
    cp examples/tools/* "$staging/$name/examples/"
    cp "$staging"/assets/{intune-err.bash,_intune-err,intune-err.fish,_intune-err.ps1,intune-err.elv} "$staging/$name/completions/"
    cp "$staging/assets/intune-err.1" "$staging/$name/"
    find "$staging/$name" -type d -exec chmod 755 {} + -o -type f -exec chmod 644 {} +
    chmod 755 "$staging/$name/$(basename "$program")"
    find "$staging/$name" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
    echo "$name"
}

tarball() {
    tar --format=gnu --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" -C "$staging" -cf - "$1" \
        | gzip -9n >"$dist/$1.tar.gz"
}

pack() {
    local target=$1 program=$2
    packaging/assets.sh "$program" "$staging/assets"
    tarball "$(folder "$target" "$program")"
}

linux() {
    local target=$1 program=$build/$1/release/intune-err
    CARGO_TARGET_DIR=$build RUSTFLAGS=$flags cargo build --release --locked --target "$target"
    if grep -aqF -e "$PWD/" -e "$build/" -e "$cargo_home/" "$program"; then
        echo "$program holds a path of this machine" >&2
        exit 1
    fi
    pack "$target" "$program"
}

host=$(rustc -vV | sed -n 's/^host: //p')
linux "$host"
glibc=$(objdump -T "$build/$host/release/intune-err" | grep -oE 'GLIBC_[0-9.]+' | sort -uV | tail -n 1)
echo "$host: needs glibc ${glibc#GLIBC_} or later"

# The Debian package with the same program; .ci/deb tries one.
tools=$(realpath -m "${CARGO_TARGET_DIR:-target}")/tools/bin
if PATH=$tools:$PATH command -v cargo-deb >/dev/null; then
    packaging/assets.sh "$build/$host/release/intune-err"
    PATH=$tools:$PATH CARGO_TARGET_DIR=$build cargo deb --no-build --no-strip --locked --quiet --target "$host" --output "$dist/"
else
    echo "Debian package: left out, cargo-deb is not installed (.ci/deb installs it)"
fi

musl=${host%%-*}-unknown-linux-musl
if [ -d "$(rustc --print target-libdir --target "$musl")" ]; then
    linux "$musl"
elif [ "$musl" = x86_64-unknown-linux-musl ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    packaging/musl.sh | tee "$staging/musl.log"
    pack "$musl" "$(sed -n 's/^[0-9]* bytes: //p' "$staging/musl.log" | tail -n 1)"
else
    echo "$musl: left out, its standard library is not installed (rustup target add $musl)"
fi

if [ "$windows" = yes ]; then
    .ci/windows build | tee "$staging/windows.log"
    exe=$(sed -n 's/^intune-err\.exe: [0-9]* bytes: //p' "$staging/windows.log" | tail -n 1)
    name=$(folder x86_64-pc-windows-gnu "$exe")
    # Names in one order and no times of this machine's file system.
    (cd "$staging" && find "$name" -type f | sort | zip -q -X -9 -@ "$dist/$name.zip")
fi

# The page: one file that works by itself, and what a server needs besides to let its visitors install it.
name=intune-err-$version-page
web/build.sh "$staging/$name"
cp LICENSE-MIT LICENSE-APACHE NOTICE.md "$staging/$name/"
find "$staging/$name" -type d -exec chmod 755 {} + -o -type f -exec chmod 644 {} +
find "$staging/$name" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
(cd "$staging" && find "$name" -type f | sort | zip -q -X -9 -@ "$dist/$name.zip")

if git rev-parse -q --verify HEAD >/dev/null; then
    git archive --format=tar --prefix="intune-err-$version/" HEAD | gzip -9n >"$dist/intune-err-$version.tar.gz"
fi

if PATH=$tools:$PATH command -v cargo-cyclonedx >/dev/null; then
    # It writes beside Cargo.toml, so it gets a copy, and what differs from run to run is taken out.
    mkdir "$staging/sources"
    cp -r Cargo.toml Cargo.lock build.rs build src data benches README.md "$staging/sources/"
    (cd "$staging/sources" && PATH=$tools:$PATH cargo cyclonedx --quiet --format json --spec-version 1.5 --no-build-deps \
        --target "$host" --override-filename bom)
    python3 packaging/sbom.py "$staging/sources" "$SOURCE_DATE_EPOCH" >"$dist/intune-err-$version.cdx.json"
else
    echo "SBOM: left out, cargo-cyclonedx is not installed (.ci/full installs it)"
fi

(cd "$dist" && sha256sum -- * >SHA256SUMS && cat SHA256SUMS && wc -c -- *)
