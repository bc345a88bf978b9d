"""Checks filled manifests: packaging/check.sh calls it."""

import json
import os
import pathlib
import re
import subprocess
import sys

import yaml

folder, sums, version = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
hashes = dict(reversed(line.split()) for line in sums.read_text().splitlines())
archive = f"intune-err-{version}-x86_64-pc-windows-gnu"
faults = []


def check(condition, file, fault):
    if not condition:
        faults.append(f"{file}: {fault}")


def text(file, manifest, key, pattern=".+", most=2048):
    value = manifest.get(key)
    check(isinstance(value, str) and re.fullmatch(pattern, value) and len(value) <= most, file, f"{key} is {value!r}")
    return value


URL = r"https://\S+"
ID = r'[^.\s\\/:*?"<>|]{1,32}(\.[^.\s\\/:*?"<>|]{1,32}){1,7}'
common = {"PackageIdentifier", "PackageVersion", "ManifestType", "ManifestVersion"}
allowed = {
    "version": common | {"DefaultLocale"},
    "installer": common | {"InstallerType", "NestedInstallerType", "NestedInstallerFiles", "Commands", "Installers"},
    "defaultLocale": common
    | {"PackageLocale", "Publisher", "PublisherSupportUrl", "PackageName", "PackageUrl", "License", "LicenseUrl", "ShortDescription"}
    | {"Moniker", "Tags", "ReleaseNotesUrl"},
}
winget = {}
for path in sorted((folder / "winget").iterdir()):
    manifest = yaml.safe_load(path.read_text())
    kind = text(path.name, manifest, "ManifestType")
    winget[kind] = manifest
    check(kind in allowed and set(manifest) <= allowed.get(kind, set()), path.name, f"unknown keys among {sorted(manifest)}")
    identifier = text(path.name, manifest, "PackageIdentifier", ID, 128)
    suffix = {"version": "", "installer": ".installer", "defaultLocale": ".locale.en-US"}.get(kind)
    check(path.name == f"{identifier}{suffix}.yaml", path.name, f"the name should be {identifier}{suffix}.yaml")
    check(manifest.get("PackageVersion") == version, path.name, "another version")
    text(path.name, manifest, "ManifestVersion", r"1\.(6|7|9|10|12)\.0")
check(set(winget) == set(allowed), "winget", f"there are {sorted(winget)}")

installer = winget["installer"]
check(installer["InstallerType"] == "zip" and installer["NestedInstallerType"] == "portable", "winget", "no zip with a portable program")
for file in installer["NestedInstallerFiles"]:
    check(file["RelativeFilePath"] == rf"{archive}\intune-err.exe", "winget", f"no such file: {file['RelativeFilePath']}")
    check(len(file["PortableCommandAlias"]) <= 40, "winget", "the alias is too long")
check(len(installer["Installers"]) == 1, "winget", "one installer is expected")
for one in installer["Installers"]:
    check(one["Architecture"] == "x64", "winget", "another architecture")
    check(text("winget", one, "InstallerUrl", URL).endswith(f"/v{version}/{archive}.zip"), "winget", "another file")
    check(text("winget", one, "InstallerSha256", "[A-F0-9]{64}").lower() == hashes[f"{archive}.zip"], "winget", "another hash")
locale = winget["defaultLocale"]
for key, most in [("PackageLocale", 20), ("Publisher", 256), ("PackageName", 256), ("License", 512), ("ShortDescription", 256)]:
    text("winget", locale, key, ".{2,}", most)
for key in ["PublisherSupportUrl", "PackageUrl", "LicenseUrl", "ReleaseNotesUrl"]:
    text("winget", locale, key, URL)
check(winget["version"]["DefaultLocale"] == locale["PackageLocale"], "winget", "the default locale has no file")
check(len(locale["Tags"]) <= 16 and all(len(tag) <= 40 for tag in locale["Tags"]), "winget", "tags")

