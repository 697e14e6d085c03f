#!/usr/bin/env python3
"""What the program is made of: its licences for the reader, and a list of parts for whoever keeps an inventory.

    packaging/parts.py notices            writes assets/notices.txt, which is embedded (ヘルプ → ライセンス)
    packaging/parts.py sbom OUT.json      writes a CycloneDX 1.5 list of parts
    packaging/parts.py check              says whether assets/notices.txt fits Cargo.lock, and the list of parts its schema

Counted is what is linked or built into a package of either system (`--features second-renderer`), without what only
tests need. The same Cargo.lock gives the same bytes. The schema is that of `cyclonedx-python-lib[json-validation]`, where
Python has it; without it only names and references are checked.
"""
import collections
import functools
import json
import pathlib
import re
import subprocess
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
NOTICES = ROOT / "assets" / "notices.txt"
TARGETS = ["x86_64-unknown-linux-gnu", "x86_64-pc-windows-gnu"]
TEXTS = re.compile(r"^(un)?licen[sc]e|^copying|^notice|^copyright", re.IGNORECASE)
FONTS = [
    ("BIZ UDGothic・BIZ UDPGothic", "OFL-1.1", ROOT / "fonts" / "OFL-BIZUDGothic.txt"),
    ("Noto Sans JP", "OFL-1.1", ROOT / "fonts" / "OFL-NotoSansJP.txt"),
]


@functools.cache
def parts():
    """The packages of others, sorted by name and version."""
    found = {}
    for target in TARGETS:
        command = ["cargo", "metadata", "--format-version=1", "--locked", "--features=second-renderer"]
        command += [f"--filter-platform={target}"]
        tree = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)
        nodes = {node["id"]: node for node in tree["resolve"]["nodes"]}
        packages = {package["id"]: package for package in tree["packages"]}
        waiting, seen = [tree["resolve"]["root"]], set()
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            for dependency in nodes[name]["deps"]:
                if any(kind["kind"] is None for kind in dependency["dep_kinds"]):
                    waiting.append(dependency["pkg"])
        found |= {name: packages[name] for name in seen if packages[name]["source"]}
    return sorted(found.values(), key=lambda package: (package["name"], package["version"]))


def licence(package):
    """The licence as an SPDX expression; older packages write a slash for OR."""
    return (package["license"] or "").replace("/", " OR ").replace("  ", " ") or "LicenseRef-see-text"


def texts(package):
    """The licence texts that came with a package."""
    folder = pathlib.Path(package["manifest_path"]).parent
    files = [path for path in sorted(folder.iterdir()) if TEXTS.match(path.name) and path.is_file()]
    if (folder / "LICENSES").is_dir():
        files += sorted((folder / "LICENSES").iterdir())
    if package["license_file"]:
        files.append(folder / package["license_file"])
    wanted = [path for path in dict.fromkeys(files) if path.suffix not in {".rs", ".py", ".toml"}]
    # Where we may choose we take MIT, the shortest.
    if re.search(r"\bOR MIT\b|\bMIT OR\b", licence(package)) and any("mit" in path.name.lower() for path in wanted):
        others = ("apache", "unlicense", "zlib", "0bsd", "boost", "isc")
        wanted = [path for path in wanted if not any(other in path.name.lower() for other in others)]
    return [tidy(path.read_text(encoding="utf-8", errors="replace")) for path in wanted]


