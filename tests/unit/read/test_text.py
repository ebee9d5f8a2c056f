"""Bytes become text, or the editor learns which byte does not."""

import pytest

from engross.catalog import entry
from engross.model.source import SourceFile
from engross.read import decode, normalised


def file(content: bytes) -> SourceFile:
    return SourceFile.of("introduction.md", content)


def refusal(content: bytes) -> str:
    text, findings = decode(file(content))
    assert text is None
    assert len(findings) == 1
    return f"{entry(findings[0].code).exit_status} {findings[0]}"


def test_plain_text_passes_unchanged() -> None:
    content = "Хрущёв, 日本\n\ttab 😀\n"
    assert decode(file(content.encode())) == (content, ())
    assert normalised(file(content.encode())) == ()


def test_marks_and_line_ends_are_normalised_and_recorded() -> None:
    content = "\ufeffa\r\nb\rc\u2028d\u2029e\n".encode()
    assert decode(file(content)) == ("a\nb\nc\nd\ne\n", ())
    assert normalised(file(content)) == ("byte order mark removed", "line ends made LF")


def test_windows_1252_is_recognised_and_never_guessed() -> None:
    content = b"one\r\n" * 13 + b"Premier\x92s memorandum"
    assert refusal(content) == (
        "3 introduction.md:14:8: F009 byte 0x92 at line 14 column 8: not UTF-8; looks like "
        "Windows-1252\n    fix: convert: iconv -f WINDOWS-1252 -t UTF-8 introduction.md > converted"
    )


def test_windows_1251_is_told_by_its_words() -> None:
    assert refusal("Беседа с послом".encode("cp1251")) == (
        "3 introduction.md:1:1: F009 byte 0xC1 at line 1 column 1: not UTF-8; looks like "
        "Windows-1251\n    fix: convert: iconv -f WINDOWS-1251 -t UTF-8 introduction.md > converted"
    )


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-16", "UTF-16LE"),
        ("utf-16-le", "UTF-16LE"),
        ("utf-16-be", "UTF-16BE"),
        ("utf-32", "UTF-32LE"),
    ],
)
def test_wide_encodings_are_refused_with_or_without_their_mark(encoding: str, name: str) -> None:
    assert refusal("# Introduction\n".encode(encoding)) == (
        f"3 introduction.md:1:1: F010 the file is {name}, not UTF-8\n"
        f"    fix: convert: iconv -f {name} -t UTF-8 introduction.md > converted"
    )


def test_every_sort_of_control_character_is_found_at_its_first_place() -> None:
    text, findings = decode(file(b"abc\nde\x0bf\x0b\nnul \x00 here and there and everywhere"))
    assert text is None
    assert [str(found) for found in findings] == [
        (
            "introduction.md:2:3: F011 U+000B is a control character that no edition can print "
            "(2 of them in the file)\n"
            "    fix: delete it; it is often a leftover of a word processor"
        ),
        (
            "introduction.md:3:5: F011 U+0000 is a control character that no edition can print\n"
            "    fix: delete it; it is often a leftover of a word processor"
        ),
    ]


def test_half_a_character_is_refused() -> None:
    assert refusal(b"one\ntwo \xed\xa0\xbd three") == (
        "3 introduction.md:2:5: F012 U+D83D at line 2 column 5 is half of a character\n"
        "    fix: delete it, or put the whole character there; a faulty export wrote it"
    )


def test_suspicious_characters_are_warnings_and_stay_in_the_text() -> None:
    content = "a\u202eb \u200b \ufb01 \u2010 \ufffd"
    text, findings = decode(file(content.encode()))
    assert text == content
    assert [(found.code, found.severity, str(found.place)) for found in findings] == [
        ("F013", "warning", "introduction.md:1:2"),
        ("T009", "warning", "introduction.md:1:5"),
        ("T009", "warning", "introduction.md:1:7"),
        ("T009", "warning", "introduction.md:1:9"),
        ("F015", "warning", "introduction.md:1:11"),
    ]
    assert findings[1].message == (
        "U+200B cannot be proved in a PDF, where it is lost or becomes another letter"
    )
