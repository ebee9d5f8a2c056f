"""The sample edition as records see it."""

import pytest

from engross.make.records.facts import Facts, facts
from engross.render import render
from golden.sample import edition


@pytest.fixture
def known() -> Facts:
    made = edition()
    return facts(made, render(made, "epub"), paged=True)
