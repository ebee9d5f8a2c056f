"""A bag, read back: its sums, its counts, and whether it holds what lies beside it."""

import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping

from engross.catalog import finding
from engross.model.finding import Finding, Place

PAYLOAD = "data/"
END = "-bag.zip"


def check_deposit(
    name: str, bag: bytes, beside: Mapping[str, bytes] | None = None
) -> tuple[Finding, ...]:
    """Every fault of a bag; files that lie beside it and in it must be the same."""
    try:
        with zipfile.ZipFile(io.BytesIO(bag)) as archive:
            files = {
                path.partition("/")[2]: archive.read(path)
                for path in archive.namelist()
                if not path.endswith("/")
            }
    except zipfile.BadZipFile as error:
        return (_fault(name, f"it cannot be opened: {error}"),)
    return tuple(_fault(name, what) for what in (*_faults(files), *_strange(files, beside or {})))


def _faults(files: Mapping[str, bytes]) -> Iterator[str]:
    if not files.get("bagit.txt", b"").startswith(b"BagIt-Version: 1.0\n"):
        yield "it does not say that it is a bag"
    manifests = [path for path in files if path.startswith("manifest-")]
    if not manifests:
        yield "it has no manifest"
    for manifest in sorted(path for path in files if path.partition("-")[0] in _KINDS):
        listed = dict(_rows(files[manifest]))
        algorithm = manifest.rpartition("-")[2].removesuffix(".txt")
        for path, digest in sorted(listed.items()):
            if path not in files:
                yield f"{path} is listed in {manifest} and not there"
            elif hashlib.new(algorithm, files[path]).hexdigest() != digest:
                yield f"{path} is not what {manifest} says"
        for path in sorted(files) if manifest in manifests else ():
            if path.startswith(PAYLOAD) and path not in listed:
                yield f"{path} is not listed in {manifest}"
    payload = [body for path, body in files.items() if path.startswith(PAYLOAD)]
    oxum = f"Payload-Oxum: {sum(map(len, payload))}.{len(payload)}\n"
    if oxum not in files.get("bag-info.txt", b"").decode("utf-8", "replace"):
        yield "its payload has another size or number than bag-info.txt says"


_KINDS = frozenset({"manifest", "tagmanifest"})


def _strange(files: Mapping[str, bytes], beside: Mapping[str, bytes]) -> Iterator[str]:
    own = {"receipt.json", "SHA256SUMS"}
    for name, body in sorted(beside.items()):
        if name in own or name.endswith(END):
            continue
        if files.get(f"{PAYLOAD}{name}") != body:
            yield f"{name} lies beside the bag and is not the same in it"


def _rows(manifest: bytes) -> Iterator[tuple[str, str]]:
    for line in manifest.decode("utf-8", "replace").splitlines():
        digest, _, path = line.partition("  ")
        yield path, digest


def _fault(name: str, what: str) -> Finding:
    return finding("Q401", Place(name), f"the bag is not whole: {what}")
