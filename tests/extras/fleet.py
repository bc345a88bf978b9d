#!/usr/bin/env python3
"""Runs the queries of docs/fleet.md over a generated log and compares their counts with those of `intune-err scan`.

    pip install duckdb                        # needed
    pip install duckdb-kql pytz pyspark       # for KQL and Spark; Spark needs Java 17
    npm install @kusto/language-service-next  # for the parse by Microsoft's language service; needs node
    cargo build --release
    python3 tests/extras/fleet.py --rows 5000000

What is not installed is skipped with a word. No part of it runs with the tests or in CI: the packages are too large for that.
"""

import argparse
import importlib.util
import json
import os
import platform
import random
import re
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def blocks(language):
    """The queries in a language, as the document has them."""
    text = (ROOT / "docs/fleet.md").read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def statements(sql):
    return [part for part in re.split(r";\s*(?:\n|$)", sql) if part.strip()]


def timed(what, run):
    begun = time.perf_counter()
    result = run()
    print(f"{what}: {time.perf_counter() - begun:.1f} s", flush=True)
    return result


def program(path, *args):
    run = subprocess.run([path, *args], stdout=subprocess.PIPE, check=False)
    if run.returncode not in (0, 1):
        sys.exit(f"{path} {args} ended with {run.returncode}")
    return run.stdout


def prefixed(code):
    """Hex with its prefix; a plain Win32 code has no leading zeros, with which scan takes it for a value like any other."""
    return f"0x{code:x}" if code < 1 << 16 else f"0x{code:08x}"


def written(code, rng):
    """A code as logs write it. Below 0x80000000 only the prefixed form is a code in a log."""
    signed, lower = code - (1 << 32), f"{code:08x}"
    if code < 1 << 31:
        return rng.choice((prefixed(code), prefixed(code).upper().replace("X", "x")))
    return rng.choice((
        f"0x{lower}", f"0x{code:08X}", f"0X{code:08X}", f"hr={lower}", f"HRESULT={code:08X}", f"[{code:08X}]", f"({signed})",
        f"error {signed}", f"code: {code}", f"result=%%{code}", f"0x{code:08X}({signed})", f"0x{lower} - {code}", f"{signed} (0x{lower})",
    ))


def noise(codes, rng):
    """What only looks like a code, built from codes of the table where that is the harder case."""
    code = rng.choice(codes)
    return rng.choice((
        lambda: f"id {{{code:08x}-{rng.getrandbits(16):04x}-4{rng.getrandbits(12):03x}-a000-{rng.getrandbits(48):012x}}}",
        lambda: f"user S-1-5-21-{code}-{rng.getrandbits(32)}-{rng.getrandbits(31)}-1001",
        lambda: f"at 0x00007FF6{code:08X}",
        lambda: f"thumbprint {rng.getrandbits(128):032x}{code:08x}",
        lambda: "finished with 0x0 (0)",
        lambda: f"epoch {1_750_000_000 + rng.randrange(10_000_000)}",
        lambda: f"epoch {1_750_000_000_000 + rng.randrange(10_000_000_000)} ms",
        lambda: f"build 10.0.22631.{rng.randrange(5000)}, {rng.randrange(1 << 26)} bytes",
        lambda: f"thread={rng.randrange(30000)} (0x{rng.randrange(0x8000, 0x10000):X})",
        lambda: f"date {rng.randrange(2020, 2027)}{rng.randrange(1, 13):02}{rng.randrange(1, 29):02}",
        lambda: f"address 10.{rng.randrange(256)}.{rng.randrange(256)}.{rng.randrange(256)}",
        lambda: f"job_{code:08x}_{rng.randrange(100)}",
    ))()


TEXTS = ("Sync session completed", "Policy received from the service", "Enrollment check", "Application evaluated", "Heartbeat sent")
FAILURES = ("MDM Enroll: Failed", "Installation failed", "Device join failed", "Policy could not be applied", "Request refused")


