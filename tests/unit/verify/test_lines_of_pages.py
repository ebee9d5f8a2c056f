"""What pages do to the lines of a text: verse keeps them, tables repeat their heads."""

import io

import pikepdf
from pikepdf import Name

from engross.verify.furniture import Section
from engross.verify.interleave import interleave
from engross.verify.pages import PageText, Stand, read_pages
from engross.verify.places import misplaced
from engross.verify.script import Part, SectionScript
from engross.verify.streams import Streams, write_streams
from engross.verify.ways import Read, Stuck

HEADS = ("x#p-001", "x#p-002")
CELLS = {"x#p-001": "Place", "x#p-002": "Sum", "x#p-003": "Quay", "x#p-004": "7"}


def streams(parts: list[Part], tables: dict[str, tuple[str, ...]]) -> Streams:
    section = Section("x", "document", "X", "X", False, (), (), ())
    return write_streams([SectionScript(section, parts)], tables)


def table() -> Streams:
    parts = []
    for address, words in CELLS.items():
        parts += [Part("begin", address, address), Part("text", words, address)]
        parts += [Part("end", address, address)]
    tables = {address: () if address in HEADS else HEADS for address in CELLS}
    return streams(parts, tables)


def read(*pages: tuple[str, ...]) -> Read | Stuck:
    texts = [PageText(lines, (Stand(0, 9, 9),) * len(lines), ()) for lines in pages]
    return interleave(texts, ["1", "2"], [frozenset()] * 2, table())


def test_column_heads_may_stand_again_where_a_table_goes_on() -> None:
    assert isinstance(read(("PlaceSum", "Quay"), ("Place", "Sum", "7")), Read)
    assert isinstance(read(("PlaceSum", "Quay"), ("7",)), Read)


def test_they_may_not_stand_twice_on_a_page_nor_behind_the_table() -> None:
    assert isinstance(read(("PlaceSum", "Quay"), ("PlaceSum", "PlaceSum", "7")), Stuck)
    assert isinstance(read(("PlaceSum", "Quay"), ("7", "PlaceSum")), Stuck)


def test_a_line_of_verse_that_does_not_begin_a_line_is_told() -> None:
    address = "x#p-001"
    parts = [Part("begin", address, address), Part("text", "One", address)]
    parts += [Part("break", "", address), Part("text", "two", address)]
    made = streams(parts, {})

    def told(*lines: str) -> list[tuple[str, str]]:
        page = PageText(lines, tuple(Stand(0, 9, 90 - 20 * n) for n in range(len(lines))), ())
        found = interleave([page], [""], [frozenset()], made)
        assert isinstance(found, Read)
        steps, step = [], found.ways[0].steps
        while step is not None:
            steps.append(step)
            step = step.before
        return list(misplaced(steps[::-1], made, [page], ["7"]))

    assert told("One", "two") == []
    assert told("Onetwo") == [
        ("P007", "page 7, x#p-001: 'two' does not begin a line, as it should")
    ]


def test_a_thin_stroke_is_seen_wherever_it_falls_among_the_pixels() -> None:
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(400, 400))
        faces = pikepdf.Dictionary(
            F=pikepdf.Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        )
        page.obj.Resources = pikepdf.Dictionary(Font=faces)
        rows = [f"BT /F {size} Tf {20 + 7.03 * n:.2f} {y} Td (|) Tj ET" for n in range(50)
                for size, y in ((3, 100), (4, 200), (5, 300))]  # fmt: skip
        page.obj.Contents = pdf.make_stream("\n".join(rows).encode())
        target = io.BytesIO()
        pdf.save(target)
    assert read_pages(target.getvalue())[0].unseen == ()
