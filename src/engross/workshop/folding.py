"""How the printers of a book fold its pages."""

from collections.abc import Iterator

from engross.make.press import profiles
from engross.model.finding import Place
from engross.model.source import SourceFile
from engross.read import Sources
from engross.release.signatures import Folding
from engross.schema.manifest import Manifest
from engross.schema.profile import Profile


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
