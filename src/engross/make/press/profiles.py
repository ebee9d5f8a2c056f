"""Printer profiles: those that are shipped, and the book's own."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from engross.catalog import finding
from engross.catalog.nearest import nearest
from engross.model.finding import Finding, Place
from engross.model.source import SourceFile
from engross.parse.load import Parsed, load
from engross.schema.manifest import OwnIntent
from engross.schema.profile import Profile
from engross.schema.trim import Intent

FOLDER = "profiles"
"""Where a book keeps its own profiles, one a file; they go before the shipped ones."""


@cache
def names() -> tuple[str, ...]:
    """The names of the profiles of the package, sorted."""
    found = (path.name for path in files("engross.make").joinpath(FOLDER).iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in found if name.endswith(".yaml")))


@cache
def one(name: str) -> Profile:
    """
    A profile of the package.

    Raises:
        ValueError: the shipped file is not a profile; never in a package that passed its tests.
    """
    path = files("engross.make").joinpath(FOLDER, f"{name}.yaml")
    read = load(Profile, SourceFile.of(path.name, path.read_bytes()))
    if not isinstance(read, Parsed):
        raise ValueError("\n".join(str(fault) for fault in read))
    return read.value


def shipped() -> dict[str, Profile]:
    """
    The profiles of the package, by name, in the order of their names.

    Raises:
        ValueError: one of them is not a profile.
    """
    return {name: one(name) for name in names()}


def as_ordered(profile: Profile, intent: OwnIntent | None) -> Profile:
    """The profile with the printing condition that the book names, if it does."""
    if intent is None:
        return profile
    own = Intent(identifier=intent.identifier, condition=intent.condition, registry=intent.registry)
    standard = profile.standard.model_copy(update={"value": "PDF/X-4"})
    return profile.model_copy(
        update={
            "intent": profile.intent.model_copy(update={"value": own}),
            "icc": intent.icc or profile.icc,
            "standard": standard if intent.icc else profile.standard,
        }
    )


def find(name: str, own: Mapping[str, SourceFile], place: Place) -> Profile | tuple[Finding, ...]:
    """
    The profile that `print.profiles` of the manifest names, the book's own before a shipped one.

    `own` are the book's files by path, `profiles/ours.yaml`; `place` is where the name stands.
    """
    file = own.get(f"{FOLDER}/{name}.yaml")
    if file is not None:
        read = load(Profile, file)
        return read.value if isinstance(read, Parsed) else read
    if name in names():
        return one(name)
    known = sorted({*names(), *(path[len(FOLDER) + 1 : -5] for path in own)})
    near = nearest(name.lower().replace("_", "-"), known)
    hint = f"did you mean '{near}'? " if near else ""
    return (
        finding(
            "W120",
            place,
            f"there is no printer profile '{name}'",
            f"{hint}use one of {', '.join(known)}, or add {FOLDER}/{name}.yaml to the book",
        ),
    )
