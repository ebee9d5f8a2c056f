"""onixcheck, the judge of ONIX messages: of the sample's records, and of the memorandum's."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.golden.sample import MANIFEST, edition

from engross.check.tools.findings import findings
from engross.check.tools.onix import PRICELESS, onixcheck
from engross.check.tools.verdict import Weight
from engross.make.records.facts import Facts, facts
from engross.make.records.onix import onix
from engross.render import render
from engross.schema.manifest import Manifest

pytest.importorskip("onixcheck", reason="onixcheck is not installed; it comes with the test set-up")

NUMBERS = {"epub": "978-0-00-000000-2", "print": "978-0-00-000001-9", "screen": "978-0-00-000002-6"}

PRICED = {
    "prices": [
        {"format": "print", "amount": "24.00", "currency": "GBP", "territory": "GB IE"},
        {"format": "print", "amount": "30", "currency": "USD", "territory": "WORLD except GB IE"},
        {"format": "epub", "amount": "1300", "currency": "JPY", "tax": "excluded"},
    ],
    "territory": "WORLD except US CA",
}


def of(released: bool = False, **changes: object) -> Facts:
    manifest = Manifest.model_validate({**MANIFEST, "isbn": NUMBERS, **changes})
    made = replace(edition(released=released), manifest=manifest)
    return facts(made, render(made, "epub"), paged=True)


@pytest.mark.parametrize(
    "known",
    [
        of(),
        of(released=True),
        of(publisher=None, isbn={}, people=[], series="", subjects=[], description=""),
        of(rights={"status": "cleared", "statement": "S."}, version="2.1"),
        of(rights={"status": "cleared", "statement": "S."}, **PRICED),
    ],
    ids=["draft", "released", "with nothing that may be absent", "cleared", "with prices"],
)
def test_the_message_is_valid_by_both_schemas(known: Facts) -> None:
    verdict = onixcheck(onix(known))
    assert verdict.line.endswith("passed, 0 fatals / 0 errors / 0 warnings / 0 infos")


def test_the_message_for_a_shop_is_valid_by_its_rules() -> None:
    verdict = onixcheck(onix(of(released=True), shop=True), shop=True)
    assert verdict.line == (
        f"onixcheck google {verdict.version}: passed, 0 fatals / 0 errors / 0 warnings / 2 infos"
    )
    assert {message.text for message in verdict.messages} == {PRICELESS}


def test_what_is_for_sale_goes_to_a_shop_with_its_price_alone() -> None:
    known = of(released=True, rights={"status": "cleared", "statement": "S."}, **PRICED)
    message = onix(known, shop=True)
    assert onixcheck(message, shop=True).messages == ()
    assert message.count(b"<Product>") == 1
    assert message.count(b"<PriceAmount>1300<") == 1


def test_a_price_that_is_missing_without_the_item_being_free_is_an_error() -> None:
    message = onix(of(released=True), shop=True).replace(
        b"UnpricedItemType>01", b"UnpricedItemType>02"
    )
    assert onixcheck(message, shop=True).count(Weight.ERROR) == 2


def test_the_shops_rules_see_an_isbn_that_is_wrong() -> None:
    message = onix(of(), shop=True).replace(b"9780000000002", b"9780000000003")
    verdict = onixcheck(message, shop=True)
    assert any("Invalid ISBN" in one.text for one in verdict.messages)


def test_what_is_wrong_is_told_with_its_line() -> None:
    message = onix(of()).replace(b"<ProductComposition>00", b"<ProductComposition>ZZ", 1)
    found = list(findings(onixcheck(message), "metadata/onix.xml"))
    line = message[: message.index(b"ZZ")].count(b"\n") + 1
    assert str(found[0]).startswith(f"metadata/onix.xml:{line}: Q310 onixcheck: ")
    assert "ProductComposition" in str(found[0])


def test_the_memorandums_record_is_valid(published: Path) -> None:
    verdict = onixcheck((published / "metadata" / "onix.xml").read_bytes())
    assert verdict.messages == ()
