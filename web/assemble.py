"""Puts the parts of the page together: assemble.py SCRIPT WASM FOLDER"""

import base64
import gzip
import hashlib
import pathlib
import re
import sys
import urllib.parse

MOST = 2_500_000  # bytes of the page as a server sends it


def digest(text):
    """What a policy calls a script or style by."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def packed(data):
    """Packed, and always to the same bytes."""
    return gzip.compress(data, 9, mtime=0)


def filled(template, parts):
    """The template with each %NAME% replaced, once and not again in what was put in."""
    return re.sub(r"%([A-Z]+)%", lambda found: parts[found[1]], template)


def main():
    script, wasm, folder = (pathlib.Path(argument) for argument in sys.argv[1:])
    here = pathlib.Path(__file__).parent
    folder.mkdir(parents=True, exist_ok=True)

    style = (here / "page.css").read_text()
    code = script.read_text() + (here / "page.js").read_text()
    if "</script" in code or "</style" in style:
        sys.exit("a script or style would end early")
    # The report is a page in the page, and the page's policy holds for it, too.
    report = here.parent / "src/report/html"
    policy = [
        "default-src 'none'",
        f"script-src {digest(code)} {digest((report / 'page.js').read_text())} 'wasm-unsafe-eval'",
        f"style-src {digest(style)} {digest((report / 'page.css').read_text())}",
        "worker-src blob: 'self'",
        "manifest-src 'self'",
        "img-src data:",
        "connect-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    icon = urllib.parse.quote((here / "icon.svg").read_text().strip())
    library = base64.b64encode(packed(wasm.read_bytes())).decode()
    version = re.search(r'^version = "(.+)"$', (here.parent / "Cargo.toml").read_text(), re.MULTILINE)[1]
    parts = {"VERSION": version, "POLICY": "; ".join(policy), "STYLE": style, "SCRIPT": code, "LIBRARY": library, "ICON": icon}
    page = filled((here / "page.html").read_text(), parts)
    (folder / "intune-err.html").write_text(page)

    mark = hashlib.sha256(page.encode()).hexdigest()[:16]
    (folder / "intune-err-worker.js").write_text(filled((here / "installed.js").read_text(), {"MARK": mark}))
    manifest = filled((here / "intune-err.webmanifest").read_text(), {"ICON": icon})
    (folder / "intune-err.webmanifest").write_text(manifest)

    size, sent = len(page.encode()), len(packed(page.encode()))
    print(f"{folder / 'intune-err.html'}: {size} bytes, {sent} compressed; the library in it: {wasm.stat().st_size} bytes")
    if sent > MOST:
        sys.exit(f"the page is over {MOST} bytes")


main()