scoop = json.loads((folder / "scoop/intune-err.json").read_text())
check(set(scoop) == {"version", "description", "homepage", "license", "architecture", "bin", "checkver", "autoupdate"}, "scoop", "keys")
text("scoop", scoop, "version", r"[\w\-.+_]+")
text("scoop", scoop, "homepage", URL)
text("scoop", scoop, "license")
here = scoop["architecture"]["64bit"]
check(here["url"].endswith(f"/v{version}/{archive}.zip") and "$" not in here["url"], "scoop", "another file")
check(here["hash"] == hashes[f"{archive}.zip"], "scoop", "another hash")
check(here["extract_dir"] == archive, "scoop", "another folder")
later = scoop["autoupdate"]["architecture"]["64bit"]
check({key: value.replace("$version", version) for key, value in later.items()} == {key: here[key] for key in later}, "scoop", "autoupdate")

formula = (folder / "homebrew/intune-err.rb").read_text()
check(f'sha256 "{hashes[f"intune-err-{version}.tar.gz"]}"' in formula, "homebrew", "another hash")
check(f"/v{version}/intune-err-{version}.tar.gz" in formula, "homebrew", "another file")
description = re.search(r'desc "(.*)"', formula)[1]
check(len(description) <= 80 and not description.startswith(("A ", "An ", "The ")), "homebrew", "what `brew audit` says of desc")

# What `cargo binstall` makes of the metadata. It asks for the targets that fit a machine, one after the other.
metadata = subprocess.run(["cargo", "metadata", "--no-deps", "--offline", "--locked", "--format-version", "1"], capture_output=True, check=True)
package = json.loads(metadata.stdout)["packages"][0]
binstall = package["metadata"]["binstall"]
repository = package["repository"] or "https://github.com/example/intune-err"
for target, file in [
    ("x86_64-unknown-linux-gnu", f"intune-err-{version}-x86_64-unknown-linux-gnu.tar.gz"),
    ("x86_64-unknown-linux-musl", f"intune-err-{version}-x86_64-unknown-linux-musl.tar.gz"),
    ("x86_64-pc-windows-gnu", f"{archive}.zip"),
    ("x86_64-pc-windows-msvc", f"{archive}.zip"),
]:
    wanted = {key: value for key, value in binstall.items() if key != "overrides"} | binstall["overrides"].get(target, {})
    suffix = ".exe" if "windows" in target else ""
    names = {"repo": repository, "name": package["name"], "version": version, "target": target, "bin": "intune-err", "binary-ext": suffix}
    filled = {key: re.sub(r"\{ ([a-z-]+) \}", lambda match: names[match[1]], value) for key, value in wanted.items()}
    url, program = filled["pkg-url"], f"{re.sub(r'[.](zip|tar[.]gz)$', '', file)}/intune-err{suffix}"
    check(url == f"{repository}/releases/download/v{version}/{file}", "binstall", f"{target}: {url}")
    check(filled["bin-dir"] == program, "binstall", f"{target}: {filled['bin-dir']}")
    check(filled["pkg-fmt"] == {"zip": "zip", "gz": "tgz"}[file.rsplit(".", 1)[1]], "binstall", f"{target}: {filled['pkg-fmt']}")
    # Where there is a release, the file has to be one of it, and to hold the program there.
    made = pathlib.Path(os.environ.get("DIST", "")) / file
    if made.is_file():
        listing = ["unzip", "-Z1"] if file.endswith("zip") else ["tar", "-tf"]
        inside = subprocess.run([*listing, made], capture_output=True, text=True, check=True).stdout.splitlines()
        check(program in inside, "binstall", f"{file} does not hold {program}")
        check(file in hashes, "binstall", f"SHA256SUMS does not name {file}")

print("\n".join(faults) or "winget, scoop, Homebrew and binstall: nothing wrong")
sys.exit(bool(faults))
