"""House styles: tokens per medium, a book's overrides, faults with their place."""

import itertools
import re

import pytest

from engross.model.finding import EngrossError
from engross.render import styles
from engross.render.sheets import SHEETS, houses

MEDIA = tuple(SHEETS)


def fault(house: str, sheets: dict[str, str]) -> str:
    with pytest.raises(EngrossError) as caught:
        styles(house, "epub", sheets)
    assert caught.value.exit_status == 3
    return str(caught.value)


@pytest.mark.parametrize("medium", MEDIA)
@pytest.mark.parametrize("house", houses())
def test_every_sheet_of_every_house_is_resolved(house: str, medium: str) -> None:
    sheet = styles(house, medium)  # type: ignore[arg-type]
    assert len(sheet) > 200
    assert "var(" not in sheet


def test_a_medium_has_its_own_values() -> None:
    assert "color: device-cmyk(0 0 0 1)" in styles("documentary", "print")
    assert "device-cmyk" not in styles("documentary", "epub")
    assert "--ink: #1a1a1a;" in styles("documentary", "web")


def test_an_epub_sheet_is_flat_and_without_page_rules() -> None:
    sheet = re.sub(r"/\*.*?\*/", "", styles("documentary", "epub"), flags=re.S)
    assert "@page" not in sheet
    assert "--" not in sheet


def test_a_book_changes_a_token_and_nothing_else() -> None:
    ours = styles("documentary", "print")
    theirs = styles("documentary", "print", {"tokens.css": ":root { --title-lead: 27.5pt; }"})
    assert theirs == ours.replace("28pt", "27.5pt")
    assert theirs != ours


def test_what_a_medium_has_of_its_own_stands_until_it_is_changed_for_that_medium() -> None:
    general = styles("documentary", "epub", {"tokens.css": ":root { --note-size: 20pt; }"})
    own = "@media epub { :root { --note-size: 1.5em; } }"
    assert "20pt" not in general
    assert "font-size: 1.5em" in styles("documentary", "epub", {"tokens.css": own})
    assert "20pt" in styles("documentary", "print", {"tokens.css": ":root { --note-size: 20pt; }"})


def test_a_book_replaces_a_sheet_and_adds_one() -> None:
    sheets = {"epub.css": "p { margin: var(--half-lead) }", "book.css": ".x { color: red }"}
    sheet = styles("documentary", "epub", sheets)
    assert sheet.endswith("p { margin: 0.7em }\n.x { color: red }\n")
    assert ".backlink" not in sheet


@pytest.mark.parametrize("medium", MEDIA)
def test_a_volume_has_a_sheet_more_and_nothing_else_changes(medium: str) -> None:
    plain = styles("documentary", medium)  # type: ignore[arg-type]
    volume = styles("documentary", medium, volume=True)  # type: ignore[arg-type]
    assert (volume == plain) == (medium in {"cover", "wrap"})
    assert volume.startswith(plain)
    assert "var(" not in volume
    assert "labelled" not in styles("documentary", "epub")


def test_a_house_of_the_book_stands_on_the_default_house() -> None:
    sheet = styles("own", "epub", {"own/tokens.css": ":root { --indent: 9em; }"})
    assert "text-indent: 9em" in sheet


def test_a_misspelt_token_of_the_book_is_named_with_its_neighbour() -> None:
    assert fault("documentary", {"tokens.css": ":root { --text-sise: 11pt; }"}) == (
        "styles/tokens.css: S010 there is no token '--text-sise'; did you mean --text-size?\n"
        "    fix: use a token of the house's tokens.css"
    )


def test_an_unknown_token_in_a_rule_is_named_with_its_line() -> None:
    assert fault("documentary", {"book.css": "\np { color: var(--inkk) }"}) == (
        "styles/book.css:2: S010 there is no token '--inkk'; did you mean --ink?\n"
        "    fix: use a token of the house's tokens.css"
    )


def test_a_rule_among_the_tokens_is_refused() -> None:
    assert fault("documentary", {"tokens.css": ":root { color: red; }"}) == (
        "styles/tokens.css:1:9: S011 the sheet of tokens holds something that is no token\n"
        "    fix: put rules into book.css; tokens.css has only names that begin with --"
    )


def test_an_unknown_house_is_named_with_those_that_are_there() -> None:
    assert fault("documentry", {}) == (
        "manifest.yaml: S012 there is no house style 'documentry'\n"
        f"    fix: use {' or '.join(houses())}, or add a folder styles/documentry with a tokens.css"
    )


def test_a_token_that_makes_an_address_of_harmless_letters_is_told() -> None:
    sheets = {
        "tokens.css": ":root { --ink: l; }",
        "book.css": 'p { background: urvar(--ink)("http://example.org/") }',
    }
    with pytest.raises(EngrossError) as caught:
        styles("documentary", "web", sheets)
    assert str(caught.value) == (
        "styles/book.css:1:17: F027 the sheet asks for 'http://example.org/'\n"
        "    fix: take it out: a sheet asks for no file and no address; pictures stand in the "
        "texts, fonts in the manifest"
    )


def test_tokens_that_name_each_other_again_and_again_are_told() -> None:
    words = "text-size text-lead half-lead small-size gutter fore-edge head-margin foot-margin"
    names = [f"--{word}" for word in words.split()]
    rows = (f"{a}: {f'var({b}) ' * 16};" for a, b in itertools.pairwise(names))
    with pytest.raises(EngrossError) as caught:
        styles("documentary", "print", {"tokens.css": f":root {{ {' '.join(rows)} }}"})
    assert str(caught.value) == (
        "styles/tokens.css: X019 the tokens that stand here come to more than 100,000 characters\n"
        "    fix: let no token name others again and again"
    )


def test_subheads_without_small_capitals_are_told_apart_otherwise() -> None:
    """EB Garamond has small capitals of Latin and Greek alone, and Greek ones keep accents."""
    rules = [rule for rule in styles("documentary", "print").split("}") if "h2:lang(" in rule]
    (bold,) = [rule for rule in rules if "font-weight: bold" in rule]
    assert all(f"h2:lang({one})" in bold for one in ("ru", "uk", "el", "he", "hi", "ja", "ko"))
