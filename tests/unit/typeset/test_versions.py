"""What a kept page depends on besides its text."""

from engross.make.typeset import versions


def test_the_key_names_python_and_zlib() -> None:
    assert {"python", "zlib", "engross", "weasyprint"} <= dict(versions.engine()).keys()