def tidy(text):
    """A text without what differs between copies of the same licence: line ends, spaces, empty lines."""
    lines = [line.rstrip() for line in text.replace("\r", "").replace("\ufeff", "").replace("\f", "").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def same(text):
    """What two copies of a licence have in common."""
    return re.sub(r"\W+", " ", text.lower()).strip()


def split(text):
    """Whose work it is, and the terms that many share."""
    begin = re.search(r"^ *Permission is hereby granted, free of charge", text, re.MULTILINE)
    if begin and len(text) < 3000:
        return text[: begin.start()].strip(), text[begin.start() :]
    return "", text


def notices():
    """The whole text: the list of parts, then every licence text once, with the parts it came with."""
    all_parts = parts()
    shared, wording, silent = collections.defaultdict(lambda: collections.defaultdict(list)), {}, []
    for package in all_parts:
        label = f'{package["name"]} {package["version"]}'
        its_texts = texts(package)
        if not its_texts:
            silent.append(label)
        for owner, terms in map(split, its_texts):
            wording.setdefault(same(terms), terms)
            if label not in shared[same(terms)][owner]:
                shared[same(terms)][owner].append(label)
    lines = ["評価書工房に入っているほかの方の著作物とその使用条件", ""]
    lines += ["評価書工房そのものは、MIT または Apache-2.0 で使えます。", "", "書体", ""]
    lines += [f"- {name}（{terms}）" for name, terms, _ in FONTS]
    lines += ["", f"部品（{len(all_parts)}件）", ""]
    lines += [f'- {package["name"]} {package["version"]}（{licence(package)}）' for package in all_parts]
    if silent:
        lines += ["", "次の部品には使用条件の全文が付いていません。上の名の条件によります。", "", "、".join(silent)]
    for package in all_parts:
        if "MPL" in licence(package):
            lines += ["", f'{package["name"]} のソースコード: https://crates.io/crates/{package["name"]}（変更していません）']
    for name, _, path in FONTS:
        lines += ["", "=" * 72, f"書体 {name}", "=" * 72, "", tidy(path.read_text(encoding="utf-8"))]
    for key in sorted(shared, key=lambda key: (-len(shared[key]), list(shared[key].values()))):
        lines += ["", "=" * 72]
        for owner, labels in shared[key].items():
            lines += ["、".join(labels), *([*(f"    {line}" for line in owner.splitlines() if line)])]
        lines += ["=" * 72, "", wording[key]]
    return "\n".join(lines) + "\n"


def sbom():
    """The list of parts as CycloneDX 1.5, without a time and without a random number."""
    own = tomllib.loads((ROOT / "Cargo.toml").read_text(encoding="utf-8"))["package"]
    locked = tomllib.loads((ROOT / "Cargo.lock").read_text(encoding="utf-8"))["package"]
    sums = {(package["name"], package["version"]): package.get("checksum") for package in locked}

    def component(package):
        name, version = package["name"], package["version"]
        part = {"type": "library", "bom-ref": f"pkg:cargo/{name}@{version}", "name": name, "version": version}
        if sums.get((name, version)):
            part["hashes"] = [{"alg": "SHA-256", "content": sums[(name, version)]}]
        part["licenses"] = [{"expression": licence(package)}]
        part["purl"] = f"pkg:cargo/{name}@{version}"
        return part

    fonts = [
        {"type": "data", "bom-ref": f"font:{name}", "name": name, "licenses": [{"expression": terms}]}
        for name, terms, _ in FONTS
    ]
    program = {"type": "application", "bom-ref": "hyoukasho", "name": own["name"], "version": own["version"]}
    program["licenses"] = [{"expression": own["license"]}]
    components = [component(package) for package in parts()] + fonts
    bom = {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "metadata": {"component": program}}
    bom["components"] = components
    bom["dependencies"] = [{"ref": "hyoukasho", "dependsOn": [part["bom-ref"] for part in components]}]
    return json.dumps(bom, ensure_ascii=False, indent=1) + "\n"


def trouble(bom):
    """What is wrong with a list of parts, in words; None where nothing is."""
    told = json.loads(bom)
    refs = [part["bom-ref"] for part in told["components"]]
    if len(set(refs)) != len(refs):
        return "two parts have one reference"
    if set(told["dependencies"][0]["dependsOn"]) != set(refs):
        return "the program does not depend on each part"
    for part in told["components"]:
        if not part["name"] or not part["licenses"][0]["expression"]:
            return f"a part without name or licence: {part}"
        if part["type"] == "library" and not re.fullmatch("[0-9a-f]{64}", part["hashes"][0]["content"]):
            return f"a part without its sum: {part}"
    try:
        from cyclonedx.schema import SchemaVersion
        from cyclonedx.validation.json import JsonStrictValidator
    except ImportError:
        print("the schema of CycloneDX is not at hand: names and references alone were checked")
        return None
    found = JsonStrictValidator(SchemaVersion.V1_5).validate_str(bom)
    return f"not CycloneDX 1.5: {found}" if found else None


def main(arguments):
    match arguments:
        case ["notices"]:
            NOTICES.write_text(notices(), encoding="utf-8")
        case ["sbom", out]:
            pathlib.Path(out).write_text(sbom(), encoding="utf-8")
        case ["check"]:
            if not NOTICES.exists() or NOTICES.read_text(encoding="utf-8") != notices():
                sys.exit("assets/notices.txt does not fit Cargo.lock: run packaging/parts.py notices")
            if wrong := trouble(sbom()):
                sys.exit(f"the list of parts: {wrong}")
        case _:
            sys.exit(__doc__)


main(sys.argv[1:])
