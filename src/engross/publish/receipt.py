"""
`receipt.json`: what an edition was made from, with what, and what was found when it was checked.

An in-toto Statement v1 with a SLSA provenance predicate, unsigned; it claims no SLSA level. No time
and no path of the machine stands in it, so that the same edition has the same receipt.
"""

import hashlib
import json
import platform
import zlib
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from engross import __version__
from engross.disk import fs
from engross.model.check import Checked, Output
from engross.publish.program import program_digests

SUMS = "SHA256SUMS"


_PACKAGES = ("weasyprint", "pydyf", "fonttools", "ebooklib", "jinja2", "pikepdf", "markdown-it-py")
"""Distributions whose version can change a byte of an output."""

DIGITS = 12
"""How many digits of a digest stand among versions."""


def versions(
    more: Mapping[str, str] | None = None, fonts: Mapping[str, str] | None = None
) -> dict[str, str]:
    """
    What makes the bytes, to explain a difference: versions, and digests of what has none.

    `fonts` are the digests of the faces, by name; `more` has what only the typesetter knows, such
    as Pango and HarfBuzz.
    """
    found = {
        "engross": __version__,
        **{name: digest[:DIGITS] for name, digest in program_digests().items()},
        "python": platform.python_version(),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
    }
    if fonts:
        found["fonts"] = digest_of(repr(sorted(fonts.items())).encode())[:DIGITS]
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return dict(sorted({**found, **(more or {})}.items()))


def receipt(
    slug: str,
    edition_version: str,
    inputs: Mapping[str, str],
    outputs: Sequence[Output],
    *,
    versions: Mapping[str, str],
    fonts: Mapping[str, str] | None = None,
    licences: Mapping[str, str] | None = None,
    checks: Sequence[Checked] = (),
    parameters: Mapping[str, str] | None = None,
) -> bytes:
    """
    The receipt's bytes.

    `inputs` and `fonts` are SHA-256 digests by name; `licences` has what the book says of the
    licence of a font; `parameters` says what was asked for beyond
    the manifest, such as the kinds of a draft.
    """
    digests = {output.name: digest_of(output.content) for output in outputs}
    statement = {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [
            {"name": name, "digest": {"sha256": digest}} for name, digest in sorted(digests.items())
        ],
        "predicateType": "https://slsa.dev/provenance/v1",
        "predicate": {
            "buildDefinition": {
                "buildType": "urn:x-engross:build:1",
                "externalParameters": {
                    "edition": slug,
                    "version": edition_version,
                    **dict(sorted((parameters or {}).items())),
                },
                "resolvedDependencies": [
                    *_resources("book", inputs),
                    *_resources("font", fonts or {}, licences),
                ],
            },
            "runDetails": {
                "builder": {
                    "id": "urn:x-engross:builder:1",
                    "version": dict(sorted(versions.items())),
                },
                "engross_checks": [
                    {
                        "tool": check.name,
                        "version": check.version,
                        "subject": check.subject,
                        **({"sha256": digests[check.subject]} if check.subject in digests else {}),
                        "verdict": check.verdict,
                    }
                    for check in sorted(checks, key=lambda check: (check.subject, check.name))
                ],
            },
        },
    }
    return (json.dumps(statement, ensure_ascii=False, indent=1) + "\n").encode()


def _resources(
    kind: str, digests: Mapping[str, str], licences: Mapping[str, str] | None = None
) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for name, digest in sorted(digests.items()):
        row: dict[str, object] = {"name": f"{kind}/{name}", "digest": {"sha256": digest}}
        if licence := (licences or {}).get(name):
            row["annotations"] = {"licence": licence}
        rows.append(row)
    return rows


def sums_of(files: Mapping[str, bytes]) -> bytes:
    """One line for each file, sorted by name; the list itself is not in it."""
    lines = [f"{digest_of(content)}  {name}\n" for name, content in files.items()]
    return "".join(sorted(lines, key=lambda line: line[66:])).encode()


def digest_of(content: bytes) -> str:
    """A file's SHA-256; that of the sums stands for a whole edition."""
    return hashlib.sha256(content).hexdigest()


def differences(folder: Path, digest: str) -> list[str]:
    """
    What a folder has that its digest does not promise, or the other way round, in words.

    Everything is read back from disk. Empty: the folder is exactly what was made.
    """
    try:
        sums = fs.read_file(folder / SUMS)
    except FileNotFoundError:
        return [f"{SUMS} is missing"]
    if digest_of(sums) != digest:
        return [f"{SUMS} is not the one that was written"]
    promised = {line[66:]: line[:64] for line in sums.decode().splitlines()}
    present = set(fs.files_below(folder)) - {SUMS}
    found = [f"{name} is missing" for name in sorted(promised.keys() - present)]
    found += [f"{name} does not belong there" for name in sorted(present - promised.keys())]
    for name in sorted(present & promised.keys()):
        path = folder / name
        if path.is_symlink() or not path.is_file():
            found.append(f"{name} is not a regular file")
        elif hashlib.sha256(fs.read_file(path)).hexdigest() != promised[name]:
            found.append(f"{name} has other bytes")
    return found
