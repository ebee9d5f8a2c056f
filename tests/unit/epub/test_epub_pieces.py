"""A long section is several files: whole together, each named by what it holds."""

from collections.abc import Sequence

import pytest

from engross.make.epub.pieces import Pieces, divide
from engross.make.markup import by_class, find, opened
from engross.render import Rendered

MOST = 6_000


def note(identity: str, words: str = "A note.") -> str:
    return (
        f'<aside class="note" id="note-{identity}" data-address="long/note/{identity}">'
        f'<p>{words} <a class="backlink" href="#call-{identity}">b</a></p></aside>'
    )


def call(identity: str) -> str:
    return f'<a class="noteref" id="call-{identity}" href="#note-{identity}">1</a>'


def paragraph(number: int, inside: str = "", length: int = 300) -> str:
    block = f"p-{number:03}"
    return f'<p id="{block}" data-address="long#{block}">{"word " * (length // 5)}{inside}</p>\n'


def section(blocks: str, notes: Sequence[str] = (), address: str = "long") -> Rendered:
    end = "\n".join(notes)
    ends = f'<section class="notes" role="doc-endnotes"><h2>Notes</h2>{end}</section>'
    html = (
        f'<section id="{address}" class="document" role="doc-chapter" lang="en">'
        f'<div class="text" lang="en">{blocks}</div>{ends if notes else ""}</section>'
    )
    return Rendered(address, "document", "Long", "Long", html, "en")


def cut(*sections: Rendered, most: int = MOST) -> Pieces:
    return divide(sections, lambda title: f"{title} (continued)", most)


def long(count: int = 60, **inside: str) -> Rendered:
    """A text of so many paragraphs; `p7="…"` stands in the seventh."""
    texts = "".join(paragraph(n, inside.get(f"p{n}", "")) for n in range(1, count + 1))
    called = [one for one in ("a", "b", "c") if call(one) in texts]
    return section(texts, [note(one) for one in called])


def addresses(html: str) -> list[str]:
    return [
        str(one.get("data-address")) for one in find(opened(html), "descendant::*[@data-address]")
    ]


def test_a_section_that_is_not_long_stays_as_it_was() -> None:
    short = long(5)
    assert cut(short) == Pieces((short,), {})


def test_the_pieces_have_every_block_once_in_order_and_none_is_too_long() -> None:
    whole = long()
    pieces = cut(whole).files
    assert [one for piece in pieces for one in addresses(piece.html)] == addresses(whole.html)
    assert len(pieces) == 6
    assert max(len(piece.html.encode()) for piece in pieces) <= MOST


def test_a_piece_is_named_by_the_first_block_that_it_holds() -> None:
    first, *later = cut(long()).files
    assert (first.address, first.title) == ("long", "Long")
    for piece in later:
        block = addresses(piece.html)[0].partition("#")[2]
        assert (piece.address, piece.title) == (f"long.{block}", "Long (continued)")


def test_what_a_section_is_is_said_once() -> None:
    first, *later = (opened(piece.html) for piece in cut(long()).files)
    assert (first.get("id"), first.get("role")) == ("long", "doc-chapter")
    for root in later:
        assert dict(root.attrib) == {"class": "document", "lang": "en"}
        assert root[0].get("class") == "text"


def test_a_corrected_word_moves_no_cut() -> None:
    names = [piece.address for piece in cut(long()).files]
    for number in (3, 12, 20, 33, 41, 58):
        changed = long(**{f"p{number}": "and some more words than before"})
        assert [piece.address for piece in cut(changed).files] == names


def test_a_note_stands_in_the_file_that_calls_it_first_and_leads_back_from_there() -> None:
    whole = long(
        p2=call("a"), p30=call("b"), p59=call("c") + call("a").replace("call-a", "call-a-2")
    )
    pieces = cut(whole).files
    for identity in "abc":
        (holder,) = [piece for piece in pieces if f'id="note-{identity}"' in piece.html]
        assert f'id="call-{identity}"' in holder.html
        assert f'href="#note-{identity}"' in holder.html
        assert f'href="#call-{identity}"' in holder.html
    assert 'href="long.xhtml#note-a"' in pieces[-1].html
    heads = [find(opened(piece.html), "descendant::h2") for piece in pieces]
    assert [len(head) for head in heads] == ["<aside" in piece.html for piece in pieces]


