"""Each language has a face of its own; none is set smaller within itself."""

import cssselect2
import pytest
import tinycss2
from lxml import etree

from engross.render.sheets import styles


def declared(markup: str, medium: str = "print") -> dict[str, str]:
    """What the rules of the house that name a language say of the element `x`."""
    root = cssselect2.ElementWrapper.from_html_root(etree.fromstring(markup))
    target = next(one for one in root.iter_subtree() if one.etree_element.get("id") == "x")
    found: dict[str, str] = {}
    for rule in tinycss2.parse_stylesheet(styles("documentary", medium), True, True):
        if rule.type == "qualified-rule" and "lang" in tinycss2.serialize(rule.prelude):
            for selector in cssselect2.compile_selector_list(rule.prelude):
                if selector.pseudo_element is None and target.matches(
                    tinycss2.serialize(rule.prelude)
                ):
                    found |= {
                        one.name: tinycss2.serialize(one.value).strip()
                        for one in tinycss2.parse_blocks_contents(rule.content, True, True)
                    }
    return found


@pytest.mark.parametrize(
    ("tag", "face"),
    [
        ("ja", "Noto Sans JP"),
        ("zh-Hans", "Noto Sans SC"),
        ("zh-Hant", "Noto Sans SC"),
        ("ko", "Noto Sans KR"),
    ],
)
def test_a_word_of_another_script_has_the_face_of_its_language_and_is_smaller(
    tag: str, face: str
) -> None:
    said = declared(f'<html lang="en"><p>A <span id="x" lang="{tag}">水</span></p></html>')
    assert said["font-family"].startswith(f'"{face}"')
    assert said["font-size"] == "0.85em"


def test_a_text_in_its_own_language_has_one_size() -> None:
    said = declared('<html lang="zh"><p lang="zh">水 <span id="x" lang="zh">坝</span></p></html>')
    assert "font-size" not in said
    assert "font-size" not in declared('<html lang="en"><p id="x" lang="zh">水</p></html>')


def test_a_romanized_word_keeps_the_face_of_the_text() -> None:
    assert (
        declared('<html lang="en"><p><span id="x" lang="ja-Latn">gaimushō</span></p></html>') == {}
    )
