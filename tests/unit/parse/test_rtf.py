"""The words of RTF are counted by its own control words."""

import pytest

from engross.parse.census import rtf_words


def test_each_part_of_a_file_has_its_words() -> None:
    content = (
        rb"{\rtf1\ansi\ansicpg1252\uc1{\fonttbl{\f0 Times;}}{\*\generator Word;}"
        rb"{\header Secret\par}Dear \u8220?Sir\u8221?,\par caf\'e9 and{\footnote A note.}"
        rb" more {\v hidden}{\*\annotation Why?}{\*\shpinst{\sp wide}{\shptxt In a box\par}}\par"
        rb"\trowd a\cell b\cell\row}"
    )
    assert {part: " ".join(words.split()) for part, words in rtf_words(content).items()} == {
        "margin": "Secret",
        "text": "Dear “Sir”, café and more a b",
        "note": "A note.",
        "hidden": "hidden",
        "comment": "Why?",
        "box": "In a box",
    }


def test_letters_of_two_bytes_are_read_together() -> None:
    assert rtf_words(rb"{\rtf1\ansi\ansicpg932 \'93\'fa\'96\'7b}")["text"] == "日本"


def test_what_is_no_rtf_is_refused() -> None:
    with pytest.raises(ValueError, match="it does not begin as RTF"):
        rtf_words(b"Dear Sir,")
