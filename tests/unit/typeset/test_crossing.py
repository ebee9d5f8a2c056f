"""What crosses between the build and its typesetting processes."""

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest
from tests.unit.typeset.small_house import note, paragraph, prose, slot, unit

from engross.cache.store import Store
from engross.make.typeset.crossing import MAGIC, Fault, Part, decode, encode
from engross.make.typeset.press import typeset
from engross.make.typeset.values import House, Typesetting

Press = Callable[..., Typesetting]
WORDS = note("text", "a", "A note.") + '<a href="https://example.org/">out</a>, p. ' + slot("text")


def test_a_part_is_the_same_after_it_has_crossed(press: Press) -> None:
    made = press(unit("text", paragraph("text", 1, WORDS) + prose(300)))
    heard = [Fault("W312", "text", "some lines are not planned")]
    for part in made.parts:
        found, told = decode(part.address, encode(part, heard))
        assert (found, told) == (part, heard)
        assert found is not None
        for one in fields(Part):  # named rows stay so
            before, after = getattr(part, one.name), getattr(found, one.name)
            assert [type(row) for row in before or ()] == [type(row) for row in after or ()]


def test_what_cannot_be_typeset_crosses_with_its_reason() -> None:
    heard = [Fault("S020", "text", "the section is not well-formed")]
    assert decode("text", encode(None, heard)) == (None, heard)


def test_bytes_of_an_earlier_form_are_no_part() -> None:
    with pytest.raises(ValueError, match="not a part"):
        decode("text", b"engross-part-2\n" + encode(None, [])[len(MAGIC) :])


def test_a_part_that_is_kept_in_an_earlier_form_is_made_anew(house: House, tmp_path: Path) -> None:
    class Old(Store):
        def get(self, key: str) -> bytes | None:
            kept = super().get(key)
            return kept and kept.replace(MAGIC, b"engross-part-2\n")

    units = [unit("text", "<p>Words.</p>")]
    first = typeset(units, house, store=Store(tmp_path))
    again = typeset(units, house, store=Old(tmp_path))
    assert (first.typeset, again.typeset) == (1, 1)
    assert again.parts == first.parts
