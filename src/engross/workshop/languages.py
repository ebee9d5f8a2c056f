"""Whether the language of an edition is one that can be set and spoken, before anything is made."""

from collections.abc import Iterator

from engross.catalog import finding
from engross.language import direction, spoken, unread
from engross.model.finding import Finding
from engross.parse.load import Parsed
from engross.schema.manifest import Manifest

PAGES = frozenset({"print", "screen", "cover", "bag"})


def judge_language(manifest: Parsed[Manifest], kinds: tuple[str, ...] = ()) -> Iterator[Finding]:
    """
    What an edition in its language lacks: words, their native reader, pages that can be made.

    Args:
        manifest: says the language.
        kinds: of outputs that are wanted; those of the manifest where none are given.
    """
    language = manifest.value.language
    place = manifest.place("language")
    name, there = spoken(language)
    called = f"{name} ({language})" if name else f"'{language}'"
    if not there:
        yield finding(
            "M023",
            place,
            f"there are no words in {called}: contents, imprint and dates would be in English",
            "begin a catalogue: words.pot has the keys (CONTRIBUTING, 'A language'); "
            "or say in the note on the text that these words are in English",
        )
    elif unread(language):
        yield finding(
            "M025",
            place,
            f"no native editor has read the words in {called} that contents, imprint and dates "
            "are made of",
            "read them in the proof; put right what is wrong in templates/words, and take the note "
            "out of the first line of its file",
        )
    if direction(language) == "rtl" and PAGES & set(kinds or manifest.value.outputs):
        yield finding(
            "M024",
            place,
            f"pages of an edition in {called}, which is written from right to left, are not made "
            "yet",
            "write outputs: [epub, web] in the manifest",
        )
