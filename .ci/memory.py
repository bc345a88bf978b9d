import os, subprocess, sys, time

binary, mebibytes = sys.argv[1], int(sys.argv[2])
LIMIT = 16 * 1024  # KiB
NOTHING = b"nothing of interest stands in this line"
LINES = b"2026-01-05 10:00:00 MDM Enroll: Failed (Unknown Win32 Error code: 0x8018002b)\n" + (NOTHING + b"\n") * 20
LONG = b" 0x80CF0437 " + (NOTHING + b" - ") * 20
INPUTS = {"one line": LONG, "lines": LINES}
FORMS = {
    "--summary": (["scan", "--summary"], LIMIT),
    "--json": (["scan", "--json"], LIMIT),
    "plain": (["scan"], LIMIT),
    "--passthrough": (["scan", "--passthrough"], LIMIT),
}

def feed(piece, total):
    """Writes so many bytes of a repeated piece to standard output, in a process of its own."""
    block = piece * (1 + (1 << 20) // len(piece))
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read)
        try:
            while total > 0:
                total -= os.write(write, block[:total])
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

def peak(arguments, piece):
    """The highest resident memory of a call in KiB, its status, and how long it took."""
    feeder, stdin = feed(piece, mebibytes << 20)
    begun = time.monotonic()
    child = subprocess.Popen([binary, *arguments], stdin=stdin, stdout=subprocess.DEVNULL)
    os.close(stdin)
    most = 0
    # The mark only rises, so the last look is the highest; a child's resource usage would count the memory of this script.
    while child.poll() is None:
        most = max(most, highest(child.pid) or 0)
        time.sleep(0.002)
    os.waitpid(feeder, 0)
    return most, child.returncode, time.monotonic() - begun

faults = 0
for name, piece in INPUTS.items():
    for form, (arguments, limit) in FORMS.items():
        kibibytes, status, seconds = peak(arguments, piece)
        verdict = "" if kibibytes < limit and status == 0 else "  <-- too much" if status == 0 else f"  <-- status {status}"
        faults += bool(verdict)
        print(f"{mebibytes} MiB, {name:9} {form:14} {kibibytes / 1024:6.1f} MiB {seconds:6.1f} s{verdict}", flush=True)
sys.exit(1 if faults else 0)
