"""Tries the page in Chromium: page.py FOLDER PROGRAM SAMPLES AXE [--picture] [--size MIB]"""

import datetime
import functools
import http.server
import json
import os
import pathlib
import random
import re
import shutil
import statistics
import subprocess
import threading
import time

import chromium

PAGE = "intune-err.html"
COMMANDS = {"scan", "report", "search", "list", "checklist", "export", "completions", "man", "help", "version"}


def queries(program):
    """More than a thousand things that people type, and things that are nothing."""
    some = random.Random(15)
    records = [json.loads(line) for line in run(program, ["list", "--json"]).splitlines()]
    found = []
    for record in records:
        found.append(record["id"])
        found += [code["hex"] if isinstance(code, dict) else code for code in record["codes"]] + record["names"] + record["messages"]
    some.shuffle(found)
    codes = [int(code, 16) for code in found if re.fullmatch("0x[0-9A-F]{8}", code)][:150]
    forms = []
    for code in codes[:60]:
        signed = code - (1 << 32) if code >> 31 else code
        forms += [f"{code:x}", f"{code:08X}h", str(signed), str(code), f"%%{code}", f"({code:#010x}).", f"hr={code:#x}"]
    misses = []
    for text in found[:120]:
        at = some.randrange(len(text))
        misses += [text[:at] + text[at + 1 :], text[:at] + some.choice("x0z9") + text[at + 1 :]]
    sentences = [f"Error {code:#010x} while enrolling: {some.choice(found)}" for code in codes[60:120]]
    sentences += [" ".join(some.sample(found, 2)) for _ in range(60)]
    others = ["", "  ", "0x", "0x8018001G", "0x80180002b", "99999999999999", "3010", "0x5", "80043001", "exit code 1603", "AADSTS53003"]
    others += ["AADSTS 1", "VPP 9610", "MCInstallationErrorDomain Code=4001", "HTTP 403", "device cap reached", "ime 0x80070005"]
    others += ["\u2212 2145910764", "\u221212145910764", "<script>alert(1)</script> 0x80180014", "caf\u00e9", "\U0001f600", "a\tb", "`", "'"]
    all_of_them = found[:700] + forms + misses + sentences + others
    return [query for query in dict.fromkeys(all_of_them) if query not in COMMANDS and "\0" not in query]


def run(program, arguments, folder=None, stdin=b"", settings=None):
    """What the program prints."""
    environment = os.environ | (settings or {})
    call = subprocess.run([program, *arguments], cwd=folder, input=stdin, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return call.stdout


class Server:
    """Serves the page, and notes what was asked for."""

    def __init__(self, folder):
        self.asked = []
        asked = self.asked

        class Handler(http.server.SimpleHTTPRequestHandler):
            def log_message(self, *_):
                asked.append(self.path)

        handler = functools.partial(Handler, directory=folder)
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_port}/{PAGE}"


class Browser:
    """A window with the page."""

    def __init__(self, chromium, address, **settings):
        self.context = chromium.new_context(accept_downloads=True, **settings)
        self.window = self.context.new_page()
        self.faults, self.requests = [], []
        self.window.on("pageerror", lambda error: self.faults.append(str(error)))
        self.window.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        self.window.on("request", lambda request: self.requests.append(request.url))
        self.open(address)

    def open(self, address):
        self.window.goto(address)
        self.window.wait_for_selector("html[data-ready]", state="attached")

    def type(self, query):
        self.window.fill("#query", query)

    def answer(self):
        return self.window.inner_text("#answer")

    def scan(self, files):
        self.window.set_input_files("#files", [str(file) for file in files])
        self.finished()

    def drop(self, paths):
        """Drops files as the system does it."""
        session = self.context.new_cdp_session(self.window)
        data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
        for kind in ["dragEnter", "dragOver", "drop"]:
            session.send("Input.dispatchDragEvent", {"type": kind, "x": 300, "y": 300, "data": data})
        self.finished()

    def finished(self):
        self.window.wait_for_selector("#work", state="hidden", timeout=600_000)
        self.window.wait_for_selector("#result", timeout=600_000)

    def report(self):
        """The page in the page."""
        frame = self.window.query_selector("#report").content_frame()
        frame.wait_for_selector("main")
        return frame

    def json(self):
        with self.window.expect_download(timeout=600_000) as download:
            self.window.click("#save-json")
        return pathlib.Path(download.value.path()).read_bytes()


