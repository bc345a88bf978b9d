"""Tries reports in Chromium: browser.py PROGRAM SAMPLES AXE [--picture] [--only WORD]"""

import os
import pathlib
import subprocess

import chromium

BUNDLE = "DiagLogs-DESKTOP-1A2B3C-20260105T100500Z.zip"
HOSTILE = [
    "</script><script>document.title='owned'</script>",
    "<img src=x onerror=\"document.title='owned'\"><svg onload=alert(1)>",
    "\" onmouseover=\"alert(1)\" autofocus onfocus=\"alert(1)",
    "--> <!-- ]]> </title></style></svg></pre></code><h1>All is well</h1>",
    "javascript:alert(1) http://127.0.0.1:9/x.png",
    "\u202egnp.txt\u2066 \u200b\0\x1b[2J",
]


class Report:
    """A report, opened from the disk."""

    def __init__(self, chromium, path, width=1280, height=800, **settings):
        self.context = chromium.new_context(viewport={"width": width, "height": height}, **settings)
        self.window = self.context.new_page()
        self.faults, self.requests = [], []
        self.window.on("pageerror", lambda error: self.faults.append(str(error)))
        self.window.on("console", lambda said: self.faults.append(said.text) if said.type in ["error", "warning"] else None)
        self.window.on("dialog", lambda dialog: self.faults.append(f"a dialog: {dialog.message}"))
        self.window.on("request", lambda request: self.requests.append(request.url))
        self.address = path.as_uri()
        self.window.goto(self.address)

    def is_quiet(self):
        """Nothing but the file was asked for, and nothing was complained about."""
        assert self.requests == [self.address], self.requests
        assert not self.faults, self.faults

    def wider(self):
        return self.window.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


