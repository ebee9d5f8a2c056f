"""Which version a published folder is, read from the folder itself."""

import contextlib
import json
from pathlib import Path
from typing import Any

from engross.model.source import SourceFile
from engross.read import open_folder

FAULTS = (OSError, ValueError, KeyError, TypeError, RecursionError)
"""What a file that was altered may make of its reading."""


def version_of(folder: Path) -> tuple[str, bool]:
    """The version that a published folder says it is, else empty; and whether it is a release."""
    with contextlib.suppress(*FAULTS):
        receipt = _read(folder, "receipt.json")
        asked = receipt["predicate"]["buildDefinition"]["externalParameters"]
        version = str(asked["version"])
        return version, _is_release(folder, version)
    return "", False


def _is_release(folder: Path, version: str) -> bool:
    """Dist has it under its version, or it says so."""
    build = folder.resolve()
    if (build.parent.parent / version).resolve() == build:
        return True
    with contextlib.suppress(*FAULTS):
        log = _read(folder, "metadata/changelog.json")
        return any(row["version"] == version and row["released"] for row in log["versions"])
    return False


def _read(folder: Path, path: str) -> Any:
    file = open_folder(folder).file(path)
    return json.loads(file.content) if isinstance(file, SourceFile) else None
