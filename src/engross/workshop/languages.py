"""Whether the language of an edition is one that can be set and spoken, before anything is made."""

import re
from collections.abc import Iterator

from engross.catalog import finding
from engross.language import Words, direction, primary
from engross.language.order import script_of, unlisted
from engross.model.finding import Finding, Place
from engross.parse.book import Book
from engross.read import Sources
from engross.workshop.pictures import own_texts

PAGES = frozenset({"print", "screen", "cover", "bag"})
VERTICAL = re.compile(r"writing-mode\s*:\s*(?:vertical|sideways|tb)")
DIVIDED = frozenset({"LATIN", "CYRILLIC", "GREEK"})
"""Scripts in which words are divided at the ends of lines."""


def judge_language(book: Book, kinds: tuple[str, ...] = ()) -> Iterator[Finding]:
    """
    What an edition in its language lacks: words, their native reader, pages that can be made.

    The kinds of outputs are those that are wanted, or those of the manifest.
    """
    manifest, words = book.manifest, book.words.catalogue
    language = manifest.value.language
    place = manifest.place("language")
    name, file = Words("en").language_name(language), f"words/{primary(language)}.po"
    called = f"{name} ({language})" if name else f"'{language}'"
    if words.language != primary(language):
        yield finding(
            "M023",
            place,
            f"there are no words in {called}: contents, imprint and dates would be in English",
            f"'engross new other --language {language}' writes a {file} to begin with: put it into "
            "this book; or say in the note on the text that these words are in English",
        )
    elif words.missing:
        yield finding(
            "M023",
            place,
            f"{file} does not say {len(words.missing)} of {len(words.entries)} words, "
            f"'{words.missing[0]}' among them: they would be in English",
            f"write them in {file}",
        )
    elif not words.read:
        yield finding(
            "M025",
            place,
            f"no native editor has read the words in {called} that contents, imprint and dates "
            "are made of",
            f"read them in the proof; what is wrong is put right in a {file} of the book",
        )
    if direction(language) == "rtl" and PAGES & set(kinds or manifest.value.outputs):
        yield finding(
            "M024",
            place,
            f"pages of an edition in {called}, which is written from right to left, are not made "
            "yet",
            "write outputs: [epub, web] in the manifest",
        )


def judge_order(book: Book) -> Iterator[Finding]:
    """Entries of registers that no order of the edition's language lists."""
    language = book.manifest.value.language
    persons = [(one.filed, one.name) for one in book.persons.value.persons] if book.persons else []
    index = [(one.filed, one.heading) for one in book.index.value.entries] if book.index else []
    for name, rows in (("persons", persons), ("index", index)):
        lost = [said for filed, said in rows if unlisted(filed, language)]
        if lost:
            how = "by its reading, in kana" if primary(language) == "ja" else "by common characters"
            yield finding(
                "M028",
                Place(f"{name}.yaml"),
                f"no order lists '{lost[0]}'"
                + (f" and {len(lost) - 1} more" if len(lost) > 1 else "")
                + ": where they stand is chance",
                f"say how each is filed, {how}: sort: …",
            )


def judge_lines(book: Book, sources: Sources) -> Iterator[Finding]:
    """Vertical lines, and languages whose justified lines are neither divided nor set ragged."""
    if not PAGES & set(book.manifest.value.outputs):
        return
    import pyphen  # type: ignore[import-untyped]  # it has no types

    own = own_texts(sources, "styles", "css")
    for name in (name for name, sheet in own.items() if VERTICAL.search(sheet)):
        yield finding(
            "S021",
            Place(f"styles/{name}"),
            "lines from above to below (writing-mode) are not set on pages: they would run level",
            "take the rule out, or write outputs: [epub, web] in the manifest",
        )
    sheets = "".join(own.values())
    places = {book.manifest.value.language: book.manifest.place("language")}
    for document in book.documents:
        places.setdefault(document.record.value.language, document.record.place("language"))
    for language, place in places.items():
        divided = pyphen.language_fallback(language) or primary(language) == "en"
        if divided or script_of(language) not in DIVIDED or f":lang({language})" in sheets:
            continue
        name = Words("en").language_name(language)
        yield finding(
            "M027",
            place,
            f"there are no patterns to divide words in {name or language}: its lines are "
            "justified by their spaces alone",
            f"set them ragged: ':lang({language}) {{ text-align: left }}' in styles/book.css",
        )
