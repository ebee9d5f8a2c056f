"""The one door in: what it opens, what it refuses, and in which words."""

import os
import socket
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engross.catalog import entry
from engross.model.finding import EngrossError, Finding, Place
from engross.model.source import SourceFile
from engross.read import Limits, Sources, open_book

ASKED = Place("manifest.yaml", 31, 12)
INSIDE = "name a file inside the book's folder, relative to it, with forward slashes"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    folder = tmp_path / "book"
    (folder / "documents" / "yamada").mkdir(parents=True)
    (folder / "manifest.yaml").write_text("title: A\n")
    (folder / "introduction.md").write_text("# Introduction\n")
    (folder / "documents" / "yamada" / "transcript.md").write_text("Text\n")
    return folder


def refusal(sources: Sources, path: str) -> str:
    found = sources.file(path, ASKED)
    assert isinstance(found, Finding), f"{path!r} was opened"
    return f"{entry(found.code).exit_status} {found}"


def test_a_book_is_named_by_its_folder_or_by_its_manifest(book: Path) -> None:
    assert open_book(book).root == open_book(book / "manifest.yaml").root == book


def test_a_folder_without_manifest_names_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(EngrossError) as caught:
        open_book(tmp_path)
    assert caught.value.exit_status == 3
    assert str(caught.value) == (
        f"engross: M001 no manifest.yaml in {tmp_path}\n"
        f"    fix: name a book's folder, or create one: engross new {tmp_path}"
    )


def test_a_folder_that_does_not_exist_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(EngrossError, match=r"M001 there is no folder .*/nowhere\n"):
        open_book(tmp_path / "nowhere")


def test_a_file_is_read_once_whatever_happens_on_disk(book: Path) -> None:
    sources = open_book(book)
    first = sources.file("introduction.md")
    (book / "introduction.md").write_text("other")
    assert sources.file("introduction.md") is first
    assert first == SourceFile.of("introduction.md", b"# Introduction\n")


@pytest.mark.parametrize(
    ("path", "message", "fix"),
    [
        (
            "../secret.md",
            "5 F002 path '../secret.md' leads upwards, perhaps outside the book",
            INSIDE,
        ),
        (
            "documents/../manifest.yaml",
            ("5 F002 path 'documents/../manifest.yaml' leads upwards, perhaps outside the book"),
            INSIDE,
        ),
        (
            "/etc/passwd",
            "5 F002 path '/etc/passwd' is absolute",
            INSIDE,
        ),
        (
            "~/letter.md",
            "5 F002 path '~/letter.md' begins at a home folder",
            INSIDE,
        ),
        (
            "C:/letter.md",
            "5 F002 path 'C:/letter.md' names a drive",
            INSIDE,
        ),
        (
            "documents\\letter.md",
            "5 F002 path 'documents\\letter.md' contains a backslash",
            INSIDE,
        ),
        (
            "letter.md\0.png",
            "5 F002 path 'letter.md\\x00.png' contains U+0000",
            INSIDE,
        ),
        (
            "",
            "5 F002 a file name is empty",
            INSIDE,
        ),
        (
            "https://example.org/map.png",
            ("5 F002 'https://example.org/map.png' is an address, not a file of the book"),
            "save the file in the book's folder and name it there; nothing is fetched",
        ),
        (
            "./documents//yamada/transcript.md",
            ("5 F002 path './documents//yamada/transcript.md' is not in its shortest form"),
            "write 'documents/yamada/transcript.md'",
        ),
        (
            "Aux.md",
            "3 F008 path 'Aux.md': 'Aux.md' is the name of a device on Windows",
            "rename the file",
        ),
        (
            "letter.",
            "3 F008 path 'letter.': 'letter.' ends with a full stop or a space",
            "rename the file without it; Windows drops such an ending",
        ),
        (
            "what?.md",
            "3 F008 path 'what?.md' contains '?'",
            'rename the file without any of < > : " | ? *',
        ),
        (
            "map\u202egnp.md",
            "3 F008 path 'map\\u202egnp.md' contains an invisible character",
            "type the file's name anew",
        ),
    ],
)
def test_a_path_that_is_not_plainly_inside_is_refused_where_it_is_written(
    book: Path, path: str, message: str, fix: str
) -> None:
    status, rest = message.split(" ", 1)
    assert refusal(open_book(book), path) == (
        f"{status} manifest.yaml:31:12: {rest}\n    fix: {fix}"
    )


def test_a_missing_file_proposes_the_nearest_name(book: Path) -> None:
    assert refusal(open_book(book), "documents/yamda/transcrpt.md") == (
        "5 manifest.yaml:31:12: F001 there is no file 'documents/yamda/transcrpt.md' in the book\n"
        "    fix: did you mean 'documents/yamada/transcript.md'? Otherwise put the file there"
    )


