#!/usr/bin/env bash
# The program for any Linux on x86-64: linked with musl and static, so that it needs no library at all. Its path is the last line printed.
#
# For Debian, as root; installs what it needs. Debian's compiler is used because Debian packages the sources of its standard library.
# A panic aborts this program and its symbols are stripped, so the standard library is built without backtraces and needs no unwinder.
set -euo pipefail
cd "$(dirname "$0")/.."

target=x86_64-unknown-linux-musl
std_source=/usr/lib/rustlib/src/rust/library
musl=/usr/lib/x86_64-linux-musl
work=$(realpath -m "${CARGO_TARGET_DIR:-target}/musl")
mkdir -p "$work/link"
export CARGO_TARGET_DIR=$work

source .ci/packages
need ca-certificates rustc-web cargo-web rust-web-src gcc libc6-dev musl-dev file

# The environment's flags are for other builds.
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
