import os, pathlib, pty, select, shutil, signal, subprocess, sys, time

tmp = pathlib.Path(sys.argv[1])
AREAS = "app-install autopilot certificate co-management enrollment entra-join policy sign-in update"
NAME = "MENROLL_E_DEVICECAPREACHED"
COMMANDS = "checklist completions export list man scan search"
# What is typed, and all that may come of it; a `+` before it: at least that.
CASES = {
    "": "+" + COMMANDS,
    "checklis": "checklist",
    "--json checklis": "checklist",
    "--mark": "--markdown",
    "--color a": "always auto",
    "--color=n": "never",
    "scan --summ": "--summary",
    "--json list --are": "--area",
    "list --area ": AREAS,
    "list --area co": "co-management",
    "list --area=co": "co-management",
    "list --json --area co": "co-management",
    "list --area policy --platform i": "ios ipados",
    "checklist --platform lin": "linux",
    "checklist --platform=lin": "linux",
    "export --format n": "ndjson",
    "completions z": "zsh",
    "completions ": "bash elvish fish powershell zsh",
    "MENROLL_E_DEVICECAP": NAME,
    "menroll_e_devicecap": NAME,
    "--json client-clock": "client-clock-wrong",
    "0x80180014 client-clock": "client-clock-wrong",
    "-2145910764 client-clock": "client-clock-wrong",
    "scan cli": "client.log",
    "scan --summary cli": "client.log",
    "search MENROLL_E_DEVICECAP": "",
    "qqqxyz": "",
}
# What a shell does in its own way.
EXCEPT = {
    # Its matcher minds the case unless it is told otherwise.
    ("elvish", "menroll_e_devicecap"): "",
    # They offer options where any word can stand.
    ("bash", "completions "): "+bash elvish fish powershell zsh",
    ("elvish", "completions "): "+bash elvish fish powershell zsh",
}
environment = {"PATH": f"{tmp}/bin:/usr/bin:/bin", "HOME": str(tmp), "TERM": "xterm", "LC_ALL": "C.UTF-8"}


class Terminal:
    """A shell on a pseudo-terminal; what it has to tell it writes into files."""

    def __init__(self, *command):
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(tmp / "logs")
            os.execvpe(command[0], command, environment)
        self.seen = b""

    def type(self, keys):
        os.write(self.fd, keys.encode())

    def wait_for(self, file):
        """What the file holds once it is there."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            if select.select([self.fd], [], [], 0.01)[0]:
                try:
                    self.seen += os.read(self.fd, 65536)
                except OSError:
                    break
            if file.exists():
                text = file.read_text()
                file.unlink()
                return text
        sys.exit(f"{file.name}: no answer; the terminal shows\n{self.seen.decode(errors='replace')}")

    def close(self):
        os.kill(self.pid, signal.SIGKILL)
        os.close(self.fd)
        os.waitpid(self.pid, 0)


def bash():
    # Everything as the package installs it, but that the completions are written down.
    (tmp / "bashrc").write_text(f"""
PS1=
source {tmp}/assets/intune-err.bash
eval "$(complete -p intune-err | sed 's/-F [^ ]*/-F written_down/')"
written_down() {{
    _intune__err_queries "$@"
    printf '%s\\n' "${{COMPREPLY[@]}}" >{tmp}/completed
}}
line() {{ printf '%s' "$READLINE_LINE" >{tmp}/line.new; READLINE_LINE= READLINE_POINT=0; mv {tmp}/line.new {tmp}/line; }}
bind 'set completion-query-items 0'
bind 'set page-completions off'
bind -x '"\\C-g": line'
""")
    shell = Terminal("bash", "--noprofile", "--rcfile", f"{tmp}/bashrc", "-i")
    for typed in CASES:
        shell.type(f"intune-err {typed}\t\x07")
        line = shell.wait_for(tmp / "line")
        completed = (tmp / "completed").read_text().split()
        # Paths are for readline, which is asked where the function finds nothing.
        if not completed and line.strip() != f"intune-err {typed}".strip():
            completed = line.split()[-1:]
        yield typed, completed
    shell.close()


def zsh():
    (tmp / ".zshrc").write_text(f"""
