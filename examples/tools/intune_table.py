#!/usr/bin/env python3
"""Reads the table of intune-err without the program: for a service desk's own tool, a notebook, a bot.

    intune-err export --format json > intune-err.json
    python3 intune_table.py intune-err.json 0x80180014 DeviceCapReached
"""

import json
import sys


def load(path):
    """The records by code (as 0x and eight digits), name and message, in lower case; the likeliest of several first."""
    with open(path, encoding="utf-8") as file:
        table = json.load(file)
    if table["form"] != 1:
        raise ValueError(f"{path} has form {table['form']}, and this reader knows form 1")
    records = {}
    for entry in table["entries"]:
        for key in {text.lower() for text in entry["codes"] + entry["names"] + entry["messages"]}:
            records.setdefault(key, []).append(entry)
    guides = {guide["id"]: guide for guide in table["guides"]}
    meanings = {meaning["code"]["hex"].lower(): meaning for meaning in table["meanings"]}
    return records, guides, meanings


def main(path, *queries):
    records, guides, meanings = load(path)
    for query in queries:
        print(query)
        if query.lower() in meanings:
            print("  " + meanings[query.lower()]["text"])
        for entry in records.get(query.lower(), []):
            print("  " + entry["problem"])
            steps = entry["resolution"] or guides.get(entry["guide"], {}).get("steps", [])
            for number, step in enumerate(steps, 1):
                print(f"    {number}. {step}")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