def generate(path, rows, codes, seed):
    """A log of tab-separated rows: time, device, message. One in three has a code, most of those one of a few hundred."""
    rng = random.Random(seed)
    # Forms are drawn in advance: the log is what takes the time, not the chance.
    forms = [[written(code, rng) for _ in range(20)] for code in codes]
    noises = [noise(codes, rng) for _ in range(200_000)]
    weights = [1 / (1 + place) ** 0.7 for place in range(len(codes))]
    order = rng.sample(range(len(codes)), len(codes))
    drawn = iter(rng.choices(order, weights, k=rows))
    with open(path, "w", encoding="ascii", newline="\n") as log:
        log.write("time\tdevice\tmessage\n")
        for row in range(rows):
            text, dice = "", rng.random()
            if dice < 0.3:
                text = f"{rng.choice(FAILURES)}: {rng.choice(forms[next(drawn)])}"
            elif dice < 0.32:
                # Two errors in one row; a Win32 code and its HRESULT side by side would be one to scan.
                first, second = next(drawn), rng.choice(order)
                while (codes[first] ^ codes[second]) & 0xFFFF == 0:
                    second = rng.choice(order)
                text = f"{rng.choice(FAILURES)} [{prefixed(codes[first])}/{prefixed(codes[second])}]"
            else:
                text = rng.choice(TEXTS)
            if dice < 0.15 or dice > 0.6:
                text += f", {rng.choice(noises)}"
            second = row * 86400 // rows
            at = f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}.{row % 1000:03}"
            log.write(f"2026-11-24T{at}Z\tPC-{rng.randrange(20000):05}\t{text}\n")


def compare(engine, counted, expected):
    counted = {hex_: rows for hex_, rows in counted if rows}
    wrong = {hex_: (counted.get(hex_, 0), expected.get(hex_, 0)) for hex_ in counted.keys() | expected.keys()
             if counted.get(hex_, 0) != expected.get(hex_, 0)}
    if wrong:
        sys.exit(f"{engine} and scan count differently (engine, scan): {dict(sorted(wrong.items())[:10])}")
    print(f"{engine}: {sum(counted.values())} findings of {len(counted)} codes, equal to those of scan")


def run_duckdb(work, expected):
    import duckdb

    print(f"DuckDB {duckdb.__version__}")
    database = duckdb.connect()
    timed("DuckDB, load", lambda: database.execute(
        "CREATE TABLE logs AS SELECT * FROM read_csv('fleet.tsv', delim = '\t', header = true, quote = '', escape = '', "
        "columns = {time: 'TIMESTAMP', device: 'VARCHAR', message: 'VARCHAR'})"))
    setup, query = blocks("sql duckdb")
    for statement in statements(setup):
        database.execute(statement)
    found = timed("DuckDB, join", lambda: database.execute(query.strip().rstrip(";")).fetchall())
    compare("DuckDB", [(row[0], row[3]) for row in found], expected)
    return database


def run_kql(database, kql, query, expected):
    import duckdb_kql

    print(f"duckdb-kql {version('duckdb-kql')}")
    # DuckDB's names know no case.
    database.execute("DROP VIEW findings; ALTER TABLE logs RENAME TO rows_of_logs")
    database.execute("CREATE VIEW \"Logs\" AS SELECT time AS \"Time\", device AS \"Device\", message AS \"Message\" FROM rows_of_logs")
    # It takes no function whose body is a table, and has no tohex: the same table goes without, and the same digits one by one.
    kql = kql.replace("let IntuneErr = () {\n", "let IntuneErr = ").replace("]\n};", "];")
    digits = ", ".join(f"substring('0123456789abcdef', number / {16 ** place} % 16, 1)" for place in reversed(range(8)))
    query = f"let tohex8 = (number:long) {{ strcat({digits}) }};\n" + re.sub(r"tohex\((.*), 8\)", r"tohex8(\1)", query)
    try:
        found = timed("KQL in DuckDB, translate and join", lambda: duckdb_kql.query(database, kql + query).fetchall())
    except duckdb_kql.KqlError as error:
        print(f"duckdb-kql does not take it: {error}")
        return
    compare("KQL in DuckDB", [(row[0], row[1]) for row in found], expected)


def run_spark(expected):
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.master("local[2]").config("spark.driver.memory", "4g").config("spark.ui.enabled", "false")
    spark = spark.config("spark.sql.shuffle.partitions", "8").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    java = spark.sparkContext._jvm.System.getProperty("java.version")
    print(f"Spark {spark.version}, Java {java}")
    rows = spark.read.csv("fleet.tsv", sep="\t", header=True, quote="", schema="time TIMESTAMP, device STRING, message STRING")
    rows.createOrReplaceTempView("logs")
    setup, query = blocks("sql spark")
    for statement in statements(setup):
        spark.sql(statement)
    found = timed("Spark, load and join", lambda: spark.sql(query.strip().rstrip(";")).collect())
    compare("Spark", [(row["hex"], row["rows"]) for row in found], expected)
    spark.stop()


