#!/usr/bin/env bash
# Makes what goes into packages beside the program, by asking the program: completions and the manual page, into target/assets.
#
#   packaging/assets.sh [PROGRAM [FOLDER]]
set -euo pipefail
cd "$(dirname "$0")/.."

program=${1:-${CARGO_TARGET_DIR:-target}/release/intune-err}
folder=${2:-target/assets}
mkdir -p "$folder"
make() { "$program" "${@:2}" >"$folder/$1"; }
make intune-err.bash completions bash
make _intune-err completions zsh
make intune-err.fish completions fish
make _intune-err.ps1 completions powershell
make intune-err.elv completions elvish
make intune-err.1 man
# Without name and time, so that the same page gives the same bytes.
gzip -9nc "$folder/intune-err.1" >"$folder/intune-err.1.gz"
gzip -9nc CHANGELOG.md >"$folder/changelog.gz"
