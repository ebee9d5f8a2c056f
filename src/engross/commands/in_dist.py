"""Which version a published folder is, read from the folder itself."""

import contextlib
import json
from pathlib import Path


def version_of(folder: Path) -> tuple[str, bool]:
    """The version that a published folder says it is, else empty; and whether it is a release."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        receipt = json.loads((folder / "receipt.json").read_bytes())
        asked = receipt["predicate"]["buildDefinition"]["externalParameters"]
        version = str(asked["version"])
        return version, _is_release(folder, version)
    return "", False


def _is_release(folder: Path, version: str) -> bool:
    """Dist has it under its version, or it says so."""
    build = folder.resolve()
    if (build.parent.parent / version).resolve() == build:
        return True
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        log = json.loads((folder / "metadata" / "changelog.json").read_bytes())
        return any(row["version"] == version and row["released"] for row in log["versions"])
    return False
