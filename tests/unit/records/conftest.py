"""The sample edition as records see it."""

import pytest
from tests.golden.sample import edition

from engross.make.records.facts import Facts, facts
from engross.render import render


@pytest.fixture
def known() -> Facts:
    made = edition()
    return facts(made, render(made, "epub"), paged=True)