class Checks:
    def __init__(self, options, chromium, folder):
        self.options, self.chromium, self.folder = options, chromium, folder
        self.bundle = self._report(options.samples / BUNDLE)

    def _report(self, path, *arguments, status=0):
        output = self.folder / f"{path.stem}.html"
        environment = {**os.environ, "SOURCE_DATE_EPOCH": "1767607500"}
        call = [self.options.program, "report", path.name, "-o", output, *arguments]
        ended = subprocess.run(call, cwd=path.parent, env=environment, stderr=subprocess.DEVNULL)
        assert ended.returncode == status, ended
        return output

    def the_first_screen_has_the_app_the_reason_and_the_first_step(self):
        report = Report(self.chromium, self.bundle)
        card = report.window.locator(".cards li", has_text="Contoso VPN (x64)").first
        for text in ["Contoso VPN (x64)", "Reason", "The client computer's clock is wrong.", "First step", "Set the right time"]:
            box = card.get_by_text(text).first.bounding_box()
            assert box and box["y"] + box["height"] <= 800 and box["x"] + box["width"] <= 1280, (text, box)
        report.is_quiet()

    def nothing_is_asked_for_and_the_policy_holds(self):
        report = Report(self.chromium, self.bundle)
        for act in ["fetch('https://example.com/')", "fetch(location.href)"]:
            assert report.window.evaluate(f"() => {act}.then(() => 'allowed', () => 'refused')") == "refused", act
        run = "() => { const script = document.createElement('script'); script.textContent = 'window.ran = 1'; document.body.append(script); return window.ran; }"
        assert report.window.evaluate(run) is None
        color = "() => { document.body.setAttribute('style', 'color: rgb(1, 2, 3)'); return getComputedStyle(document.body).color; }"
        assert report.window.evaluate(color) != "rgb(1, 2, 3)"
        assert [url for url in report.requests if not url.startswith(("file:", "https://example.com"))] == []

    def the_filter_shows_what_has_all_the_words(self):
        report = Report(self.chromium, self.bundle)
        window = report.window
        articles = window.locator("article")
        every = articles.count()
        window.get_by_label("Filter").fill("CLOCK vpn")
        shown = [text for text in (articles.nth(at).inner_text() for at in range(every) if articles.nth(at).is_visible())]
        assert shown and len(shown) < every and all("clock" in text for text in shown), shown
        assert window.locator("output").inner_text() == f"{len(shown)} of {every}"
        assert not window.get_by_role("heading", name="Enrollment", exact=True).nth(1).is_visible()
        # A link to an error that is hidden shows it.
        window.locator(".cards a").first.click()
        assert window.locator("article").first.is_visible() and window.get_by_label("Filter").input_value() == ""
        window.get_by_label("Filter").fill("no such words")
        assert window.locator("output").inner_text() == f"0 of {every}"
        report.is_quiet()

    def the_timeline_says_in_words_what_it_draws(self):
        report = Report(self.chromium, self.bundle)
        window = report.window
        window.get_by_text("The timeline as a table").click()
        rows = window.locator("tbody tr", has=window.locator("td a"))
        counts = sum(int(rows.nth(at).locator("td").last.inner_text()) for at in range(rows.count()))
        titles = window.locator(".timeline svg title").all_text_contents()
        drawn = sum(int(title.rsplit("(", 1)[1].split()[0]) if title.endswith("in all here)") else 1 for title in titles)
        assert titles and counts == drawn, (counts, drawn)
        for link in window.locator(".timeline svg a").all():
            assert window.locator(link.get_attribute("href")).count() == 1
        region = window.get_by_role("region", name="Timeline; the table")
        before = region.evaluate("region => region.scrollWidth")
        window.get_by_role("button", name="Zoom in").click()
        window.get_by_role("button", name="Zoom in").click()
        assert region.evaluate("region => region.scrollWidth") > 3 * before and report.wider() <= 0
        window.get_by_role("button", name="Zoom out").click(click_count=2)
        assert region.evaluate("region => region.scrollWidth") == before
        report.is_quiet()

    def without_a_script_all_of_it_can_be_read(self):
        report = Report(self.chromium, self.bundle, java_script_enabled=False)
        window = report.window
        assert not window.locator(".filter").is_visible() and not window.locator(".zoom").is_visible()
        for text in ["What failed first", "The enrollment package is outdated.", "an event trace (.etl)", "OLD-NAME"]:
            assert window.get_by_text(text).first.is_visible(), text
        window.get_by_text("9 files").last.click()
        assert window.get_by_text("results.xml").last.is_visible()

    def nothing_of_a_log_is_markup(self):
        bundle = self.folder / "hostile.log"
        lines = [f"2026-01-05 10:00:0{at}, Error  {text}  {text} failed with 0x80CF0437 {text}" for at, text in enumerate(HOSTILE)]
        bundle.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8")
        for arguments in [[], ["--redact"]]:
            report = Report(self.chromium, self._report(bundle, *arguments))
            report.window.wait_for_timeout(200)
            assert report.window.evaluate("document.querySelectorAll('img, iframe, object, h1 ~ h1, [onerror], [onload], [onfocus]').length") == 0
            assert report.window.locator("h1").count() == 1 and "owned" not in report.window.title()
            assert "<img src=x onerror=" in report.window.locator("pre").all_inner_texts()[1]
            report.is_quiet()

    def axe_finds_nothing(self):
        axe = self.options.axe.read_text()
        seen = 0
        paths = [self.bundle, self._report(self.options.samples / "no-findings.log", status=1), self._report(self.options.samples / "plain.log", "--redact")]
        for path in paths:
            for scheme in ["light", "dark"]:
                for width in [1280, 640, 320]:
                    report = Report(self.chromium, path, width=width, color_scheme=scheme)
                    report.window.evaluate("document.querySelectorAll('details').forEach((details) => (details.open = true))")
                    report.window.evaluate(axe + ";0")
                    faults = report.window.evaluate("axe.run().then((found) => found.violations)")
                    said = [(fault["id"], fault["help"], [node["html"] for node in fault["nodes"]]) for fault in faults]
                    assert not faults, f"{path.name}, {scheme}, {width}: {said}"
                    assert report.wider() <= 0, f"{path.name} is {report.wider()} pixels wider than a window of {width}"
                    seen += 1
        return f"{seen} states"

    def at_twice_the_size_nothing_is_wider_than_the_window(self):
        report = Report(self.chromium, self.bundle, width=640, height=400, device_scale_factor=2)
        assert report.wider() <= 0
        report.window.get_by_label("Filter").fill("clock")
        assert report.wider() <= 0
        report.is_quiet()

    def the_keyboard_is_enough(self):
        report = Report(self.chromium, self.bundle)
        reached = set()
        for _ in range(80):
            report.window.keyboard.press("Tab")
            reached.add(report.window.evaluate("document.activeElement.id || document.activeElement.getAttribute('aria-label') || document.activeElement.textContent"))
        for name in ["filter", "Zoom in", "Timeline; the table after it says the same", "The timeline as a table", "0x80CF0437"]:
            assert name in reached, (name, reached)
        report.is_quiet()

    def on_paper_there_is_all_but_what_needs_a_screen(self):
        report = Report(self.chromium, self.bundle)
        report.window.emulate_media(media="print")
        assert not report.window.locator(".filter").is_visible() and not report.window.locator(".zoom").is_visible()
        paper = report.window.pdf(format="A4")
        assert paper.startswith(b"%PDF-") and len(paper) > 20_000
        report.is_quiet()

    def a_page_at_its_limit_is_shown_in_time(self):
        log = self.folder / "many.log"
        with log.open("w") as lines:
            for number in range(20_000):
                lines.write(f"2026-01-05 10:{number // 60 % 60:02}:{number % 60:02}, Error  CSI  Error 0x8{0xF00001 + number * 7:07X}, {'<&>' * 90}\n")
        path = self._report(log)
        size = path.stat().st_size
        assert size < 3_000_000, size
        report = Report(self.chromium, path)
        report.window.get_by_label("Filter").fill("no such words")
        assert report.window.locator("output").inner_text().startswith("0 of ")
        report.is_quiet()
        return f"{size} bytes"

    def the_picture(self):
        if not self.options.picture:
            return "not asked for"
        report = Report(self.chromium, self.bundle, width=1120, height=690)
        report.window.screenshot(path="docs/report.png")
        return "docs/report.png"


chromium.run(Checks, ["program", "samples", "axe"])
