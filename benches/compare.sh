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

# Leaves a file in the system's cache as reading it from the disk does. One that was just written lies there in smaller pages, and where the
# pages lie changes the speed of every program, so it is read anew before each round.
warm() {
    sync "$1"
    dd if="$1" iflag=nocache count=0 2>/dev/null
    cat "$1" >/dev/null
}

# The shortest run of each command on a file, in microseconds, the commands by turns; an exit status of 1 says "nothing found".
best() {
    local file=$1 least=() from to
    shift
    for ((run = 0; run < runs; run++)); do
        warm "$file"
        for ((which = 1; which <= $#; which++)); do
            from=${EPOCHREALTIME/./}
            bash -c "${!which}" >/dev/null || [ $? -eq 1 ]
            to=${EPOCHREALTIME/./}
            if ((run == 0 || to - from < least[which])); then least[which]=$((to - from)); fi
        done
    done
    echo "${least[@]}"
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
    read -r a b c <<<"$(best "$file" "$ours scan --summary $file" "$rg --count-matches '$forms' $file" "wc -l $file")"
    printf '%-15s | %15s | %12s | %10s | %9sx | %8s\n' "$kind" "$(rate "$bytes" "$a")" "$(rate "$bytes" "$b")" "$(rate "$bytes" "$c")" \
        "$(times "$b" "$a")" "$(awk -v c="$c" -v a="$a" 'BEGIN { printf "%.2f", c / a }')"
done
file=$tools/logs/ime-$megabytes.log
bytes=$(stat -c %s "$file")
read -r a b <<<"$(best "$file" "cat $file | $ours scan --summary" "cat $file | $rg --count-matches '$forms'")"
printf '%-15s | %15s | %12s | %10s | %9sx |\n' "ime, by a pipe" "$(rate "$bytes" "$a")" "$(rate "$bytes" "$b")" "" "$(times "$b" "$a")"

file=$tools/logs/dense-$megabytes.log
bytes=$(stat -c %s "$file")
read -r a b c d <<<"$(best "$file" "$ours scan $file" "$ours scan --passthrough $file" "$ours scan --json $file" "$tspin --print $file")"
echo "a finding in every line: intune-err plain $(rate "$bytes" "$a") GB/s, --passthrough $(rate "$bytes" "$b") GB/s," \
    "--json $(rate "$bytes" "$c") GB/s, tspin $(rate "$bytes" "$d") GB/s"
