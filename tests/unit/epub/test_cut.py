"""Which characters of a text the East Asian faces are there for."""

import io
from types import SimpleNamespace

from fontTools.ttLib import TTFont

from engross.make.cut import cut, eastern, used
from engross.make.typeset.fonts import pinned


def test_the_sign_that_makes_an_arrow_a_letter_is_not_east_asian() -> None:
    assert eastern(["back \u21a9\ufe0e", "Привет, ἀνήρ, שלום"]) == []
    assert eastern(["\u5c71 and \u4e00", "\u4e00\ufe0e"]) == [0x4E00, 0x5C71]


def test_a_face_keeps_what_its_features_make_of_the_characters_in_use() -> None:
    store: dict[str, bytes] = {}

    class Kept:
        get = staticmethod(store.get)
        put = staticmethod(store.__setitem__)

    (face,) = [one for one in pinned("EB Garamond") if (one.weight, one.italic) == (400, False)]
    part = cut(face, used(["Größe"]), Kept())
    with TTFont(io.BytesIO(part.content)) as font:
        held = font.getBestCmap().keys()
        features = {row.FeatureTag for row in font["GSUB"].table.FeatureList.FeatureRecord}
    assert set(map(ord, "Größe 1961")) <= held
    assert ord("Ж") not in held
    assert {"smcp", "onum", "lnum", "liga"} <= features
    assert len(part.content) < len(face.content) / 4
    assert cut(face, used(["Größe"]), Kept()) == part


def test_a_face_with_a_reserved_name_is_given_back_whole() -> None:
    face = pinned("Gentium Book Plus")[0]
    whole = cut(face, used(["a"]), SimpleNamespace(get=lambda _: None, put=lambda *_: None))
    assert whole.content == face.content


def test_a_name_that_is_not_the_face_s_own_may_be_reserved() -> None:
    face = pinned("Noto Sans JP")[0]
    part = cut(face, [0x5C71], SimpleNamespace(get=lambda _: None, put=lambda *_: None))
    assert len(part.content) < 20_000
