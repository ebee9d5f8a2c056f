"""One pool of workers serves all tests of this folder."""

from collections.abc import Callable, Iterator

import pytest
from tests.unit.typeset.small_house import SHEET

from engross.cache.store import Store
from engross.make.typeset import fonts
from engross.make.typeset.pool import Engines, Pool
from engross.make.typeset.press import typeset
from engross.make.typeset.values import House, Typesetting, Unit

Press = Callable[..., Typesetting]


@pytest.fixture(scope="session")
def house() -> House:
    return House((SHEET,), fonts.pinned("EB Garamond"))


@pytest.fixture(scope="session")
def pool(house: House) -> Iterator[Pool]:
    with Engines() as engines:
        yield engines.pool(house)


@pytest.fixture(scope="session")
def press(house: House, pool: Pool) -> Press:
    """Typeset units with the small house; a sheet of one's own takes workers of its own."""

    def run(
        *units: Unit, sheet: str = "", store: Store | None = None, **more: object
    ) -> Typesetting:
        store = store or Store(None)
        if not sheet:
            return typeset(units, house, store=store, pool=pool, **more)  # type: ignore[arg-type]
        other = House((SHEET, sheet), house.fonts, house.assets)
        return typeset(units, other, store=store, **more)  # type: ignore[arg-type]

    return run
