"""Records for libraries and shops, read back and held against the evidence."""

from types import SimpleNamespace
from typing import Any

from engross.verify.records import prove_records
from engross.verify.report import Log


def test_a_record_without_the_title_is_not_proved() -> None:
    manifest = SimpleNamespace(
        title="A Call", subtitle="", people=(), identifier="urn:x:1", version="1.0",
        date="1961-09-14", rights=SimpleNamespace(statement="Free"), publisher=None,
    )  # fmt: skip
    ground: Any = SimpleNamespace(book=SimpleNamespace(manifest=SimpleNamespace(value=manifest)))
    log = Log("metadata")
    prove_records({"a.ris": b"TY  - BOOK\nTI  - A Hall\nET  - Version 1.0\n"}, ground, log)
    assert [f"{one.code} {one.message}" for one in log.findings] == [
        "P025 a.ris does not say the title 'A Call'"
    ]
