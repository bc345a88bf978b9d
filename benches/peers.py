"""The peer that everybody can write: the codes of the table in a dict, and one expression over the lines of a log.

    intune-err export --format json > table.json
    python3 benches/peers.py table.json 0x80180014        # one code
    python3 benches/peers.py table.json --scan FILE       # how many codes of the table are in a log
"""

import json, re, sys

with open(sys.argv[1], encoding="utf-8") as file:
    table = json.load(file)
entries = {code.lower(): entry["problem"] for entry in reversed(table["entries"]) for code in entry["codes"]}
if sys.argv[2] != "--scan":
    print(entries.get(sys.argv[2].lower(), "unknown"))
    sys.exit()
forms = re.compile(rb"(?<![\w-])(0x[0-9a-fA-F]{8}|[89a-fA-F][0-9a-fA-F]{7}|-\d{10}|\d{10})\b")
found = 0
with open(sys.argv[3], "rb") as log:
    for line in log:
        for form in forms.findall(line):
            text = form.decode().lower()
            if not text.startswith("0x"):
                text = "0x" + text if len(text) == 8 else f"0x{int(text) & 0xFFFFFFFF:08x}"
            found += text in entries
print(found)
