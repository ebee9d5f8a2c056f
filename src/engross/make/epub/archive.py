"""ZIP archives of EPUBs and bags: sorted, one date, an EPUB's `mimetype` first and stored."""

import io
import zipfile
from collections.abc import Mapping

OLDEST = (1980, 1, 1, 0, 0, 0)
"""The one date of all entries: the first that a ZIP archive can hold."""
LEVEL = 9
FIRST = "mimetype"


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The archive of some files, by their names."""
    target = io.BytesIO()
    names = sorted(files, key=lambda name: (name != FIRST, name))
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            entry = zipfile.ZipInfo(name, OLDEST)
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            how = zipfile.ZIP_STORED if name == FIRST else zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name], how, LEVEL)
    return target.getvalue()
