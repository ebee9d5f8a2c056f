"""The archive has the same bytes with and without a store, whatever is in the store."""

import io
import zipfile
import zlib

import pytest

from engross.make.epub import archive
from engross.make.epub.archive import LARGE, OLDEST, zipped

FILES = {
    "EPUB/letter.xhtml": b"<p>Words</p>" * 40,
    "EPUB/face.ttf": bytes(n * n % 251 for n in range(LARGE + 7)),
    "EPUB/scan.png": b"\x89PNG" + bytes(range(256)) * (LARGE // 256),
    "mimetype": b"application/epub+zip",
}


class Shelf(dict[str, bytes]):
    """A store in memory."""

    def put(self, key: str, body: bytes) -> None:
        self[key] = body


def plain() -> bytes:
    """The archive as the standard library writes it."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name in ("mimetype", "EPUB/face.ttf", "EPUB/letter.xhtml", "EPUB/scan.png"):
            entry = zipfile.ZipInfo(name, OLDEST)
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            stored = name == "mimetype"
            way = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            made.writestr(entry, FILES[name], way, None if stored else 9)
    return target.getvalue()


def test_kept_entries_change_no_byte() -> None:
    shelf = Shelf()
    assert [zipped(FILES), zipped(FILES, shelf), zipped(FILES, shelf)] == [plain()] * 3
    assert len(shelf) == 2  # the face and the scan; words are too small


def test_what_is_kept_is_not_compressed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf()
    zipped(FILES, shelf)
    monkeypatch.setattr(archive.zlib, "compressobj", None)
    small = {name: body for name, body in FILES.items() if len(body) > LARGE or name == "mimetype"}
    with zipfile.ZipFile(io.BytesIO(zipped(small, shelf))) as made:
        assert made.testzip() is None
        assert {name: made.read(name) for name in made.namelist()} == small


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not a stream",
        zlib.compress(b"other", wbits=-15),
        zlib.compress(bytes(1 << 24), wbits=-15),
    ],
)
def test_a_form_that_is_not_of_the_content_is_made_again(body: bytes) -> None:
    shelf = Shelf()
    zipped(FILES, shelf)
    for key in shelf:
        shelf[key] = body
    assert zipped(FILES, shelf) == plain()
    assert body not in shelf.values()
