"""Notes, marks and citations beside the text, and the text itself unchanged."""

from tests.golden.sample import edition
from tests.unit.web.site_of_sample import page, words

from engross.render import render


def own(element: object) -> str:
    """The words of an element without its furniture, white space folded."""

    def pieces(one: object) -> list[str]:
        found = [one.text or ""]  # type: ignore[attr-defined]
        for child in one:  # type: ignore[attr-defined]
            if child.get("data-furniture") is None:
                found += pieces(child)
            found.append(child.tail or "")
        return found

    return " ".join("".join(pieces(element)).split())


def test_every_address_keeps_its_text() -> None:
    from engross.make.markup import find, opened

    (rendered,) = [one for one in render(edition(), "web") if one.address == "letter"]
    before = {
        one.get("data-address"): own(one)
        for one in find(opened(rendered.html), ".//*[@data-address]")
    }
    after = {
        one.get("data-address"): own(one) for one in page("letter.html").xpath("//*[@data-address]")
    }
    assert len(before) > 20
    assert after == before


def test_a_note_stands_behind_the_block_that_calls_it_first() -> None:
    tree = page("letter.html")
    (block,) = tree.xpath("//div[@class='beside'][p[@id='p-004']]")
    assert [child.get("class") for child in block][:2] == ["paragraph", "cite-this"]
    assert block[-1].get("class") == "notes-beside"
    assert [note.get("id") for note in block[-1]] == ["note-long"]
    assert tree.xpath("//section[contains(@class, 'notes')]") == []
    assert len(tree.xpath("//aside")) == 3


def test_a_note_is_named_by_its_number_and_leads_back_to_each_call() -> None:
    (note,) = page("letter.html").xpath("//aside[@id='note-long']")
    assert note.get("aria-label") == "Note 2"
    backs = [link.get("href") for link in note.iter("a") if link.get("role") == "doc-backlink"]
    assert backs == ["#call-long", "#call-long-2"]
    (close,) = note.xpath("a[@class='close']")
    assert (close.get("href"), close.text) == ("#call-long", "Close")


def test_a_note_in_a_table_stands_behind_the_table() -> None:
    (block,) = page("letter.html").xpath("//div[@class='beside'][table]")
    assert [note.get("id") for note in block.iter("aside")] == ["note-cell"]


def test_pages_and_leaves_are_links_to_themselves() -> None:
    tree = page("letter.html")
    marks = [
        (one.get("id"), one.get("href"), words(one))
        for one in tree.xpath("//a[@class='page-mark']")
    ]
    assert marks == [("page-1", "#page-1", "p. 1"), ("page-2", "#page-2", "p. 2")]
    leaves = [
        (one.get("id"), one[0].get("href"), words(one))
        for one in tree.xpath("//span[@class='leaf-break']")
    ]
    assert leaves == [("leaf-l-8", "#leaf-l-8", "[l. 8]"), ("leaf-l-9", "#leaf-l-9", "[l. 9?]")]


def test_each_numbered_paragraph_says_how_it_is_cited() -> None:
    offers = [words(one) for one in page("letter.html").xpath("//p[@class='cite-this']")]
    assert len(offers) == 2
    assert offers[1].startswith(
        "Cite this paragraph: “Letter of a Sample,” 1 January 2000, Archive of Samples, f. 1, "
        "op. 2, d. 3, l. 7, ¶ 2, doc. 1, in A Sample Document & Its Edition"
    )


def test_a_volume_is_searched_without_a_server() -> None:
    import json

    from engross.make.web.search import index
    from engross.make.web.site import page_name

    script = index(render(edition(), "web"), page_name).decode()
    rows = json.loads(script.removeprefix("window.engrossWords=").removesuffix(";\n"))
    assert ["letter.html", "p-015", "Letter of a Sample", "Quoted words."] in rows
    assert all("[l. 8]" not in row[3] for row in rows)
