#!/usr/bin/env bash
# Other programs on the same jobs, for the tables of README.md here: one code, one log, one event log. What isn't installed is left out.
#
#   benches/peers.sh [MEGABYTES [RUNS [EVTX]]]     64 megabytes and 9 runs where not given; the best run counts
#
# The peers: a dict in a Python script, errno (moreutils), ripgrep, tailspin (compare.sh installs these two into target/compare), and
# evtx_dump (cargo install evtx) where an event log is named.
set -euo pipefail
cd "$(dirname "$0")/.."
megabytes=${1:-64}
runs=${2:-9}
evtx=${3:-}
target=${CARGO_TARGET_DIR:-target}
work=$target/compare
mkdir -p "$work/logs"
ours=${INTUNE_ERR:-$target/release/intune-err}
[ -x "$ours" ] || cargo build --release --locked --quiet
PATH=$(realpath "$work")/bin:$PATH

# The least of some runs of a command, elapsed and of all processors, in milliseconds; an exit status of 1 says "nothing found".
TIMEFORMAT='%R %U %S'
best() {
    for ((run = 0; run < runs; run++)); do
        { time { "$@" >/dev/null 2>&1 || [ $? -eq 1 ]; }; } 2>&1
    done | awk '{ e = $1; c = $2 + $3; if (NR == 1 || e < le) le = e; if (NR == 1 || c < lc) lc = c } END { printf "%.0f | %.0f", le * 1000, lc * 1000 }'
}
row() { printf '| %s | %s |\n' "$1" "$(best "${@:2}")"; }
has() { command -v "$1" >/dev/null || { echo "$1 is not installed" >&2; return 1; }; }

echo "$(nproc) cores, $(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2 | xargs); $("$ours" --version); $(python3 --version)"
for peer in rg tspin evtx_dump; do
    if has "$peer"; then "$peer" --version | head -n 1; fi
done
"$ours" export --format json >"$work/table.json"

printf '\n| one code, from start to exit | ms | ms of processors |\n| --- | --- | --- |\n'
row "\`intune-err 0x80180014\`" "$ours" 0x80180014
if has errno; then row "\`errno 13\`" errno 13; fi
row "a dict in Python" python3 benches/peers.py "$work/table.json" 0x80180014

for kind in ime dense; do
    file=$work/logs/$kind-$megabytes.log
    [ -s "$file" ] || cargo bench --quiet --bench generate -- "$kind" "$megabytes" "$file"
    cat "$file" >/dev/null
    printf '\n| %s, %s MB | ms | ms of processors |\n| --- | --- | --- |\n' "$kind" "$megabytes"
    row "\`intune-err scan --summary\`" "$ours" scan --summary "$file"
    row "\`intune-err scan\`" "$ours" scan "$file"
    if has rg; then
        row "\`rg --count-matches\`, one code in hex" rg --count-matches '0x80180014' "$file"
        row "\`rg --count-matches\`, all written forms" rg --count-matches '(?i)\b(?:0x[0-9a-f]{3,8}|[0-9a-f]{8}|-?\d{10})\b' "$file"
    fi
    if has tspin; then row "\`tspin --print\`" tspin --print "$file"; fi
    row "a dict in Python" python3 benches/peers.py "$work/table.json" --scan "$file"
done

if [ -n "$evtx" ]; then
    printf '\n| %s, %s MB | ms | ms of processors |\n| --- | --- | --- |\n' "$(basename "$evtx")" "$(($(stat -c %s "$evtx") / 1000000))"
    row "\`intune-err scan --summary\`" "$ours" scan --summary "$evtx"
    if has evtx_dump; then
        row "\`evtx_dump -t 1 -o jsonl\`, which prints every record" evtx_dump -t 1 -o jsonl "$evtx"
        row "the same into \`intune-err scan --summary\`" bash -c "evtx_dump -t 1 -o jsonl '$evtx' | '$ours' scan --summary -"
    fi
fi
