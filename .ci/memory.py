"""Measures the peak memory of a scan on inputs that are made to fill it. Called by .ci/memory."""
import gzip, io, os, subprocess, sys, tempfile, time, zipfile

binary, mebibytes = sys.argv[1], int(sys.argv[2])
LIMIT = 32 * 1024  # KiB
ARCHIVES = 64 * 1024
# Kept whole, half a million would take 180 MiB.
COUNT = 2_000_000 if mebibytes >= 256 else 500_000
NOTHING = b"nothing of interest stands in this line"
LINES = b"2026-01-05 10:00:00 MDM Enroll: Failed (Unknown Win32 Error code: 0x8018002b)\n" + (NOTHING + b"\n") * 20
LONG = b" 0x80CF0437 " + (NOTHING + b" - ") * 20

def repeated(piece):
    """A piece over and over, mebibytes in all."""
    block = piece * (1 + (1 << 20) // len(piece))
    left = mebibytes << 20
    while left > 0:
        yield block[:left]
        left -= len(block)

def distinct(form, separator, count=COUNT):
    """So many codes, each another one."""
    for first in range(0, count, 10_000):
        yield b"".join(form % (0x80000001 + number * 1021 % 0x7FFF0000) + separator for number in range(first, first + 10_000))

INPUTS = {
    "one line": lambda: repeated(LONG),
    "lines": lambda: repeated(LINES),
    "many findings a line": lambda: repeated(b"80180014, " * 1000 + b"\n"),
    "distinct codes": lambda: distinct(b"0x%08X", b"\n"),
    "distinct codes, called errors": lambda: distinct(b"Error: 0x%08X", b"\n"),
    "distinct codes in one line": lambda: distinct(b"0x%08X", b" and "),
    "a message and distinct codes": lambda: distinct(b"MDM authority not defined (0x%08X)", b"\n"),
    # A number of AADSTS never begins with a zero, so seven digits begin at a million.
    "distinct tokens": lambda: (
        b"".join(b"AADSTS%07d\n" % number for number in range(at, at + 10_000)) for at in range(1_000_000, 1_000_000 + COUNT, 10_000)
    ),
}
FORMS = [["--summary"], ["--summary", "--json"], ["--json"], [], ["--passthrough"], ["--markdown"], ["--timeline"], ["--timeline", "--json"]]
# A finding in JSON shows four kilobytes of a long line: so many would take minutes and show nothing more.
SLOW = {("distinct codes in one line", "--json"), ("many findings a line", "--json")}

def feed(pieces):
    """Writes pieces into a pipe, in a process of its own."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read)
        try:
            for piece in pieces:
                while piece:
                    piece = piece[os.write(write, piece):]
        except BrokenPipeError:
            pass
        os._exit(0)
    os.close(write)
    return pid, read

def highest(pid):
    """The highest resident memory of a process so far in KiB; None when it has ended."""
    try:
        with open(f"/proc/{pid}/status") as status:
            return next((int(line.split()[1]) for line in status if line.startswith("VmHWM:")), None)
    except (FileNotFoundError, ProcessLookupError):
        return None

def peak(arguments, pieces):
    """The highest resident memory of a call in KiB, its status, and how long it took."""
    feeder, stdin = feed(pieces)
    begun = time.monotonic()
    child = subprocess.Popen([binary, *arguments], stdin=stdin, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(stdin)
    most = 0
    # The mark only rises, so the last look is the highest; a child's resource usage would count the memory of this script.
    while child.poll() is None:
        most = max(most, highest(child.pid) or 0)
        time.sleep(0.002)
    os.waitpid(feeder, 0)
    return most, child.returncode, time.monotonic() - begun

faults = 0

def check(name, form, limit, statuses, pieces, paths=()):
    global faults
    kibibytes, status, seconds = peak(["scan", "--all", *form, *paths], pieces)
    verdict = "" if kibibytes < limit and status in statuses else "  <-- too much" if status in statuses else f"  <-- status {status}"
    faults += bool(verdict)
    print(f"{name:32} {' '.join(form) or 'plain':16} {kibibytes / 1024:6.1f} MiB {seconds:6.1f} s{verdict}", flush=True)

for name, pieces in INPUTS.items():
    for form in FORMS:
        if (name, " ".join(form)) not in SLOW:
            check(name, form, LIMIT, {0}, pieces())

with tempfile.TemporaryDirectory() as folder:
    # Members that are read, and many more that are not.
    path = os.path.join(folder, "many.zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("codes.log", b"".join(distinct(b"0x%08X", b"\n", 500_000)))
        for number in range(60_000):
            archive.writestr(f"pictures/{'n' * 100}{number}.png", b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR")
    for form in FORMS:
        check("an archive", form, ARCHIVES, {0, 2}, [], [path])
    # As deep as is read, with a text and a gzip file in each archive.
    inner = b"".join(distinct(b"Error: 0x%08X", b"\n", 100_000))
    for depth in range(3):
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"{depth}.log", b"".join(distinct(b"0x%08X", b"\n", 200_000)))
            archive.writestr(f"{depth}.log.gz", gzip.compress(LINES * 20_000))
            archive.writestr(f"inner.{'zip' if depth else 'log'}", inner)
        inner = content.getvalue()
    path = os.path.join(folder, "nested.zip")
    with open(path, "wb") as file:
        file.write(inner)
    for form in FORMS:
        check("archives in archives", form, ARCHIVES, {0, 2}, [], [path])
sys.exit(1 if faults else 0)
