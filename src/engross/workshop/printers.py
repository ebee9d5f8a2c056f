"""The printers that a book names, looked up before anything is made for them."""

from collections.abc import Iterator, Mapping

from engross.make.press import profiles
from engross.model.finding import Finding
from engross.model.source import SourceFile
from engross.parse.load import Parsed
from engross.read import Sources
from engross.schema.manifest import Manifest

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
