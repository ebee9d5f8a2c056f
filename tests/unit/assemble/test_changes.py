"""What readers are told: both readings, the list of corrections, and what nobody has reviewed."""

from pathlib import Path

from engross.assemble import assemble
from engross.assemble.edition import Colophon, CorrectionsContent, Edition
from engross.assemble.printed import printed_texts
from engross.model.text import leaves
from engross.parse.parse import parse
from engross.read import open_book
from engross.release.frozen import Context, Release
from engross.revision.fields import fields_of
from engross.revision.texts import printed_rows, registers_of
from engross.schema.release import Numbering, PageMap, Record

ENTRY = """
  - id: C-0002
    status: verified
    kind: {kind}
    class: accidental
    at: {{address: {address}, exact: {exact}}}
    read: {read}
    show: {show}
    reason: A slip.
    decided: {{by: the editors, on: "2026-12-01"}}
"""


def enter(book: Path, **values: str) -> None:
    path = book / "corrections.yaml"
    row = {"kind": "transcription", "address": "yamada", "show": "corr"} | values
    path.write_text(path.read_text("utf-8").rstrip() + "\n" + ENTRY.format(**row), "utf-8")


def edition(book: Path, **context: object) -> Edition:
    values = {"digest": "0" * 64} | context
    return assemble(parse(open_book(book)), Context(**values))[0]  # type: ignore[arg-type]


def printed(book: Path) -> dict[str, str]:
    """What a release of the book would keep."""
    made, parsed = edition(book), parse(open_book(book))
    rows = printed_texts(made.sections).values()
    texts = {address: text for row in rows for address, text in row.items()}
    return texts | fields_of(parsed) | printed_rows(registers_of(parsed))


def listed(made: Edition) -> CorrectionsContent:
    content = made.section("corrections").content
    assert isinstance(content, CorrectionsContent)
    return content


def test_where_the_original_errs_both_readings_stand(book_copy: Path) -> None:
    enter(
        book_copy, kind="original", exact="he is extremely glad", read="he is glad", show="sic-corr"
    )
    section = edition(book_copy).section("yamada")
    assert section.body is not None
    texts = [leaf.text for leaf in leaves(section.body.blocks)]
    assert any("and he is glad that this dream" in text for text in texts)
    notes = {note.id: note for note in section.body.notes}
    said = [leaf.text for leaf in leaves(notes["c-0002"].blocks)]
    assert said == ["The received text reads “he is extremely glad”."]


def test_a_corrected_note_is_listed_with_the_page_of_each_printing_that_lacks_it(
    book_copy: Path,
) -> None:
    texts = printed(book_copy)
    enter(
        book_copy,
        kind="apparatus",
        address="yamada/note/reception",
        exact="receiving",
        read="reception",
    )
    earlier = Release(
        Record(
            edition="e", version="1.0", date="2026-11-23", modified="2026-11-23", title="A Title"
        ),
        Numbering(notes={"yamada/note/reception": "1"}),
        PageMap(pages={"yamada/note/reception": "11", "yamada#p-017": "18"}),
        texts,
    )
    content = listed(edition(book_copy, earlier=(earlier,)))
    rows = {entry.id: entry for entry in content.entries}
    note = rows["C-0002"]
    assert (note.old, note.new) == ("receiving", "reception")
    assert note.title == "Khrushchev and Yamada, 14 September 1961, note 1"
    assert note.pages == (("1.0", "11"),)
    assert content.earlier == (("1.0", "2026-11-23"),)


def test_the_date_of_change_is_the_newest_of_correction_and_release(book_copy: Path) -> None:
    assert edition(book_copy).modified == "2026-11-23"
    enter(book_copy, exact="he is extremely glad", read="he is glad")
    assert edition(book_copy).modified == "2026-12-01"
    assert edition(book_copy, released=True, day="2026-12-02").modified == "2026-12-02"


def test_a_sign_off_holds_for_the_words_that_were_read_and_no_others(book_copy: Path) -> None:
    first = edition(book_copy)
    assert _unreviewed(first)[0].startswith("Not proofread: Introduction; Note on the text; ")
    rows = "".join(
        f"  - {{kind: proofread, address: {address}, by: a tester, on: '2026-11-20', "
        f"sha256: {digest}}}\n"
        for address, digest in first.digests.items()
    )
    (book_copy / "signoffs.yaml").write_text(f"signoffs:\n{rows}", "utf-8")
    assert not any(line.startswith("Not proofread") for line in _unreviewed(edition(book_copy)))
    enter(book_copy, exact="he is extremely glad", read="he is glad")
    assert _unreviewed(edition(book_copy))[0] == (
        "Not proofread: Khrushchev and Yamada, 14 September 1961 (changed since 20 November 2026)."
    )


def _unreviewed(made: Edition) -> tuple[str, ...]:
    content = made.section("colophon").content
    assert isinstance(content, Colophon)
    return content.not_reviewed
