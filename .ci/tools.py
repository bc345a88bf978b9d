"""Runs the examples for other tools on real output of the program: .ci/tools calls it with the program and an empty folder."""

import importlib.util, json, os, pathlib, re, subprocess, sys

program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
tools = pathlib.Path("examples/tools").resolve()
LOG = """\
<![LOG[[Win32App] lpExitCode 1603]LOG]!><time="10:11:12.1234567" date="11-24-2026" component="IntuneManagementExtension" context="" type="3" thread="7" file="">
<![LOG[Sync ok: 12: all well]LOG]!><time="10:11:13.1234567" date="11-24-2026" component="IntuneManagementExtension" context="" type="1" thread="7" file="">
<![LOG[Failed to enroll, hr = 0x80180014]LOG]!><time="10:11:14.1234567" date="11-24-2026" component="IntuneManagementExtension" context="" type="3" thread="7" file="">
"""
logs = folder / "my logs"
(logs / "sub").mkdir(parents=True)
(logs / "IntuneManagementExtension.log").write_text(LOG)
(logs / "sub/notes.log").write_text("no time here: error -2133916617\nall well\n2026-11-24 09:00:00 sync failed: DeviceCapReached\n")
(folder / "bad.toml").write_text('[[entry]]\nid = "a"\ncodes = [0x180000001]\n')
unset = {key: value for key, value in os.environ.items() if not key.startswith("INTUNE_ERR")}


def run(*command, status=(0,), **options):
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, env=unset | {"HOME": str(folder)}, **options)
    assert done.returncode in status, (command, done.returncode, done.stdout, done.stderr)
    return done.stdout


found = [json.loads(line) for line in run(program, "scan", "--json", str(logs)).splitlines()]
assert len(found) == 4, found
places = {(one["path"], one["line"]) for one in found}

# Python: the reader finds what the program answers, by code, name and message.
(folder / "intune-err.json").write_text(run(program, "export", "--format", "json"))
spec = importlib.util.spec_from_file_location("intune_table", tools / "intune_table.py")
reader = importlib.util.module_from_spec(spec)
spec.loader.exec_module(reader)
records, guides, meanings = reader.load(folder / "intune-err.json")
for query in ["0x80180014", "0x80CF0437", "DeviceCapReached", "MDM authority not defined"]:
    answer = json.loads(run(program, "--json", query).splitlines()[0])
    entries = {entry["id"] for entry in answer["entries"]}
    read = {entry["id"] for entry in records[query.lower()]}
    assert read and read <= entries, (query, read, entries)
    assert answer["meaning"] in (None, meanings.get(query.lower(), {}).get("text")), query
printed = run(sys.executable, str(tools / "intune_table.py"), "intune-err.json", "0x80CF0437")
assert printed.startswith("0x80CF0437\n") and "    1. Set the right time" in printed, printed
guided = [entry for entries in records.values() for entry in entries if entry["guide"]]
assert guided and all(entry["guide"] in guides for entry in guided)
print(f"Python: {len(records)} codes, names and messages")

# Visual Studio Code: its expressions are JavaScript's, so node applies them to what the tasks print.
MATCH = """
const [tasks, label, output] = process.argv.slice(1);
const task = JSON.parse(require('fs').readFileSync(tasks, 'utf8')).tasks.find(task => task.label === label);
const { regexp, file, line, message } = task.problemMatcher.pattern;
const found = require('fs').readFileSync(output, 'utf8').split(/\\r?\\n/).map(line => line.match(new RegExp(regexp))).filter(Boolean);
console.log(JSON.stringify(found.map(found => [found[file], Number(found[line]), found[message]])));
"""


def problems(label, status=(0,), **variables):
    tasks = json.loads((tools / "vscode-tasks.json").read_text())["tasks"]
    task = next(task for task in tasks if task["label"] == label)
    assert task["command"] == "intune-err" and task["type"] == "process", task
    args = [re.sub(r"\$\{(\w+)\}", lambda name: str(variables[name[1]]), arg) for arg in task["args"]]
    (folder / "output.txt").write_text(run(program, *args, status=status))
    return json.loads(run("node", "-e", MATCH, str(tools / "vscode-tasks.json"), label, str(folder / "output.txt")))


scanned = problems("Intune errors in the folder's logs", workspaceFolder=logs)
assert {(file, line) for file, line, _ in scanned} == places and len(scanned) == len(places), (scanned, places)
checked = problems("Check own records", status=(2,), file=folder / "bad.toml")
faults = json.loads(run(program, "check", "--json", str(folder / "bad.toml"), status=(2,)))["faults"]
assert [line for _, line, _ in checked] == [fault["line"] for fault in faults] and len(faults) > 5, (checked, faults)
assert all(file == str(folder / "bad.toml") and pathlib.Path(file).is_absolute() for file, _, _ in checked)
print(f"Visual Studio Code: {len(scanned)} findings and {len(checked)} faults")

# lnav: the format is taken without a word, and shows each finding with its time, place, level and problem.
run("lnav", "-i", str(tools / "intune_err_lnav.json"))
findings = run("jq", "-sc", "-f", str(tools / "lnav.jq"), input=run(program, "scan", "--json", str(logs)))
(folder / "findings.jsonl").write_text(findings)
assert run("lnav", "-C") == ""
QUERY = ";SELECT log_time, log_level, path, line, match, problem FROM intune_err ORDER BY log_line"
shown = json.loads(run("lnav", "-n", "-q", "-c", QUERY, "-c", ":write-json-to -", "findings.jsonl"))
assert {(one["path"], one["line"]) for one in shown} == places and len(shown) == len(found), shown
assert [one["log_time"][:10] for one in shown] == ["1970-01-02", "2026-11-24", "2026-11-24", "2026-11-24"], shown
assert all(one["log_level"] in ("error", "critical", "warning") and one["problem"] for one in shown), shown
lines = run("lnav", "-n", "findings.jsonl")
assert "IntuneManagementExtension.log:3: 0x80180014: MDM enrollment: " in lines, lines
print(f"lnav: {len(shown)} findings")
