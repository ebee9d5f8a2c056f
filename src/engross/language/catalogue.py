"""
The words that an edition prints of its own, by key: one file a language.

Ours are `<tag>.toml`; `en.toml` has all keys and says what they mean. A book brings its own as a
gettext catalogue, `msgctxt` the key. This is the one module that reads either.
"""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from io import BytesIO
from string import Formatter

ENGLISH = "en"
FORMER = {
    "acknowledgements": "part-acknowledgements",
    "contents": "title-contents",
    "correction-pages": "",
    "in-document": "",
    "on-page": "page",
    "persons-intro": "",
}
"""Keys that a book's file may have from an earlier program, and what they are called now, if so."""
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
    """Whether a native editor has read ours, or the book says it all itself."""
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
    return _shipped(tag if FOLDER.joinpath(f"{tag}.toml").is_file() else ENGLISH)


def own_catalogue(language: str, content: bytes) -> tuple[Catalogue, tuple[tuple[int, str], ...]]:
    """
    The words of a book's own file before ours, and what is wrong with it: line and words.

    What the file does not say is said in our words of the language, else in English.
    """
    from babel.messages.pofile import PoFileError

    tag, shipped, english = primary(language), catalogue(language), catalogue(ENGLISH)
    spoken = shipped.language == tag
    try:
        said, places = _gettext(tag, content)
    except PoFileError as error:
        return shipped, ((error.lineno or 0, str(error).lower()),)
    except (UnicodeDecodeError, ValueError, LookupError) as error:
        return shipped, ((0, f"is no gettext catalogue in UTF-8: {error}"),)
    faults = []
    former = {FORMER[key]: forms for key, forms in said.entries.items() if FORMER.get(key)}
    for key, forms in said.entries.items():
        now = FORMER.get(key, key)
        if now not in english.entries:
            words = f"'{key}' is no key of the edition's words"
            faults += [(places[key], words)] if now else []
            continue
        known = {name for form in english.entries[now] for name in _blanks(form)}
        for form in forms:
            try:
                strange = sorted(_blanks(form) - known)
            except ValueError:
                strange = ["{"]
            faults += [(places[key], f"'{key}' has no blank '{name}'") for name in strange]
    missing = tuple(sorted(english.entries.keys() - said.entries.keys()))
    own = Catalogue(
        tag,
        shipped.entries | former | said.entries,
        shipped.form if spoken else said.form,
        shipped.read or not missing,
        () if spoken else missing,
    )
    return own, tuple(faults)


def begun(language: str) -> dict[str, bytes]:
    """The file with which a book begins the words of a language that has none, by its path."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    tag = primary(language)
    if FOLDER.joinpath(f"{tag}.toml").is_file():
        return {}
    new, written, meaning = Catalog(tag), BytesIO(), list[str]()
    english = FOLDER.joinpath(f"{ENGLISH}.toml").read_text("utf-8")
    for line in filter(None, english.partition("[common]\n")[2].splitlines()):
        if line == "[words]":
            continue
        if line.startswith("#"):
            meaning.append(line.removeprefix("# "))
            continue
        key = line.split(" ")[0].partition(".")[0]
        forms = catalogue(ENGLISH).entries[key]
        new.add(forms if len(forms) > 1 else forms[0], context=key, auto_comments=meaning)
        meaning = []
    write_po(written, new, width=0, omit_header=True)
    first = f"# What the edition prints of its own: the English words, and below each its {tag}.\n"
    head = f'msgid ""\nmsgstr ""\n"Language: {tag}\\n"\n"Plural-Forms: {new.plural_forms}\\n"\n'
    charset = '"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    return {f"words/{tag}.po": (first + head + charset).encode() + written.getvalue()}


def _blanks(form: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(form) if name is not None}


@cache
def _shipped(tag: str) -> Catalogue:
    """Ours: the words of a key are a string, or a table of its forms by category of CLDR."""
    from babel import Locale

    common = tomllib.loads(FOLDER.joinpath(f"{ENGLISH}.toml").read_text("utf-8"))["common"]
    file = tomllib.loads(FOLDER.joinpath(f"{tag}.toml").read_text("utf-8"))
    tables = {
        key: {"other": said} if isinstance(said, str) else said
        for key, said in (common | file["words"]).items()
    }
    order = max(map(list, tables.values()), key=len)
    rule = Locale.parse(tag).plural_form

    def form(number: int) -> int:
        return order.index(rule(number)) if rule(number) in order else len(order) - 1

    entries = {key: tuple(forms.values()) for key, forms in tables.items()}
    return Catalogue(tag, entries, form, file["read-by-a-native-editor"])


def _gettext(tag: str, content: bytes) -> tuple[Catalogue, dict[str, int]]:
    """What a book's file says, and the line of each key."""
    from gettext import c2py

    from babel.messages.pofile import read_po

    read = read_po(BytesIO(content), abort_invalid=True)
    entries: dict[str, tuple[str, ...]] = {}
    lines: dict[str, int] = {}
    for one in read:
        forms = (one.string,) if isinstance(one.string, str) else tuple(one.string or ("",))
        if one.context and all(forms):
            entries[one.context] = forms
            lines[one.context] = one.lineno or 0
    return Catalogue(tag, entries, c2py(read.plural_expr)), lines
