"""An output without pages of its own asks where pages begin, and for nothing else."""

from pathlib import Path

from tests.unit.typeset.small_house import paragraph, prose, unit

from engross.cache.store import Store
from engross.make.typeset.pool import Pool
from engross.make.typeset.press import lay, typeset
from engross.make.typeset.values import House


def test_where_pages_begin_is_known_without_furniture(
    house: House, pool: Pool, tmp_path: Path
) -> None:
    units = [
        unit("intro", paragraph("intro", 1, prose(900))),
        unit("suzuki", paragraph("suzuki", 1, prose(40))),
    ]
    store = Store(tmp_path)
    laid = lay(units, house, store=store, pool=pool)
    kept = {path.name for path in tmp_path.glob("??/*")}
    assert len(kept) == len(units)
    whole = typeset(units, house, store=store, pool=pool)
    assert (whole.pages, whole.parts) == (laid.pages, laid.parts)
    assert (laid.typeset, whole.typeset) == (2, 0)
    drawn = {path.name for path in tmp_path.glob("??/*")} - kept
    assert len(drawn) == 1  # the sampler
