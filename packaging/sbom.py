"""Makes the list of what the program is made of the same from run to run: packaging/release.sh calls it with the folder that
cargo-cyclonedx wrote its bom.json in, and the time of the commit. Fails if a crate that the program is linked from is not in it."""

import datetime, json, pathlib, re, subprocess, sys

folder, epoch = pathlib.Path(sys.argv[1]), int(sys.argv[2])
text = (folder / "bom.json").read_text(encoding="utf-8").replace(str(folder.resolve()), "/intune-err").replace(str(folder), "/intune-err")
bom = json.loads(text)
bom.pop("serialNumber", None)
bom["metadata"]["timestamp"] = datetime.datetime.fromtimestamp(epoch, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")

program = bom["metadata"]["component"]
assert bom["bomFormat"] == "CycloneDX" and program["name"] == "intune-err", program
parts = {(part["name"], part["version"]): part for part in bom["components"]}
tree = ["cargo", "tree", "--locked", "--offline", "-e", "normal", "--prefix", "none", "--manifest-path", str(folder / "Cargo.toml")]
linked = {tuple(found) for found in re.findall(r"^(\S+) v(\S+)", subprocess.run(tree, capture_output=True, text=True, check=True).stdout, re.M)}
missing = sorted(linked - set(parts) - {(program["name"], program["version"])})
if missing:
    sys.exit(f"not in the SBOM: {missing}")
if unlicensed := sorted(name for (name, _), part in parts.items() if not part.get("licenses")):
    sys.exit(f"without a license in the SBOM: {unlicensed}")
json.dump(bom, sys.stdout, indent=2, sort_keys=True)
print()
