"""
The words that an edition prints of its own, by key: a gettext catalogue a language.

`words.pot` has the keys (`msgctxt`) with the English words; `<tag>.po` beside it has those of
another language, with as many plural forms as its header says. This is the one module that reads
them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from io import BytesIO
from string import Formatter

ENGLISH = "en"
TEMPLATE = "words.pot"
UNREAD = "Not yet read by a native editor"
FOLDER = files("engross").joinpath("templates", "words")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The words of one language."""

    language: str
    """Primary subtag of what the words are written in."""
    entries: dict[str, tuple[str, ...]]
    """By key; more than one where the words bend with a number."""
    form: Callable[[int], int] = field(repr=False, compare=False)
    """Which of several forms a number takes."""
    read: bool = True
    """Whether a native editor has read it; the first comment of its file says where none has."""
    missing: tuple[str, ...] = ()
    """Keys that are said in English, since nobody has said them in this language."""


def primary(language: str) -> str:
    """
    The first subtag of a language tag.

    >>> primary("de-AT")
    'de'
    """
    return language.partition("-")[0].lower()


def catalogue(language: str) -> Catalogue:
    """The catalogue of a language, by its primary subtag; English where we have none of it."""
    tag = primary(language)
    return _read(tag if FOLDER.joinpath(f"{tag}.po").is_file() else ENGLISH)


def own_catalogue(language: str, content: bytes) -> tuple[Catalogue, tuple[tuple[int, str], ...]]:
    """
    The words of a book's own file before ours, and what is wrong with it: line and words.

    What the file does not say is said in our words of the language, else in English.
    """
    from babel.messages.pofile import PoFileError

    tag, shipped, english = primary(language), catalogue(language), _read(ENGLISH)
    spoken = shipped.language == tag
    try:
        said, places = _entries(tag, content)
    except PoFileError as error:
        return shipped, ((error.lineno or 0, str(error).lower()),)
    except (UnicodeDecodeError, ValueError, LookupError) as error:
        return shipped, ((0, f"is no gettext catalogue in UTF-8: {error}"),)
    faults = []
    for key, forms in said.entries.items():
        if key not in english.entries:
            faults.append((places[key], f"'{key}' is no key of words.pot"))
            continue
        known = {name for form in english.entries[key] for name in _blanks(form)}
        for form in forms:
            try:
                strange = sorted(_blanks(form) - known)
            except ValueError:
                strange = ["{"]
            faults += [(places[key], f"'{key}' has no blank '{name}'") for name in strange]
    missing = tuple(sorted(english.entries.keys() - said.entries.keys()))
    own = Catalogue(
        tag,
        shipped.entries | said.entries,
        shipped.form if spoken else said.form,
        shipped.read if spoken and missing else said.read,
        () if spoken else missing,
    )
    return own, tuple(faults)


def begun(language: str) -> dict[str, bytes]:
    """The file with which a book begins the words of a language that has none, by its path."""
    tag = primary(language)
    if FOLDER.joinpath(f"{tag}.po").is_file() or tag == ENGLISH:
        return {}
    _, _, rest = FOLDER.joinpath(TEMPLATE).read_bytes().partition(b'msgstr ""\n')
    first = f"# What the edition prints of its own: the English words, and below each its {tag}.\n"
    language_line = f'msgid ""\nmsgstr ""\n"Language: {tag}\\n"\n'
    return {f"words/{tag}.po": (first + language_line).encode() + rest}


def _blanks(form: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(form) if name is not None}


@cache
def _read(tag: str) -> Catalogue:
    source = FOLDER.joinpath(TEMPLATE if tag == ENGLISH else f"{tag}.po")
    read, _ = _entries(tag, source.read_bytes())
    return read


def _entries(tag: str, content: bytes) -> tuple[Catalogue, dict[str, int]]:
    """What a file says, and the line of each key."""
    from gettext import c2py

    from babel.messages.pofile import read_po

    read = read_po(BytesIO(content), abort_invalid=True)
    entries: dict[str, tuple[str, ...]] = {}
    lines: dict[str, int] = {}
    for one in read:
        # The template's own words are the English ones.
        said = one.id if tag == ENGLISH else one.string
        forms = (said,) if isinstance(said, str) else tuple(said or ("",))
        if one.context and all(forms):
            entries[one.context] = forms
            lines[one.context] = one.lineno or 0
    form = c2py(read.plural_expr)
    return Catalogue(tag, entries, form, UNREAD not in read.header_comment), lines