def test_a_missing_file_like_no_other_is_asked_for(book: Path) -> None:
    assert refusal(open_book(book), "maps/okinawa.png") == (
        "5 manifest.yaml:31:12: F001 there is no file 'maps/okinawa.png' in the book\n"
        "    fix: put the file there, or take its name out"
    )


def test_a_file_asked_for_by_nobody_is_its_own_place(book: Path) -> None:
    found = open_book(book).file("sources.yaml")
    assert isinstance(found, Finding)
    assert found.place == Place("sources.yaml")


@pytest.mark.parametrize("target", ["/etc/passwd", "../outside.md"])
def test_a_link_that_leads_out_is_refused(book: Path, target: str) -> None:
    (book.parent / "outside.md").write_text("secret")
    (book / "link.md").symlink_to(target)
    assert refusal(open_book(book), "link.md") == (
        "5 manifest.yaml:31:12: F003 'link.md' is a link that leads out of the book's folder\n"
        "    fix: copy the file itself into the book's folder"
    )


def test_a_folder_that_is_a_link_out_is_refused_too(book: Path) -> None:
    (book.parent / "other").mkdir()
    (book.parent / "other" / "a.md").write_text("secret")
    (book / "other").symlink_to(book.parent / "other")
    assert refusal(open_book(book), "other/a.md").startswith(
        "5 manifest.yaml:31:12: F003 'other/a.md' is a link that leads out"
    )


def test_a_link_within_the_book_is_followed(book: Path) -> None:
    (book / "same.md").symlink_to("documents/yamada/transcript.md")
    file = open_book(book).file("same.md")
    assert isinstance(file, SourceFile)
    assert (file.path, file.content) == ("same.md", b"Text\n")


def test_a_link_to_itself_is_refused(book: Path) -> None:
    (book / "loop.md").symlink_to("loop.md")
    assert refusal(open_book(book), "loop.md") == (
        "5 manifest.yaml:31:12: F003 'loop.md' is a link that leads to itself\n"
        "    fix: put the file itself there"
    )


def test_nothing_but_a_regular_file_is_opened(book: Path) -> None:
    os.mkfifo(book / "pipe.md")
    (book / "folder.png").mkdir()
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(book / "socket.md"))
        sources = open_book(book)
        fix = "\n    fix: name a file that holds the content"
        place = "5 manifest.yaml:31:12: F004"
        assert refusal(sources, "pipe.md") == (
            f"{place} 'pipe.md' is a named pipe, not a regular file{fix}"
        )
        assert refusal(sources, "folder.png") == (
            f"{place} 'folder.png' is a folder, not a regular file{fix}"
        )
        assert refusal(sources, "socket.md") == (
            f"{place} 'socket.md' is a socket, not a regular file{fix}"
        )


