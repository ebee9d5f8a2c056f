from engross.model.text import Figure, Leaf, ListBlock, Mark, Point, Run, Table, leaves
from engross.parse.markdown import parse_inline, parse_markdown


def texts(markdown: str, dialect: str = "transcript") -> list[str]:
    return [leaf.text for leaf in leaves(parse_markdown(markdown, "t.md", dialect=dialect).blocks)]


def test_square_brackets_links_and_html_are_text_in_a_transcript() -> None:
    line = 'He saw [signature] and [x](y) <b>bold</b> &amp; http://a.b "quoted" -- so...'
    assert texts(line) == [line]


def test_an_escaped_character_is_itself() -> None:
    assert texts(r"\*not emphasis\* \[Moscow\]") == ["*not emphasis* [Moscow]"]


def test_a_fence_gives_its_paragraphs_a_role_and_attributes() -> None:
    body = parse_markdown(
        "::: marginal {hand=h1 place=bottom}\nNot *reviewed*.\n:::\n", "t.md", dialect="transcript"
    )
    assert body.blocks == (
        Leaf(
            "p-001",
            "marginal",
            (Run("Not "), Run("reviewed", (Mark("emphasis"),)), Run(".")),
            (("hand", "h1"), ("place", "bottom")),
            body.blocks[0].origin,  # type: ignore[union-attr]
        ),
    )
    assert body.blocks[0].origin.line == 2  # type: ignore[union-attr]


def test_block_ids_count_the_leaves_of_the_whole_text_in_order() -> None:
    body = parse_markdown("# Head\n\n- one\n- two\n\nend\n", "t.md")
    assert [(leaf.id, leaf.text) for leaf in leaves(body.blocks)] == [
        ("p-001", "Head"),
        ("p-002", "one"),
        ("p-003", "two"),
        ("p-004", "end"),
    ]
    assert isinstance(body.blocks[1], ListBlock)


def test_a_footnote_of_several_blocks_is_a_note_with_blocks() -> None:
    body = parse_markdown("Text[^1].\n\n[^1]: One.\n\n    - two\n", "t.md")
    assert body.blocks[0].content == (  # type: ignore[union-attr]
        Run("Text"),
        Point("note", (("id", "n-1"),)),
        Run("."),
    )
    (note,) = body.notes
    assert note.id == "n-1"
    assert [leaf.text for leaf in leaves(note.blocks)] == ["One.", "two"]


def test_each_citation_of_a_group_is_a_point_of_its_own() -> None:
    assert parse_inline("See [@a, doc. 1; @b].") == (
        Run("See "),
        Point("citation", (("key", "a"), ("locator", "doc. 1"))),
        Run("; "),
        Point("citation", (("key", "b"), ("locator", ""))),
        Run("."),
    )


def test_words_of_another_language_are_marked() -> None:
    assert parse_inline("[Verno]{lang=ru-Latn}") == (
        Run("Verno", (Mark("language", (("lang", "ru-Latn"),)),)),
    )


def test_a_paragraph_of_one_image_is_a_figure() -> None:
    assert parse_markdown("![A map](map.svg)\n", "t.md").blocks == (Figure("map.svg", "A map"),)


def test_a_table_knows_its_head() -> None:
    (table,) = parse_markdown("| a | b |\n|---|--:|\n| 1 | 2 |\n", "t.md").blocks
    assert isinstance(table, Table)
    assert table.head_rows == 1
    assert [[cell.header for cell in row] for row in table.rows] == [[True, True], [False, False]]
    assert table.rows[1][1].align == "right"


def test_ruby_is_letters_and_how_they_are_read_in_every_dialect() -> None:
    line = "<ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby>と<b>"
    for dialect in ("transcript", "received", "prose"):
        (leaf,) = leaves(parse_markdown(line, "t.md", dialect=dialect).blocks)
        assert leaf.text == "漢かん字じと<b>"
        marks = [[mark.kind for mark in item.marks] for item in leaf.content]
        assert marks == [["ruby"], ["ruby", "ruby-text"]] * 2 + [[]]
        assert leaf.content[0].marks != leaf.content[2].marks, "each letter has its own reading"
    assert texts("<ruby>漢</ruby> <ruby></ruby>") == ["<ruby>漢</ruby> <ruby></ruby>"]
