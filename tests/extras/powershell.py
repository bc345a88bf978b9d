#!/usr/bin/env python3
"""Parses the PowerShell of this project, which no test can run without PowerShell: the recipes of docs/scripting.md, the functions of
examples/tools and the completion script. The grammar is tree-sitter's, not PowerShell's own: it finds a missing bracket, not a wrong name.

    pip install tree-sitter tree-sitter-powershell
    python3 tests/extras/powershell.py [PROGRAM]

`.ci/shells` and `.ci/tools` run it.
"""

import re
import subprocess
import sys
from pathlib import Path

import tree_sitter_powershell
from tree_sitter import Language, Parser

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = sys.argv[1] if len(sys.argv) > 1 else ROOT / "target/release/intune-err"
PARSER = Parser(Language(tree_sitter_powershell.language()))


def faults(source, first_line=1):
    """The places that the grammar does not take, each with its line."""
    found = []

    def walk(node):
        if node.type == "ERROR" or node.is_missing:
            found.append(f"line {first_line + node.start_point[0]}: {node.type} {node.text.decode()[:60]!r}")
        elif node.has_error:
            for child in node.children:
                walk(child)

    walk(PARSER.parse(source.encode()).root_node)
    return found


for broken in ["if ($a { b }", "@{ a = 1", "'a", "Get-Item | | Get-Item"]:
    if not faults(broken):
        sys.exit(f"{broken!r} should be refused: the check is worth nothing")

text = (ROOT / "docs/scripting.md").read_text(encoding="utf-8")
sources = {}
for block in re.finditer(r"^```powershell\n(.*?)^```$", text, re.DOTALL | re.MULTILINE):
    line = text.count("\n", 0, block.start()) + 2
    sources[f"docs/scripting.md, line {line}"] = (block[1], line)
sources["examples/tools/IntuneErr.ps1"] = ((ROOT / "examples/tools/IntuneErr.ps1").read_text(encoding="utf-8"), 1)
script = subprocess.run([PROGRAM, "completions", "powershell"], capture_output=True, text=True, check=True).stdout
# PowerShell takes a method's only argument without brackets where it is a block; the grammar does not.
sources["the completion script"] = (script.replace("$completions.Where{", "$completions | Where-Object {"), 1)

failed = False
for name, (source, line) in sources.items():
    for fault in faults(source, line):
        failed = True
        print(f"{name}: {fault}")
print(f"PowerShell: {len(sources)} pieces parsed")
sys.exit(failed)
