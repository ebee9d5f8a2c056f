"""
A BagIt bag (RFC 8493) for an archive or library: everything that is published, in one ZIP file.

Its payload is the published folder: outputs, evidence, and a receipt of all that. The day in it is
the edition's own, so that the same edition gives the same bag.
"""

import hashlib
from collections.abc import Mapping, Sequence

from engross.assemble.edition import Edition
from engross.make.epub.container import zipped
from engross.model.check import Output

ALGORITHMS = ("sha256", "sha512")


def make_deposit(edition: Edition, outputs: Sequence[Output], receipt: bytes) -> Output:
    """Pack everything that was made, and the receipt of it, in a bag of the edition."""
    manifest = edition.manifest
    payload = {f"data/{output.name}": output.content for output in outputs}
    payload["data/receipt.json"] = receipt
    tags = {
        "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": _info(edition, payload),
        **{f"manifest-{name}.txt": _sums(payload, name) for name in ALGORITHMS},
    }
    tags |= {f"tagmanifest-{name}.txt": _sums(tags, name) for name in ALGORITHMS}
    name = f"{manifest.edition}-{manifest.version}-bag"
    content = zipped({f"{name}/{path}": body for path, body in {**tags, **payload}.items()})
    return Output("bag", f"{name}.zip", content)


def _info(edition: Edition, payload: Mapping[str, bytes]) -> bytes:
    manifest = edition.manifest
    size = sum(map(len, payload.values()))
    state = "released" if edition.released else f"draft {edition.digest[:12]}"
    rows = [
        ("Source-Organization", manifest.publisher.name if manifest.publisher else ""),
        ("External-Description", f"{manifest.title}, version {manifest.version} ({state})"),
        ("External-Identifier", manifest.identifier_this or manifest.identifier),
        ("Bagging-Date", edition.modified),
        ("Payload-Oxum", f"{size}.{len(payload)}"),
        ("Bag-Software-Agent", "engross"),
    ]
    return "".join(f"{name}: {value}\n" for name, value in rows if value).encode()


def _sums(files: Mapping[str, bytes], algorithm: str) -> bytes:
    lines = (
        f"{hashlib.new(algorithm, body).hexdigest()}  {path}\n"
        for path, body in sorted(files.items())
    )
    return "".join(lines).encode()
