"""Checks filled manifests: packaging/check.sh calls it."""

import pathlib
import re
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

formula = (folder / "homebrew/intune-err.rb").read_text()
check(f'sha256 "{hashes[f"intune-err-{version}.tar.gz"]}"' in formula, "homebrew", "another hash")
check(f"/v{version}/intune-err-{version}.tar.gz" in formula, "homebrew", "another file")
description = re.search(r'desc "(.*)"', formula)[1]
check(len(description) <= 80 and not description.startswith(("A ", "An ", "The ")), "homebrew", "what `brew audit` says of desc")

print("\n".join(faults) or "winget and Homebrew: nothing wrong")
sys.exit(bool(faults))