def test_a_note_of_a_note_stands_with_it() -> None:
    whole = section(
        "".join(paragraph(n, call("a") if n == 2 else "") for n in range(1, 60)),
        [note("b"), note("a", f"See {call('b')}.")],
    )
    first, *_ = cut(whole).files
    assert [one.get("id") for one in by_class(opened(first.html), "aside", "note")] == [
        "note-a",
        "note-b",
    ]


def test_links_lead_to_the_piece_that_holds_their_goal() -> None:
    other = section(
        '<p id="p-001" data-address="other#p-001"><a href="long.xhtml">whole</a> '
        '<a href="long.xhtml#p-055">late</a> <a href="long.xhtml#p-001">early</a></p>',
        address="other",
    )
    whole = long(p3='<a href="#p-058">forward</a>', p57='<a href="#p-002">back</a>')
    *pieces, last, other = cut(whole, other).files
    assert [one.get("href") for one in opened(other.html).iter("a")] == [
        "long.xhtml",
        f"{last.address}.xhtml#p-055",
        "long.xhtml#p-001",
    ]
    assert f'href="{last.address}.xhtml#p-058"' in pieces[0].html
    assert 'href="long.xhtml#p-002"' in last.html


def test_a_cut_falls_before_a_heading_rather_than_in_a_division() -> None:
    blocks = "".join(
        f'<h2 id="p-{n:03}" data-address="long#p-{n:03}">Part</h2>'
        if n in {13, 27}
        else paragraph(n)
        for n in range(1, 40)
    )
    assert [piece.address for piece in cut(section(blocks)).files] == [
        "long",
        "long.p-013",
        "long.p-027",
    ]


def test_a_heading_is_not_left_behind_by_its_text() -> None:
    blocks = "".join(
        f'<h2 id="p-{n:03}" data-address="long#p-{n:03}">Part</h2>'
        if n % 2
        else paragraph(n, length=2_000)
        for n in range(1, 13)
    )
    for piece in cut(section(blocks)).files:
        assert opened(piece.html)[0][-1].tag == "p"


def test_a_list_goes_on_with_its_own_number() -> None:
    items = "".join(f"<li>{paragraph(n)}</li>" for n in range(1, 40))
    first, second, *_ = cut(section(f'<ol start="3">{items}</ol>')).files
    begun = len(find(opened(first.html), "descendant::li"))
    (going,) = find(opened(second.html), "descendant::ol")
    assert going.get("start") == str(3 + begun)


def test_a_table_that_is_longer_than_a_file_stays_whole() -> None:
    rows = "".join(f"<tr><td>{paragraph(n)}</td></tr>" for n in range(2, 40))
    blocks = f"{paragraph(1)}<table><tbody>{rows}</tbody></table>{paragraph(40)}"
    pieces = cut(section(blocks)).files
    assert [piece.address for piece in pieces] == ["long", "long.p-002", "long.p-040"]
    assert pieces[1].html.count("<tr>") == 38


@pytest.mark.parametrize("most", range(2_000, 9_000, 500))
def test_no_length_of_files_loses_a_word_or_a_note(most: int) -> None:
    whole = long(p2=call("a"), p30=call("b"), p59=call("c"))
    pieces = cut(whole, most=most).files
    found = [one for piece in pieces for one in addresses(piece.html)]
    assert sorted(found) == sorted(addresses(whole.html))
    words = "".join(" ".join(map(str, opened(piece.html).itertext())) for piece in pieces)
    assert words.count("word") == 60 * 60
    assert max(len(piece.html.encode()) for piece in pieces) <= most
