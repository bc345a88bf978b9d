#!/usr/bin/env bash
# Builds the page: the library as WebAssembly, inside one HTML file that needs nothing else. The other two files let a server's visitors
# install it. Takes rustup's standard library for wasm32-unknown-unknown if it is installed, else builds one (Debian, as root).
#
#   web/build.sh [FOLDER]     the folder is target/page unless one is named
set -euo pipefail
cd "$(dirname "$0")/.."
source .ci/packages

out=$(realpath -m "${1:-${CARGO_TARGET_DIR:-target}/page}")
work=$(realpath -m "${CARGO_TARGET_DIR:-target}/page-build")
target=wasm32-unknown-unknown
# No path of this machine goes into the page, so that the same sources give the same bytes.
flags="-Ctarget-feature=+simd128 --remap-path-prefix=$PWD=/intune-err --remap-path-prefix=$work=/build"
cargo fetch --quiet --locked --manifest-path web/Cargo.toml
for folder in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*/; do
    flags+=" --remap-path-prefix=${folder%/}=/crates"
done
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_BUILD_TARGET RUSTC_WRAPPER
need ca-certificates python3

if [ -d "$(rustc --print target-libdir --target "$target")" ]; then
    RUSTFLAGS=$flags cargo build --quiet --release --locked --manifest-path web/Cargo.toml --target "$target" --target-dir "$work/library"
else
    need rustc-web cargo-web rust-web-src
    sysroot=$(.ci/std "$target" | tail -n 1)
    # rustup has a linker for every target; without rustup Debian's will do.
    linker=$(rustc --print sysroot)/lib/rustlib/$(rustc --print host-tuple)/bin/rust-lld
    [ -x "$linker" ] || { need lld && linker=wasm-ld; }
    (
        unset RUSTUP_TOOLCHAIN
        export RUSTC=/usr/bin/rustc RUSTFLAGS="--sysroot=$sysroot -Clinker=$linker $flags"
        /usr/bin/cargo build --quiet --release --locked --manifest-path web/Cargo.toml --target "$target" --target-dir "$work/library"
    )
fi
cargo run --quiet --locked --manifest-path web/bindgen/Cargo.toml --target-dir "$work/bindgen" -- \
    "$work/library/$target/release/intune_err_web.wasm" "$work/bound"
if grep -aqF -e "$PWD/" -e "$work/" -e "${CARGO_HOME:-$HOME/.cargo}/" "$work/bound/intune_err_web_bg.wasm"; then
    echo "the page holds a path of this machine" >&2
    exit 1
fi
python3 web/assemble.py "$work/bound/intune_err_web.js" "$work/bound/intune_err_web_bg.wasm" "$out"
