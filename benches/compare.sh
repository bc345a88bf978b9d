#!/usr/bin/env bash
# Whole programs side by side on the same files: intune-err, ripgrep with the one expression that finds the same written forms, wc -l,
# and tailspin where every line has a finding.
#
# usage: benches/compare.sh [MEGABYTES [RUNS]]     (256 megabytes and 5 runs where not given; the best run counts)
#
# Installs ripgrep and tailspin from crates.io into target/compare where they are not there yet.
set -euo pipefail
cd "$(dirname "$0")/.."
megabytes=${1:-256}
runs=${2:-5}
target=${CARGO_TARGET_DIR:-target}
tools=$target/compare
mkdir -p "$tools/logs"
cargo build --release --locked --quiet
ours=$target/release/intune-err
[ -x "$tools/bin/rg" ] || cargo install --quiet --locked --root "$tools" ripgrep
[ -x "$tools/bin/tspin" ] || cargo install --quiet --locked --root "$tools" tailspin
rg=$tools/bin/rg
tspin=$tools/bin/tspin
forms='(?i)\b(?:0x[0-9a-f]{3,8}|[0-9a-f]{8}|-?\d{10})\b'

# The shortest of some runs of a command, in microseconds; an exit status of 1 says "nothing found".
best() {
    local least=0 from to
    for ((run = 0; run < runs; run++)); do
        from=${EPOCHREALTIME/./}
        bash -c "$1" >/dev/null || [ $? -eq 1 ]
        to=${EPOCHREALTIME/./}
        if ((least == 0 || to - from < least)); then least=$((to - from)); fi
    done
    echo "$least"
}

# Throughput in GB/s of so many bytes in so many microseconds.
rate() { awk -v bytes="$1" -v time="$2" 'BEGIN { printf "%.2f", bytes / time / 1000 }'; }
times() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.1f", a / b }'; }

echo "$(grep -c ^processor /proc/cpuinfo) cores, $(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2 | xargs); $("$rg" --version | head -1); $("$tspin" --version)"
echo "input           | intune-err GB/s | ripgrep GB/s | wc -l GB/s | of ripgrep | of wc -l"
for kind in ime clean oneline guid hexdump digits utf16 dense; do
    file=$tools/logs/$kind-$megabytes.log
    [ -s "$file" ] || cargo bench --quiet --bench generate -- "$kind" "$megabytes" "$file"
    bytes=$(stat -c %s "$file")
    cat "$file" >/dev/null
    a=$(best "$ours scan --summary $file")
    b=$(best "$rg --count-matches '$forms' $file")
    c=$(best "wc -l $file")
    printf '%-15s | %15s | %12s | %10s | %9sx | %8s\n' "$kind" "$(rate "$bytes" "$a")" "$(rate "$bytes" "$b")" "$(rate "$bytes" "$c")" \
        "$(times "$b" "$a")" "$(awk -v c="$c" -v a="$a" 'BEGIN { printf "%.2f", c / a }')"
done
file=$tools/logs/ime-$megabytes.log
bytes=$(stat -c %s "$file")
a=$(best "cat $file | $ours scan --summary")
b=$(best "cat $file | $rg --count-matches '$forms'")
printf '%-15s | %15s | %12s | %10s | %9sx |\n' "ime, by a pipe" "$(rate "$bytes" "$a")" "$(rate "$bytes" "$b")" "" "$(times "$b" "$a")"

file=$tools/logs/dense-$megabytes.log
bytes=$(stat -c %s "$file")
echo "a finding in every line: intune-err plain $(rate "$bytes" "$(best "$ours scan $file")") GB/s," \
    "--passthrough $(rate "$bytes" "$(best "$ours scan --passthrough $file")") GB/s," \
    "--json $(rate "$bytes" "$(best "$ours scan --json $file")") GB/s, tspin $(rate "$bytes" "$(best "$tspin --print $file")") GB/s"
