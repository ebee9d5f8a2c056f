from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from engross.commands.book import find_book
from engross.commands.request import BuildRequest
from engross.commands.unchanged import HARMLESS, record_path

OTHER: dict[type, Any] = {str: "booklet", bool: True, int: 3, tuple: ("epub",), type(None): Path()}


@pytest.mark.parametrize("field", [one.name for one in fields(BuildRequest)])
def test_builds_are_told_apart_by_everything_that_was_asked(field: str, tmp_path: Path) -> None:
    plain, found = BuildRequest(), find_book(tmp_path)
    value = getattr(plain, field)
    other = not value if isinstance(value, bool) else OTHER[type(value)]
    asked = replace(plain, **{field: other})
    same = record_path(asked, found) == record_path(plain, found)
    assert same == (field in HARMLESS)
