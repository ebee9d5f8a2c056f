"""The archive is the standard library's, in one order and with one date."""

import io
import zipfile

from engross.make.epub.container import OLDEST, zipped

FILES = {"EPUB/b.xhtml": b"<p>Words</p>" * 40, "EPUB/a.png": b"\x89PNG", "mimetype": b"x/y"}


def test_entries_are_sorted_with_one_date_and_the_type_is_stored_first() -> None:
    with zipfile.ZipFile(io.BytesIO(zipped(FILES))) as made:
        rows = [(one.filename, one.date_time, one.compress_type) for one in made.infolist()]
        assert {name: made.read(name) for name in made.namelist()} == FILES
    assert rows == [
        ("mimetype", OLDEST, zipfile.ZIP_STORED),
        ("EPUB/a.png", OLDEST, zipfile.ZIP_DEFLATED),
        ("EPUB/b.xhtml", OLDEST, zipfile.ZIP_DEFLATED),
    ]
