"""Runs checks in Chromium: each method of a class, whose name says what it checks, with what it says of it."""

import argparse
import pathlib
import shutil
import tempfile

from playwright.sync_api import sync_playwright


def run(checks, paths, **numbers):
    """The arguments are the paths of these names, then --picture, --only WORD, and the numbers with what they are if not given."""
    parser = argparse.ArgumentParser()
    for name in paths:
        parser.add_argument(name, type=lambda path: pathlib.Path(path).resolve())
    for name, value in numbers.items():
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--picture", action="store_true")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    names = [name for name, of in vars(checks).items() if callable(of) and not name.startswith("_") and options.only in name]
    failed = 0
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        made = checks(options, chromium, pathlib.Path(folder))
        for name in names:
            try:
                said = getattr(made, name)()
                print(f"ok: {name.replace('_', ' ')}" + (f": {said}" if said else ""), flush=True)
            except Exception as fault:  # the other checks run all the same
                failed += 1
                print(f"FAILED: {name.replace('_', ' ')}: {type(fault).__name__}: {fault}", flush=True)
        chromium.close()
    print(f"{len(names) - failed} passed, {failed} failed")
    raise SystemExit(failed > 0 or not names)
