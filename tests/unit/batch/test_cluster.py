import sys

import pytest

from engross.batch.cluster import client
from engross.model.finding import EngrossError


def test_more_than_one_worker_without_dask_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(EngrossError) as caught, client(2, "", print):
        pass
    assert str(caught.value) == (
        "engross: E030 more than one worker needs Dask, which is not installed\n"
        "    fix: install engross[cluster], or use -j 1"
    )
    assert caught.value.exit_status == 6
