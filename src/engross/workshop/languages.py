"""Whether the language of an edition is one that can be set and spoken, before anything is made."""

from collections.abc import Iterator

from engross.catalog import finding
from engross.language import Words, direction, primary
from engross.model.finding import Finding
from engross.parse.book import Book

PAGES = frozenset({"print", "screen", "cover", "bag"})


def judge_language(book: Book, kinds: tuple[str, ...] = ()) -> Iterator[Finding]:
    """
    What an edition in its language lacks: words, their native reader, pages that can be made.

    Args:
        book: has the language and the words that it brings.
        kinds: of outputs that are wanted; those of the manifest where none are given.
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
