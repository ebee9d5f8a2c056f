"""Every row of the table of faults has a test, or a reason why there is none."""

import tomllib
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ROWS = tomllib.loads((HERE / "rows.toml").read_text("utf-8"))


def folders(number: str) -> list[str]:
    return sorted(path.parent.name for path in HERE.glob(f"{number}*/case.toml"))


def test_every_row_is_shown_by_a_test_or_has_a_reason() -> None:
    assert list(ROWS) == [f"{number:03d}" for number in range(1, 101)]
    bare = [n for n, row in ROWS.items() if not folders(n) and not {"tests", "reason"} & set(row)]
    assert bare == []


def test_every_test_that_a_row_names_is_there() -> None:
    absent = []
    for row in ROWS.values():
        for name in row.get("tests", ()):
            path, _, function = name.partition("::")
            text = (ROOT / path).read_text("utf-8") if (ROOT / path).is_file() else ""
            if not text or (function and f"def {function}(" not in text):
                absent.append(name)
    assert absent == []


def test_every_folder_belongs_to_a_row() -> None:
    numbers = {path.parent.name[:3] for path in HERE.glob("*/case.toml")}
    assert sorted(numbers - ROWS.keys()) == ["000"]
