#!/usr/bin/env bash
# The program for any Linux on x86-64: linked with musl and static, so that it needs no library at all. Its path is the last line printed.
#
# For Debian, as root; installs what it needs. Debian's compiler is used since Debian has its standard library in source, as in
# .ci/windows: with that and musl's own start files and libc.a nothing but packages of Debian's and of crates.io goes in. A panic aborts
# this program and its symbols are stripped, so the standard library is built without backtraces, and needs no unwinder.
set -euo pipefail
cd "$(dirname "$0")/.."

target=x86_64-unknown-linux-musl
std_source=/usr/lib/rustlib/src/rust/library
musl=/usr/lib/x86_64-linux-musl
work=$(realpath -m "${CARGO_TARGET_DIR:-target}/musl")
mkdir -p "$work/link"
export CARGO_TARGET_DIR=$work

packages=(ca-certificates rustc-web cargo-web rust-web-src gcc libc6-dev musl-dev file)
installed=$(dpkg-query -W -f '${db:Status-Abbrev}\n' "${packages[@]}" 2>/dev/null | grep -c '^ii') || true
if [ "$installed" -lt "${#packages[@]}" ]; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "${packages[@]}" >"$work/apt.log" 2>&1 || { cat "$work/apt.log" >&2; exit 1; }
fi
dpkg-query -W -f '${Package} ${Version}\n' "${packages[@]}"

# What the environment asks of other builds is not for this one.
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_BUILD_TARGET CARGO_BUILD_RUSTFLAGS RUSTC_WRAPPER RUSTC_WORKSPACE_WRAPPER RUSTUP_TOOLCHAIN
cargo=/usr/bin/cargo
export RUSTC=/usr/bin/rustc

# gcc takes the start files of glibc; these are musl's, in the order that a static program at any address wants.
cat >"$work/link/cc" <<LINK
#!/bin/sh
exec gcc -nostartfiles $musl/rcrt1.o $musl/crti.o "\$(gcc -print-file-name=crtbeginS.o)" "\$@" -L$musl "\$(gcc -print-file-name=crtendS.o)" $musl/crtn.o
LINK
chmod +x "$work/link/cc"
# The standard library names an unwinder, of which nothing is used.
rm -f "$work/link/libunwind.a"
ar rcD "$work/link/libunwind.a"
export CARGO_TARGET_X86_64_UNKNOWN_LINUX_MUSL_LINKER=$work/link/cc

"$cargo" fetch --quiet --locked
"$cargo" fetch --quiet --locked --manifest-path "$std_source/Cargo.toml" --target "$target"
# No path of this machine goes into the program.
remap="--remap-path-prefix=$PWD=/intune-err --remap-path-prefix=$work=/build --remap-path-prefix=${std_source%/library}=/rust"
for folder in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*/; do
    remap+=" --remap-path-prefix=${folder%/}=/crates"
done
RUSTC_BOOTSTRAP=1 RUSTFLAGS="$remap -Clink-self-contained=no -Lnative=$work/link" \
    "$cargo" build --release --locked --target "$target" -Zbuild-std=std,panic_abort -Zbuild-std-features=

program=$work/$target/release/intune-err
if grep -aqF -e "$PWD/" -e "$work" -e "${CARGO_HOME:-$HOME/.cargo}" -e "$std_source" "$program"; then
    echo "$program holds a path of this machine" >&2
    exit 1
fi
file -b "$program"
if readelf -d "$program" | grep NEEDED || readelf -l "$program" | grep 'program interpreter'; then
    echo "$program is not static" >&2
    exit 1
fi
# Alone in a root folder of its own, with nothing else in it.
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
cp "$program" "$root/"
chroot "$root" /intune-err --version
chroot "$root" /intune-err 0x80cf0437 | grep -q 'clock is wrong'
printf 'hr=0x8018002b\r\n' | chroot "$root" /intune-err --json | grep -q '"hex":"0x8018002B"'
echo "$(wc -c <"$program") bytes: $program"