class Checks:
    def __init__(self, options, chromium, folder):
        self.options, self.chromium, self.folder = options, chromium, folder
        self.file = (options.page / PAGE).as_uri()
        self.samples = sorted(options.samples.iterdir())

    def the_json_of_a_look_up_is_the_programs(self):
        asked = queries(self.options.program)
        assert len(asked) > 1000, len(asked)
        browser = Browser(self.chromium, self.file)
        got = browser.window.evaluate("asked => asked.map(query => wasm_bindgen.answer_json(query))", asked)
        for query, answer in zip(asked, got):
            expected = run(self.options.program, ["--json", "--", query], self.folder)
            assert answer.encode() == expected, f"{query!r}:\npage    {answer[:400]}\nprogram {expected[:400]}"
        assert not browser.faults, browser.faults
        return f"{len(asked)} queries"

    def what_is_typed_is_answered_and_can_be_copied_and_linked(self):
        browser = Browser(self.chromium, self.file + "#q=0x80180014", permissions=["clipboard-read", "clipboard-write"])
        assert browser.answer().startswith("0x80180014 (-2145910764, 2149056532)"), browser.answer()
        browser.window.evaluate("location.hash = '#q=MDM%20authority%20not%20defined'")
        browser.window.wait_for_selector("#answer dt:text-is('Message')")
        assert browser.window.input_value("#query") == "MDM authority not defined" and "Resolution" in browser.answer()
        for button, form in [("#copy-json", "--json"), ("#copy-markdown", "--markdown")]:
            browser.type("DeviceCapReached")
            browser.window.click(button)
            browser.window.wait_for_selector(f"{button}:text-is('Copied')")
            copied = browser.window.evaluate("navigator.clipboard.readText()")
            assert copied.encode() == run(self.options.program, [form, "DeviceCapReached"]), copied
        browser.window.click("#copy-link")
        browser.window.wait_for_selector("#copy-link:text-is('Copied')")
        assert browser.window.evaluate("navigator.clipboard.readText()") == self.file + "#q=DeviceCapReached"
        browser.type("DeviceCapReachd")
        browser.window.click("#answer a:text-is('DeviceCapReached')")
        browser.window.wait_for_selector("#answer h2:text-is('DeviceCapReached')")
        browser.type("")
        assert browser.answer() == "" and browser.window.is_visible("#hint")
        assert not browser.faults, browser.faults

    def every_kind_of_evidence_gives_the_programs_json(self):
        browser = Browser(self.chromium, self.file)
        for file in self.samples:
            browser.scan([file])
            expected = run(self.options.program, ["scan", "--json", file.name], self.options.samples)
            assert browser.json() == expected, file
        browser.scan(self.samples)
        expected = run(self.options.program, ["scan", "--json", *(file.name for file in self.samples)], self.options.samples)
        assert browser.json() == expected
        assert not browser.faults, browser.faults
        return f"{len(self.samples)} files"

    def files_and_folders_can_be_dropped(self):
        server = Server(self.options.page)
        for address in [self.file, server.address]:
            browser = Browser(self.chromium, address)
            names = ["deflated.zip", "plain.log", "mszip.cab", "events.evtx"]
            browser.drop([self.options.samples / name for name in names])
            assert browser.json() == run(self.options.program, ["scan", "--json", *names], self.options.samples)
            assert not browser.faults, browser.faults
        folder = self.folder / "logs"
        (folder / "inner").mkdir(parents=True)
        for name, to in [("plain.log", "b.log"), ("utf16.log", "inner/a.log"), ("stored.zip", "c.zip")]:
            shutil.copy(self.options.samples / name, folder / to)
        browser.drop([folder])
        assert browser.json() == run(self.options.program, ["scan", "--json", "logs"], self.folder)

    def the_report_is_the_programs(self):
        browser = Browser(self.chromium, self.file)
        for files, redacts in [(self.samples, False), ([self.options.samples / "plain.log"], False), (self.samples, True)]:
            browser.window.set_checked("#redacts", redacts)
            browser.scan(files)
            if redacts:
                expected = run(self.options.program, ["scan", "--json", "--redact", *(file.name for file in files)], self.options.samples)
                assert b"<host-1>" in expected and browser.json() == expected
            with browser.window.expect_download() as download:
                browser.window.click("#save-report")
            got = pathlib.Path(download.value.path()).read_text()
            made = re.search(r">(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) UTC by intune-err ", got)[1]
            seconds = str(int(datetime.datetime.fromisoformat(made + "+00:00").timestamp()))
            arguments = ["report", *(["--redact"] if redacts else []), *(file.name for file in files)]
            expected = run(self.options.program, arguments, self.options.samples, settings={"SOURCE_DATE_EPOCH": seconds})
            assert got == expected.decode(), "the page's report differs from the program's"
        # It is shown, with its style and its script, and a click on a link in it goes to a place in it.
        shown = browser.report()
        assert "0x80180014" in shown.inner_text("body")
        assert shown.evaluate("getComputedStyle(document.querySelector('mark')).backgroundColor") != "rgb(255, 255, 0)"
        assert shown.query_selector("input") is not None
        shown.click("main a[href^='#']")
        assert shown.evaluate("location.hash.length > 1 && document.getElementById(location.hash.slice(1)) !== null"), shown.url
        assert "0x80180014" in shown.inner_text("body")
        # The address of a source opens in a window of its own; there is no network, so nothing comes.
        shown.evaluate("document.querySelectorAll('details').forEach((details) => (details.open = true))")
        browser.requests.clear()
        with browser.context.expect_page() as opened:
            shown.click("a[href^='https://']")
        assert opened.value and shown.query_selector("main") is not None
        opened.value.close()
        assert not browser.faults, browser.faults

    def a_log_can_be_pasted(self):
        browser = Browser(self.chromium, self.file)
        browser.window.click("#paste summary")
        log = "hr = 0x80180014\nGer\u00e4t: 0x80cf0437\n\nDeviceCapReached"
        browser.window.fill("#log", log)
        browser.window.click("#scan-text")
        browser.finished()
        assert browser.json() == run(self.options.program, ["scan", "--json"], stdin=log.encode())

    def markup_in_a_log_or_name_is_text(self):
        bad = "<img src=x onerror=\"document.title='owned'\"><svg onload=alert(1)>"
        file = self.folder / f"{bad.replace('/', '')}.log"
        file.write_text(f"{bad} failed with hr=0x80180014 </script><script>document.title='owned'</script>\n")
        browser = Browser(self.chromium, self.file)
        browser.type(bad + " 0x80180014 </article>")
        browser.scan([file])
        marked = "document.querySelectorAll('main img, main svg[onload], main script').length"
        assert browser.window.evaluate(marked) == 0 and browser.report().evaluate(marked) == 0
        assert bad in browser.report().inner_text("body")
        assert browser.window.title() != "owned" and not browser.faults, browser.faults

    def nothing_is_asked_for_after_the_page_was_loaded(self):
        server = Server(self.options.page)
        browser = Browser(self.chromium, server.address)
        browser.window.evaluate("navigator.serviceWorker.ready.then(() => null)")
        browser.window.wait_for_timeout(1000)
        server.asked.clear()
        browser.requests.clear()
        for query in ["0x80180014", "DeviceCapReached", "no such thing", "expired certificate"]:
            browser.type(query)
        browser.scan(self.samples)
        browser.json()
        browser.window.wait_for_timeout(500)
        outside = [url for url in browser.requests if not url.startswith(("blob:", "data:"))]
        assert outside == [] and server.asked == [], (outside, server.asked)
        assert browser.window.evaluate("address => fetch(address).then(() => 'allowed', () => 'refused')", server.address) == "refused"
        assert server.asked == [], server.asked

    def from_a_server_it_can_be_installed_and_opens_without_a_network(self):
        server = Server(self.options.page)
        browser = Browser(self.chromium, server.address)
        browser.window.evaluate("navigator.serviceWorker.ready.then(() => null)")
        session = browser.context.new_cdp_session(browser.window)
        manifest = session.send("Page.getAppManifest")
        assert manifest["url"].endswith(".webmanifest") and manifest["errors"] == [], manifest
        # A private window, which is what a test has, is never offered it; nothing else may be missing.
        missing = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
        assert {fault["errorId"] for fault in missing} <= {"in-incognito"}, missing
        server.server.shutdown()
        server.server.server_close()
        browser.open(server.address + "#q=0x80180014")
        browser.window.reload()
        browser.window.wait_for_selector("html[data-ready]", state="attached")
        assert browser.answer().startswith("0x80180014")

    def axe_finds_nothing(self):
        seen = 0
        axe = self.options.axe.read_text()
        for scheme in ["light", "dark"]:
            for width in [1000, 340]:
                browser = Browser(self.chromium, self.file, color_scheme=scheme, viewport={"width": width, "height": 800})
                browser.window.evaluate(axe)
                states = {
                    "start": lambda: None,
                    "an answer": lambda: browser.type("0x80180014"),
                    "a miss": lambda: browser.type("certificate expird"),
                    "a fault": lambda: browser.type("0x80180002b"),
                    "a report": lambda: browser.scan(self.samples),
                    "a paste": lambda: browser.window.click("#paste summary"),
                }
                for state, reach in states.items():
                    reach()
                    faults = browser.window.evaluate("axe.run().then(found => found.violations)")
                    said = [(fault["id"], fault["help"], [node["html"] for node in fault["nodes"]]) for fault in faults]
                    assert not faults, f"{state}, {scheme}, {width}: {said}"
                    wide = browser.window.evaluate("document.documentElement.scrollWidth - innerWidth")
                    assert wide <= 0, f"{state}: {wide} pixels wider than the window of {width}"
                    seen += 1
                assert not browser.faults, browser.faults
        return f"{seen} states"

    def the_keyboard_is_enough(self):
        browser = Browser(self.chromium, self.file)
        keys = browser.window.keyboard
        keys.type("0x80180014")
        assert browser.answer().startswith("0x80180014")
        reached = set()
        for _ in range(40):
            keys.press("Tab")
            reached.add(browser.window.evaluate("document.activeElement.id || document.activeElement.tagName"))
        assert {"copy-link", "copy-markdown", "copy-json", "files", "SUMMARY"} <= reached, reached

    def how_long_a_key_press_takes(self):
        browser = Browser(self.chromium, self.file)
        browser.window.evaluate(
            """() => {
                window.times = [];
                document.querySelector("#query").addEventListener("keydown", (event) =>
                    requestAnimationFrame(() => setTimeout(() => times.push(performance.now() - event.timeStamp))), true);
            }"""
        )
        for query in ["0x80180014", "0x80070005", "MDM authority not defined", "the certificate has expired", "DeviceCapReached today"]:
            browser.window.keyboard.type(query, delay=60)
            browser.type("")
        times = browser.window.evaluate("times")
        assert len(times) > 80, len(times)
        return f"{len(times)} keys: median {statistics.median(times):.0f} ms, longest {max(times):.0f} ms until the answer is shown"

    def a_large_file_is_read_in_slices(self):
        line = "2026-01-05 10:00:00.000 Information all is well with the device and its policy, nothing to see in this line\n"
        log = (line * 9000 + "2026-01-05 10:00:00 hr = 0x80180014\n") * 8
        file = self.folder / "large.log"
        times = max(1, self.options.size * (1 << 20) // len(log))
        with file.open("w") as large:
            for _ in range(times):
                large.write(log)
        browser = Browser(self.chromium, self.file)
        begin = time.monotonic()
        browser.scan([file])
        took = time.monotonic() - begin
        shown = browser.report().inner_text("body")
        assert f"{times * 8} findings" in shown, shown[:500]
        session = browser.window.context.browser.new_browser_cdp_session()
        peaks = []
        for process in session.send("SystemInfo.getProcessInfo")["processInfo"]:
            status = pathlib.Path(f"/proc/{process['id']}/status")
            if process["type"] == "renderer" and status.exists():
                peaks += [int(line.split()[1]) >> 10 for line in status.read_text().splitlines() if line.startswith("VmHWM")]
        size = file.stat().st_size >> 20
        file.unlink()
        return f"{size} MiB in {took:.1f} s, {size / took:.0f} MiB/s; the browser's largest process took {max(peaks)} MiB"

    def the_picture(self):
        if not self.options.picture:
            return "not asked for"
        browser = Browser(self.chromium, self.file + "#q=0x80180014", viewport={"width": 760, "height": 520})
        browser.window.screenshot(path="docs/page.png")
        return "docs/page.png"


chromium.run(Checks, ["page", "program", "samples", "axe"], size=64)
