"""The printers that a book names, looked up before anything is made, and how they fold pages."""

from collections.abc import Iterator, Mapping

from engross.make.press import profiles
from engross.model.finding import Finding, Place
from engross.model.source import SourceFile
from engross.parse.load import Parsed
from engross.read import Sources
from engross.release.signatures import Folding
from engross.schema.manifest import Manifest
from engross.schema.profile import Profile

PRINTED = {"print", "cover"}


def own_profiles(sources: Sources) -> Mapping[str, SourceFile]:
    """The book's own profiles, by path."""
    files = {path: sources.file(path) for path in sources.find("profiles/*.yaml")}
    return {path: file for path, file in files.items() if isinstance(file, SourceFile)}


def judge_printers(manifest: Parsed[Manifest], sources: Sources) -> Iterator[Finding]:
    """What is wrong with the printers of a book that is to be printed."""
    wanted = manifest.value
    for index, name in enumerate(wanted.print.profiles if PRINTED & {*wanted.outputs} else ()):
        place = manifest.place("print", "profiles", index)
        found = profiles.find(name, own_profiles(sources), place)
        yield from found if isinstance(found, tuple) else ()


def foldings(manifest: Manifest, sources: Sources) -> tuple[Folding, ...]:
    """One for each printer that folds sheets; a printer of single leaves has none."""
    return tuple(_foldings(manifest, sources))


def _foldings(manifest: Manifest, sources: Sources) -> Iterator[Folding]:
    files = (sources.file(path) for path in sources.find(f"{profiles.FOLDER}/*.yaml"))
    own = {file.path: file for file in files if isinstance(file, SourceFile)}
    wanted = manifest.print
    for name in wanted.profiles:
        profile = profiles.find(name, own, Place("manifest.yaml"))
        if not isinstance(profile, Profile):
            continue  # a finding of every build
        alone = profile.extents.value[0]
        extent = profile.extent(wanted.binding) or alone
        if extent.binding == "saddle":
            yield Folding(name, extent.binding, 4, extent.multiple)
        elif size := wanted.signature or extent.signature:
            yield Folding(name, extent.binding, size, extent.multiple)
