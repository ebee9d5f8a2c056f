"""The proof notices every seeded loss; the report counts every element."""

from collections import Counter
from dataclasses import replace

import pytest
from lxml import etree

from engross.model.source import SourceFile
from engross.model.text import Body, Leaf, Run, map_leaves
from engross.parse.tei import prove, read_tei, reader
from engross.parse.tei.ids import Ids
from engross.parse.tei.names import name_of
from engross.parse.tei.reading import Reading

NAMES = ("volume", "letter", "choice", "dirty")


@pytest.mark.parametrize("name", NAMES)
def test_text_in_is_text_out(volume, file, name):
    assert volume(name).documents
    assert prove(volume(name), file(name)) == ()


@pytest.mark.parametrize("name", NAMES)
def test_the_report_counts_every_element_of_the_file_once(volume, file, name):
    root = etree.fromstring(file(name).content, etree.XMLParser(collect_ids=False))
    wanted = Counter(name_of(element.tag) for element in root.iter(etree.Element))
    assert {row.name: row.total for row in volume(name).coverage.elements} == dict(wanted)


def test_what_is_left_out_has_a_reason(volume):
    dropped = [row for row in volume("dirty").coverage.elements if row.dropped]
    assert [(row.name, row.dropped, row.reason) for row in dropped] == [
        ("xhtml:div", 1, "hidden from readers by display:none"),
        ("xhtml:script", 1, "program code of a web page, not text"),
    ]
    assert [(d.line, d.text) for d in volume("dirty").coverage.drops] == [
        (12, "600x338"),
        (12, "play();"),
    ]
    assert volume("dirty").coverage.table().splitlines()[0].split() == [
        "element", "all", "mapped", "text", "data", "dropped", "reason",
    ]  # fmt: skip


def test_comments_and_processing_instructions_are_kept(volume):
    assert volume("volume").coverage.remarks == ((2, '<?xml-model href="volume.rnc"?>'),)


def _changed(volume, change):
    """The volume with the first document's leaves changed."""

    def within(part):
        if getattr(part, "parts", ()):
            return replace(part, parts=tuple(within(inner) for inner in part.parts))
        if part.id != "d1":
            return part
        return replace(part, body=change(part.body))

    return replace(volume, body=tuple(within(part) for part in volume.body))


def _without(leaf_id):
    def change(body):
        blocks = map_leaves(body.blocks, lambda leaf: None if leaf.id == leaf_id else leaf)
        return replace(body, blocks=blocks)

    return change


def _reworded(body: Body) -> Body:
    def change(leaf: Leaf) -> Leaf:
        content = tuple(
            replace(item, text=item.text.replace("All", "Al").replace("all", "al"))
            if isinstance(item, Run)
            else item
            for item in leaf.content
        )
        return replace(leaf, content=content)

    return replace(body, blocks=map_leaves(body.blocks, change))


def test_a_paragraph_that_is_gone_is_noticed(volume, file):
    (found,) = prove(_changed(volume("volume"), _without("p-012")), file("volume"))
    assert str(found) == (
        "volume.xml:68: I030 text of 'd1' differs at block 12: the file has 'Words of another.',"
        " the"
        " tree 'A line of verse'\n    fix: this is a fault of the program: report it with the file"
    )


def test_a_letter_that_is_gone_is_noticed(volume, file):
    (found,) = prove(_changed(volume("volume"), _reworded), file("volume"))
    assert found.message == (
        "text of 'd1' differs at block 23: the file has 'That is all.', the tree 'That is al.'"
    )


def test_a_note_that_is_gone_is_noticed(volume, file):
    shorter = _changed(volume("volume"), lambda body: replace(body, notes=body.notes[:-1]))
    (found,) = prove(shorter, file("volume"))
    assert found.message == (
        "count of notes of 'd1' differs at block 1: the file has '9 notes', the tree '8 notes'"
    )


def test_a_paragraph_cut_in_two_is_noticed(volume, file):
    def change(body):
        first = body.blocks[0]
        head, tail = first.content[0], first.content[1:]
        two = (replace(first, content=(head,)), replace(first, id="p-999", content=tail))
        return replace(body, blocks=(*two, *body.blocks[1:]))

    (found,) = prove(_changed(volume("volume"), change), file("volume"))
    assert found.message.startswith("text of 'd1' differs at block 1")


def test_a_reading_beside_the_text_that_is_gone_is_noticed(file):
    other = file("choice").content.replace(b"Minister", b"Minster!")
    read = read_tei(SourceFile.of("choice.xml", other))
    (found,) = prove(read, file("choice"))
    assert found.message.startswith("text beside the text of 'choices' differs")


def test_an_element_that_the_account_has_missed_is_an_error(volume, file):
    whole = volume("choice")
    coverage = replace(
        whole.coverage, elements=tuple(r for r in whole.coverage.elements if r.name != "sic")
    )
    root = etree.fromstring(file("choice").content)
    reading = Reading("choice.xml", Ids.of(root), "choice")
    reader.after(reading, root, replace(whole, coverage=coverage))
    assert [str(found) for found in reading.findings] == [
        (
            "choice.xml:2: I031 <sic> stands 4 times in the file, and 0 times in the account of"
            " what was read\n    fix: this is a fault of the program: report it with the file"
        )
    ]