def test_a_device_in_the_folder_is_never_read(book: Path) -> None:
    try:
        os.mknod(book / "zero.md", 0o644 | 0o020000, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("only root makes device files")
    assert refusal(open_book(book), "zero.md") == (
        "5 manifest.yaml:31:12: F004 'zero.md' is a device, not a regular file\n"
        "    fix: name a file that holds the content"
    )


def test_names_that_differ_only_in_case_are_one_file_elsewhere(book: Path) -> None:
    (book / "Introduction.md").write_text("another")
    assert refusal(open_book(book), "introduction.md") == (
        "3 manifest.yaml:31:12: F007 'introduction.md' and 'Introduction.md' in the book's folder "
        "are one name on Windows and macOS\n    fix: rename one of the two"
    )


def test_a_file_beyond_its_limit_is_named_with_the_way_to_raise_it(book: Path) -> None:
    (book / "map.png").write_bytes(b"0" * 3000)
    sources = open_book(book, Limits(image=2000))
    assert refusal(sources, "map.png") == (
        "8 manifest.yaml:31:12: X010 'map.png' has 3,000 bytes; the limit for this kind (image) is "
        "2,000 bytes\n    fix: make it smaller, or run with ENGROSS_LIMITS=image=1M"
    )


def test_a_manifest_of_more_than_a_mebibyte_is_not_read(book: Path) -> None:
    with (book / "manifest.yaml").open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    found = open_book(book, Limits()).file("manifest.yaml")
    assert str(found) == (
        "manifest.yaml: X010 'manifest.yaml' has 200.0 MiB; the limit for this kind (manifest) is "
        "1.0 MiB\n    fix: make it smaller, or run with ENGROSS_LIMITS=manifest=200M"
    )


def test_all_files_together_have_a_limit(book: Path) -> None:
    sources = open_book(book, Limits(total=10))
    assert isinstance(sources.file("manifest.yaml"), SourceFile)
    assert refusal(sources, "introduction.md") == (
        "8 manifest.yaml:31:12: X010 with 'introduction.md' the book's files come to 24 bytes; "
        "the limit is 10 bytes\n    fix: make it smaller, or run with ENGROSS_LIMITS=total=1M"
    )


def test_limits_are_raised_by_the_environment_and_misspellings_are_said() -> None:
    limits = Limits.from_environment({"ENGROSS_LIMITS": "image=200M, nesting=40"})
    assert (limits.image, limits.nesting, limits.text) == (200 * 2**20, 40, Limits().text)
    with pytest.raises(EngrossError) as caught:
        Limits().with_words("imge=80M text=much")
    assert caught.value.exit_status == 2
    assert [found.message for found in caught.value.findings] == [
        "ENGROSS_LIMITS says 'imge=80M', which is not a limit",
        "ENGROSS_LIMITS says 'text=much', which is not a limit",
    ]


def test_a_file_that_may_not_be_read_is_a_fault_of_the_environment(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied")

    sources = open_book(book)
    monkeypatch.setattr("engross.read.door.os.open", denied)
    assert refusal(sources, "introduction.md") == (
        "6 manifest.yaml:31:12: E001 'introduction.md' cannot be read: Permission denied\n"
        "    fix: give yourself permission to read it, or look after the disk"
    )


def test_find_sees_the_books_own_files_and_sorts_them(book: Path) -> None:
    (book / "documents" / "adenauer").mkdir()
    (book / "documents" / "adenauer" / "transcript.md").write_text("")
    (book / "documents" / ".hidden").mkdir()
    (book / "documents" / ".hidden" / "transcript.md").write_text("")
    (book / "dist").mkdir()
    (book / "dist" / "x").write_text("made before")
    sources = open_book(book)
    assert sources.find("documents/*/transcript.md") == (
        "documents/adenauer/transcript.md",
        "documents/yamada/transcript.md",
    )
    assert sources.find("*/x") == ()
    assert sources.exists("introduction.md")
    assert not sources.exists("index.yaml")
    assert not sources.exists("../book/introduction.md")


def test_nothing_changed_says_nothing_even_after_a_mere_touch(book: Path) -> None:
    sources = open_book(book)
    sources.file("introduction.md")
    sources.exists("index.yaml")
    sources.find("documents/*/*.md")
    os.utime(book / "introduction.md", (0, 0))
    assert sources.changed() == ()


def test_every_change_during_the_run_is_found(book: Path) -> None:
    sources = open_book(book)
    for path in ("manifest.yaml", "introduction.md"):
        sources.file(path)
    sources.exists("index.yaml")
    sources.find("documents/*/*.md")
    (book / "introduction.md").write_text("# Introductioñ")
    (book / "manifest.yaml").unlink()
    (book / "index.yaml").write_text("entries: []")
    (book / "documents" / "yamada" / "new.md").write_text("")
    findings = sources.changed()
    assert [str(found) for found in findings] == [
        f"{path}: F006 '{path}' {what} while the book was read\n"
        "    fix: save your work and run the command again"
        for path, what in [
            ("introduction.md", "changed"),
            ("manifest.yaml", "vanished"),
            ("index.yaml", "appeared"),
            ("documents/yamada/new.md", "appeared"),
        ]
    ]
    assert {entry(found.code).exit_status for found in findings} == {3}


def test_digests_name_what_was_read_and_nothing_else(book: Path) -> None:
    sources, again = open_book(book), open_book(book)
    for path in ("manifest.yaml", "introduction.md"):
        sources.file(path)
    for path in ("introduction.md", "manifest.yaml"):
        again.file(path)
    assert list(sources.digests()) == ["introduction.md", "manifest.yaml"]
    assert sources.digest() == again.digest()
    (book / "introduction.md").write_text("other")
    third = open_book(book)
    for path in ("manifest.yaml", "introduction.md"):
        third.file(path)
    assert third.digest() != sources.digest()


PIECES = st.sampled_from(
    ["..", ".", "", "~", "link", "loop", "out", "secret.md", "introduction.md", "documents", "C:"]
)
PATHS = st.one_of(
    st.lists(PIECES, max_size=6).map("/".join),
    st.text(max_size=30),
    st.text("./~\\:\0", max_size=9),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=PATHS)
def test_no_path_whatever_opens_anything_outside(book: Path, path: str) -> None:
    if not (book / "out").is_symlink():
        (book.parent / "secret.md").write_text("secret")
        (book / "out").symlink_to("..")
        (book / "loop").symlink_to("loop")
        (book / "link").symlink_to("documents")
    found = open_book(book).file(path, ASKED)
    if isinstance(found, SourceFile):
        assert found.content != b"secret"
        assert (book / path).resolve().is_relative_to(book)
    else:
        assert found.is_error


def test_a_folder_of_many_files_is_listed_once(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = []
    true_iterdir = Path.iterdir
    monkeypatch.setattr(Path, "iterdir", lambda self: listed.append(self) or true_iterdir(self))
    sources = open_book(book)
    for number in range(50):
        sources.exists(f"documents/{number}.md")
        sources.file(f"documents/{number}.md")
    assert sorted(path.name for path in listed) == ["book", "documents"]
