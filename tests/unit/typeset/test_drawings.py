"""The points of a drawing are those that the engine would read."""

from types import SimpleNamespace
from typing import Any

import pytest


@pytest.mark.parametrize(
    "words",
    [
        "1 2",
        "1.5 -2e3 7 8",
        "1 2 ",
        "1 2  3 4",
        " 1 2",
        ".5 5%",
        "50% 1em 3",
        "2mm 3 4 5",
        "1  2 3",
        "x y z",
        "nan 1",
        "1 2 3%",
    ],
)
def test_two_numbers_are_taken_from_the_words_of_a_path_as_by_the_engine(words: str) -> None:
    from weasyprint.svg.utils import size

    from engross.make.typeset.engine.drawings import by_engine, point

    def both(x: str, y: str, font_size: float) -> tuple[float, float]:
        return size(x, font_size, 200), size(y, font_size, 300)

    svg: Any = SimpleNamespace(point=both)
    assert repr(point(svg, words, 16)) == repr(by_engine(svg, words, 16))


@pytest.mark.parametrize("words", ["", "1", "1mm"])
def test_a_path_that_lacks_a_number_ends_where_the_engine_ends_it(words: str) -> None:
    from weasyprint.svg.utils import PointError

    from engross.make.typeset.engine.drawings import point

    with pytest.raises(PointError):
        point(None, words, 16)
