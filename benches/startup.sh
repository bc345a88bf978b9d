#!/usr/bin/env bash
# What a look-up costs from start to exit, in user-space instructions, beside a program that prints one line and ends.
# Needs valgrind. usage: benches/startup.sh
set -euo pipefail
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-target}
cargo build --release --locked --quiet
mkdir -p "$target/startup"
echo 'fn main() { println!("hello"); }' >"$target/startup/hello.rs"
rustc -O -o "$target/startup/hello" "$target/startup/hello.rs"
count() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 >/dev/null | awk '/Collected/ { print $NF }'
}
faults() {
    # Minor page faults, as the shell's children count them.
    python3 - "$@" <<'PY'
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_minflt)
PY
}
hello=$(count "$target/startup/hello")
echo "hello:                  $hello instructions, $(faults "$target/startup/hello") page faults; goal for a look-up: $((hello * 3 / 2 + 1000000))"
for query in -V 0x80cf0437 0x80180014 DeviceCapReached; do
    printf 'intune-err %-12s %s instructions, %s page faults\n' "$query" "$(count "$target/release/intune-err" "$query")" "$(faults "$target/release/intune-err" "$query")"
done
stat -c 'binary: %s bytes' "$target/release/intune-err"
