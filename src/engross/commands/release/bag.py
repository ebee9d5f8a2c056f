"""A BagIt bag (RFC 8493) of everything that a version is made from, to make it again elsewhere."""

import hashlib
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

from engross.commands.book import FoundBook, shown
from engross.commands.stages import Finished
from engross.disk import fs
from engross.disk.refused import explained
from engross.model.check import Made
from engross.model.finding import Finding
from engross.publish.receipt import SUMS


def make_bag(
    found: FoundBook, finished: Finished, version: str, day: str, record: Mapping[str, bytes]
) -> Made:
    """
    Write `dist/<slug>/bags/<version>/`, which appears whole.

    The same release gives the same bytes: the bagging date is that of the release. A bag that is
    there already is of a release that was interrupted before its record made it one, and goes.

    Args:
        found: the book.
        finished: its edition.
        version: that is being released.
        day: of the release.
        record: the files of `releases/<version>/`, which will be written when the bag is there.

    Raises:
        EngrossError: the system refuses it.
    """
    manifest = finished.edition.manifest
    edition = found.dist / manifest.edition
    bags = edition / "bags"
    bag, stage = bags / version, bags / f".new-{version}"
    with explained(found.dist):
        fs.make_folders(bags, edition)
        fs.remove_tree(stage)
        fs.remove_tree(bag)
        fs.make_folder(stage)
        fs.write_files(stage, _payload(finished, version, record))
        _describe(stage, finished, version, day)
        fs.sync_tree(stage)
        fs.rename(stage, bag)
        fs.sync_folder(bags)
    files = fs.files_below(bag)
    size = sum((bag / name).stat().st_size for name in files)
    tags = (bag / "tagmanifest-sha256.txt").read_bytes()
    return Made("bag", shown(bag), hashlib.sha256(tags).hexdigest(), size)


def _payload(finished: Finished, version: str, record: Mapping[str, bytes]) -> dict[str, bytes]:
    sources, manifest = finished.sources, finished.edition.manifest
    files: dict[str, bytes] = {}
    for path in sources.digests():
        file = sources.file(path)
        if not isinstance(file, Finding):
            files[f"book/{path}"] = file.content
    for name, content in record.items():
        files[f"book/releases/{version}/{name}"] = content
    published = finished.published.path.resolve()
    files["published/SHA256SUMS"] = fs.read_file(published / SUMS)
    form = resources.files(__package__).joinpath("bag.txt").read_text("utf-8")
    words = form.format(title=manifest.title, version=version, slug=manifest.edition)
    files["README.txt"] = words.encode()
    return files


def _describe(stage: Path, finished: Finished, version: str, day: str) -> None:
    """Move the files into `data/` and write the tag files, by the library of that name."""
    import bagit

    manifest = finished.edition.manifest
    info = {
        "Source-Organization": manifest.publisher.name if manifest.publisher else "",
        "External-Identifier": manifest.identifier,
        "External-Description": f"{manifest.title}, version {version}",
        "Bagging-Date": day,
    }
    bagit.make_bag(
        str(stage.resolve()),
        {key: value for key, value in info.items() if value},
        checksums=["sha256"],
    )