NODE = r"""
require('@kusto/language-service-next/bridge.min.js');
require('@kusto/language-service-next/Kusto.Language.Bridge.min.js');
const text = require('fs').readFileSync(0, 'utf8');
const code = Kusto.Language.KustoCode.ParseAndAnalyze(text);
const found = code.GetDiagnostics();
for (let i = 0; i < found.Count; i++) {
  const one = found.getItem(i);
  console.log(`${one.Severity} ${one.Code} at ${one.Start}: ${one.Message}: ${text.substr(one.Start, 60)}`);
}
console.log(`${found.Count} diagnostics`);
"""


def parse_kql(modules, kql, function, query):
    """Has Microsoft's language service parse and analyze the function alone, and with the query of the document."""
    folder = modules / "node_modules/@kusto/language-service-next"
    if not folder.is_dir():
        print("skipped: @kusto/language-service-next is not installed")
        return
    print(f"language-service-next {json.loads((folder / 'package.json').read_text(encoding='utf-8-sig'))['version']}")
    logs = "let Logs = datatable(Time:datetime, Device:string, Message:string)[];\n"
    # A fault on purpose shows that faults are found.
    wrong = kql + "| where Nonsense == 1"
    for name, text, clean in (("function", kql, True), ("query", logs + function + query, True), ("a wrong column", wrong, False)):
        environment = os.environ | {"NODE_PATH": str(modules / "node_modules")}
        run = subprocess.run(["node", "-e", NODE], input=text, text=True, stdout=subprocess.PIPE, env=environment, check=True)
        print(f"language service, {name}: {run.stdout.strip()}")
        if (run.stdout == "0 diagnostics\n") is not clean:
            sys.exit("that was not expected")


def installed(package):
    if importlib.util.find_spec(package):
        return True
    print(f"skipped: {package} is not installed")
    return False


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rows", type=int, default=5_000_000)
    options.add_argument("--seed", type=int, default=5)
    options.add_argument("--program", type=Path, default=ROOT / "target/release/intune-err")
    options.add_argument("--modules", type=Path, default=Path.cwd(), help="the folder that node_modules is in")
    options = options.parse_args()
    binary, modules = options.program.resolve(), options.modules.resolve()
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, {program(binary, '-V').decode().strip()}")

    with tempfile.TemporaryDirectory() as work:
        os.chdir(work)
        for form in ("csv", "ndjson", "kql"):
            Path(f"intune.{form}").write_bytes(program(binary, "export", "--format", form))
        codes = sorted({int(code, 16) for line in open("intune.ndjson", encoding="utf-8") for code in json.loads(line)["codes"]})
        # The HRESULT of a plain Win32 code is the same error.
        codes += [0x8007_0000 | code for code in codes if code < 1 << 16 and 0x8007_0000 | code not in codes]
        timed(f"generate {options.rows} rows", lambda: generate("fleet.tsv", options.rows, codes, options.seed))
        print(f"{Path('fleet.tsv').stat().st_size / 1e6:.0f} MB")
        summary = timed("scan --summary --json", lambda: program(binary, "scan", "--summary", "--json", "fleet.tsv"))
        expected = {}
        for line in summary.splitlines():
            tally = json.loads(line)
            if tally["code"] and tally["entries"]:
                expected[tally["code"]["hex"]] = tally["count"]
        print(f"scan: {sum(expected.values())} findings of {len(expected)} codes")

        kql, (query,) = Path("intune.kql").read_text(encoding="utf-8"), blocks("kql")
        # The function is called on its last line; here the query calls it.
        function = kql.removesuffix("IntuneErr\n")
        if installed("duckdb"):
            database = run_duckdb(work, expected)
            if installed("duckdb_kql"):
                run_kql(database, function, query, expected)
        if installed("pyspark"):
            run_spark(expected)
        parse_kql(modules, kql, function, query)


if __name__ == "__main__":
    main()
