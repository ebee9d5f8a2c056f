"""After a correction of a field no other place goes on saying the old words unnoticed."""

from pathlib import Path

from engross.parse.parse import parse
from engross.read import open_book
from engross.revision.fields import correct_book, fields_of
from engross.verify.expected import expect
from engross.verify.fields import prove_fields
from engross.verify.report import Log

ENTRY = """
  - id: C-0002
    status: verified
    kind: apparatus
    class: accidental
    at: {{address: {address}, exact: "{old}"}}
    read: "{new}"
    reason: A slip.
    decided: {{by: An editor, on: "2026-12-01"}}
"""


def told(book: Path, address: str, old: str, new: str, more: str = "") -> list[str]:
    ledger = book / "corrections.yaml"
    text = ledger.read_text("utf-8").rstrip()
    ledger.write_text(text + ENTRY.format(address=address, old=old, new=new) + more, "utf-8")
    found = parse(open_book(book))
    log = Log("evidence")
    prove_fields(correct_book(found).book, fields_of(found), expect(found, {}), log)
    return [f"{one.code} {one.message}" for one in log.findings]


def test_a_number_with_its_sign_is_found_in_credit_lines_notes_and_registers(
    book_copy: Path,
) -> None:
    found = told(book_copy, "yamada/document/source/delo", "596", "597")
    assert found[0] == (
        'P021 manifest/rights/credit still says "596", yamada/document/source/delo is now "597"'
    )
    places = {row.split()[1] for row in found}
    assert {"yamada/note/reception", "sources/rgani-596"} < places
    assert "yamada/document/source/raw" not in places


def test_a_place_that_quotes_is_named_in_the_entry(book_copy: Path) -> None:
    quoted = "    quoted: [manifest/rights/credit, sources/rgani-596]\n"
    found = told(book_copy, "yamada/document/source/delo", "596", "597", quoted)
    assert {"manifest/rights/credit", "sources/rgani-596"}.isdisjoint(
        row.split()[1] for row in found
    )


def test_a_short_word_elsewhere_is_told_and_no_fault(book_copy: Path) -> None:
    found = told(book_copy, "yamada/document/place/name", "Moscow", "Moskva")
    assert {row.split()[0] for row in found} == {"P022"}
    assert (
        'P022 sources/rgani-596 still says "Moscow", yamada/document/place/name is now "Moskva"'
    ) in found


def test_a_name_is_found_in_every_place(book_copy: Path) -> None:
    found = told(book_copy, "manifest/people/1/name", "Allison Smith", "Alison Smith")
    assert 'P021 manifest/rights/credit still says "Allison Smith", ' in found[0]