PS1=
fpath=({tmp}/assets $fpath)
autoload -U compinit
compinit -u -d {tmp}/zcompdump
# Where compadd does not only fill arrays, what it adds is written down.
compadd() {{
    if [[ ${{@[1,(i)(-|--)]}} == *-(O|A|D)\\ * ]]; then
        builtin compadd "$@"
        return $?
    fi
    local -a hits
    builtin compadd -A hits "$@"
    (( $#hits )) && print -l -- $hits >>{tmp}/completed
    builtin compadd "$@"
}}
done-completing() {{ : >>{tmp}/completed; mv {tmp}/completed {tmp}/line; zle -I; BUFFER=; }}
zle -N done-completing
bindkey '^G' done-completing
bindkey '^I' complete-word
LISTMAX=10000
""")
    environment["ZDOTDIR"] = str(tmp)
    shell = Terminal("zsh", "-d", "-i")
    for typed in CASES:
        shell.type(f"intune-err {typed}\t\x07")
        yield typed, shell.wait_for(tmp / "line").split()
    shell.close()


def fish():
    folder = tmp / ".config/fish/completions"
    folder.mkdir(parents=True)
    shutil.copy(tmp / "assets/intune-err.fish", folder)
    for typed in CASES:
        command = ["fish", "-c", "complete -C $argv[1]", f"intune-err {typed}"]
        output = subprocess.run(command, env=environment, cwd=tmp / "logs", capture_output=True, text=True, check=True)
        if output.stderr:
            sys.exit(f"fish complains: {output.stderr}")
        # Where an option and its value are one word, fish gives the whole word.
        yield typed, [line.split("\t")[0].split("=")[-1] for line in output.stdout.splitlines()]


def elvish():
    folder = tmp / ".config/elvish/lib"
    folder.mkdir(parents=True)
    shutil.copy(tmp / "assets/intune-err.elv", folder)
    words = {typed: ["intune-err", *typed.split(" ")] for typed in CASES}
    quote = lambda text: "'" + text.replace("'", "''") + "'"
    calls = [
        f"$edit:completion:arg-completer[intune-err] {' '.join(map(quote, words[typed]))} | each {{|candidate|"
        # A complex candidate is printed as a call with the text first.
        f" if (eq (kind-of $candidate) string) {{ echo $candidate }} else {{ echo $candidate[stem] }} }} > {tmp}/elvish.{at}"
        for at, typed in enumerate(CASES)
    ]
    (tmp / "calls.elv").write_text("\n".join(["use intune-err", *calls, ""]))
    shell = Terminal("elvish", "-norc")
    shell.type(f"try {{ eval (slurp < {tmp}/calls.elv) }} catch e {{ pprint $e > {tmp}/error }}; echo > {tmp}/line\r")
    shell.wait_for(tmp / "line")
    shell.close()
    if (tmp / "error").exists():
        sys.exit((tmp / "error").read_text())
    for at, typed in enumerate(CASES):
        completed = (tmp / f"elvish.{at}").read_text().split()
        # The editor keeps what begins with the word.
        yield typed, [text.split("=")[-1] for text in completed if text.startswith(words[typed][-1])]


faults = 0
for shell in (bash, zsh, fish, elvish):
    name = shell.__name__
    if not shutil.which(name):
        print(f"{name}: skipped, it is not installed")
        continue
    tried = 0
    for typed, completed in shell():
        expected = EXCEPT.get((name, typed), CASES[typed])
        wanted, found = set(expected.removeprefix("+").split()), {text.rstrip() for text in completed}
        tried += 1
        if not (wanted <= found and len(found) < 40 if expected.startswith("+") else wanted == found):
            faults += 1
            print(f"{name}: `intune-err {typed}` gives {sorted(found)[:12]}, not {expected!r}")
    print(f"{name}: {tried} lines completed")
sys.exit(1 if faults else 0)
