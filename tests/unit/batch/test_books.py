from pathlib import Path

import pytest

from engross.batch.books import clashes, digest_of, find_books

FIX = "name folders with a manifest.yaml, patterns, or a file that lists them"


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("a", "b", "c"):
        (tmp_path / "shelf" / name).mkdir(parents=True)
        (tmp_path / "shelf" / name / "manifest.yaml").write_text(f"edition: {name}\n")
    (tmp_path / "shelf" / "no-book").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path / "shelf"


def named(*words: str) -> tuple[list[str], list[str]]:
    books, findings = find_books(words)
    return [str(book) for book in books], [str(found) for found in findings]


def test_folders_manifests_and_patterns_name_each_book_once_in_order(shelf: Path) -> None:
    assert named("shelf/c", "shelf/a/manifest.yaml", "shelf/*", "shelf/c/") == (
        ["shelf/c", "shelf/a", "shelf/b"],
        [],
    )


def test_a_list_names_books_and_patterns_and_may_have_comments(shelf: Path) -> None:
    Path("list.txt").write_text("# ours\n\nshelf/b\n  shelf/[ac]\n")
    assert named("list.txt") == (["shelf/b", "shelf/a", "shelf/c"], [])


def test_every_word_that_names_no_book_is_found_with_its_line(shelf: Path) -> None:
    Path("list.txt").write_text("shelf/a\nshelf/typo\nlist.txt\n")
    assert named("list.txt", "shelf/no-book", "shelf/x*") == (
        ["shelf/a"],
        [
            f"list.txt:2: C030 'shelf/typo' names no book\n    fix: {FIX}",
            f"list.txt:3: C030 'list.txt' names no book\n    fix: {FIX}",
            f"engross: C030 'shelf/no-book' names no book\n    fix: {FIX}",
            f"engross: C030 'shelf/x*' names no book\n    fix: {FIX}",
        ],
    )


def test_an_empty_list_is_a_finding(shelf: Path) -> None:
    Path("list.txt").write_text("# nothing yet\n")
    assert named("list.txt")[1] == [
        "list.txt: C030 'list.txt' lists no book\n"
        "    fix: write a folder, a manifest or a pattern on each line"
    ]


def test_a_book_that_would_replace_another_in_one_dist_is_found(shelf: Path) -> None:
    (shelf / "c" / "manifest.yaml").write_text('title: x\nedition: "a"\n')
    books = find_books(["shelf/*"])[0]
    found = clashes((book, Path("dist")) for book in books)
    assert {str(book): str(one) for book, one in found.items()} == {
        "shelf/c": (
            "manifest.yaml: C031 'a' is also the edition of shelf/a, and both go into dist\n"
            "    fix: give each edition a name of its own"
        )
    }


def test_the_same_name_in_two_dists_is_no_clash(shelf: Path) -> None:
    (shelf / "c" / "manifest.yaml").write_text("edition: a\n")
    books = find_books(["shelf/*"])[0]
    assert clashes((book, book / "dist") for book in books) == {}


def test_the_digest_of_a_book_changes_with_names_and_bytes_and_not_with_what_is_made(
    shelf: Path,
) -> None:
    before = digest_of(shelf / "a")
    (shelf / "a" / "dist").mkdir()
    (shelf / "a" / "dist" / "made.epub").write_text("made")
    assert digest_of(shelf / "a") == before != ""
    (shelf / "a" / "introduction.md").write_text("new")
    changed = digest_of(shelf / "a")
    (shelf / "a" / "introduction.md").rename(shelf / "a" / "preface.md")
    assert len({before, changed, digest_of(shelf / "a")}) == 3


def test_what_a_killed_build_leaves_in_a_books_folder_is_no_part_of_the_book(shelf: Path) -> None:
    before = digest_of(shelf / "a")
    for name in (".engross-probe-0badcafe-7-ab/first/file", "dist/a/builds/x", ".engross/cache/y"):
        (shelf / "a" / name).parent.mkdir(parents=True)
        (shelf / "a" / name).write_text("x")
    assert digest_of(shelf / "a") == before != ""
