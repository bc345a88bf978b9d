import fcntl, os, pty, re, struct, sys, tempfile, termios

PROGRAM = os.path.realpath(sys.argv[1])
XTERM = {"TERM": "xterm-256color"}
LINK = re.compile("\x1b\\]8;;(.*?)\x1b\\\\")
COLOR = re.compile("\x1b\\[([0-9;]*)m")
faults, checks = 0, 0


def run(*args, columns=80, **environment):
    """What a terminal of so many columns gets."""
    pid, terminal = pty.fork()
    if pid == 0:
        # The width is there before the program is.
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        os.execve(PROGRAM, ["intune-err", *args], environment)
    output = b""
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            break
        if not piece:
            break
        output += piece
    os.close(terminal)
    os.waitpid(pid, 0)
    return output.decode().replace("\r\n", "\n")


def check(condition, fault):
    global faults, checks
    checks += 1
    if not condition:
        faults += 1
        print(fault)


def plain(text):
    return COLOR.sub("", LINK.sub("", text))


with tempfile.TemporaryDirectory() as folder:
    log = os.path.join(folder, "client.log")
    with open(log, "wb") as file:
        file.write(b"hr=0x80CF0437 \x1b]0;title\x07 \x1b[2J \xe4 caf\xc3\xa9 \x9b31m\r\n")
    calls = [["0x80180014"], ["DeviceCapReached"], ["0x12345678"], ["3010"], ["checklist"], ["list"], ["search", "clock"], ["scan", log],
             ["scan", "--summary", log], ["no such thing"], ["--help"], ["--nonsense"]]

    for call in calls:
        colored = run(*call, **XTERM)
        # Colours of the terminal's own palette, which suits its background, and neither a background nor the blue of PowerShell's.
        used = {part for found in COLOR.findall(colored) for part in found.split(";")}
        check(used <= {"", "0", "1", "4", "31", "32", "33", "36"}, f"{call}: colours {sorted(used)}")
        check(call[0] == "list" or used, f"{call}: no colours at all")
        check("\x1b" not in plain(colored) and "\x07" not in colored and "\x9b" not in colored, f"{call}: escapes that are no colours")
        for variable in [{"NO_COLOR": "1"}, {"TERM": "dumb"}]:
            check("\x1b" not in run(*call, **(XTERM | variable)), f"{call}: escapes in spite of {variable}")
        check(plain(colored) == run(*call, **(XTERM | {"NO_COLOR": "1"})), f"{call}: colours change the text")

    # All but addresses and the heading of a code fits.
    for columns in (120, 80, 60, 40, 30):
        for call in calls[:7]:
            for line in run(*call, columns=columns, **XTERM | {"NO_COLOR": "1"}).splitlines():
                words = line.split()
                fits = len(line) <= columns or len(words) <= 3 or "https://" in line
                check(fits, f"{call}: {len(line)} in {columns} columns: {line}")

    # Links where the terminal is known to make them, each around its own address; plain addresses elsewhere.
    knowing = [{"WT_SESSION": "1"}, {"TERM": "xterm-kitty"}, {"VTE_VERSION": "6800"}, {"FORCE_HYPERLINK": "1"},
               {"TERM_PROGRAM": "iTerm.app", "TERM_PROGRAM_VERSION": "3.5.0"}]
    for call in (["0x80CF0437"], ["checklist"]):
        for variables in knowing:
            output = run(*call, **XTERM | variables)
            targets = [target for target in LINK.findall(output) if target]
            check(targets and len(targets) == output.count("https://") // 2, f"{call}: links with {variables}: {targets}")
            check(all(f"{target}\x1b\\{target}\x1b]8;;" in output for target in targets), f"{call}: a link does not show its address")
            for columns in (80, 30):
                linked, without = (run(*call, columns=columns, **XTERM | more) for more in (variables, {}))
                check(plain(linked) == plain(without), f"{call}: links change the text in {columns} columns")
        for variables in [{}, {"TERM": "dumb"}, {"WT_SESSION": "1", "FORCE_HYPERLINK": "0"}]:
            output = run(*call, **XTERM | variables)
            check("\x1b]" not in output and "https://" in output, f"{call}: links with {variables}")

print(f"terminal: {checks} checks")
sys.exit(1 if faults else 0)
