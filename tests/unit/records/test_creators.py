"""Whom the records name as the maker of an edition."""

from dataclasses import replace

import pytest
from tests.golden.sample import edition

from engross.assemble.edition import DocumentContent, Edition
from engross.make.epub.book import metadata
from engross.schema.document import DocumentRecord
from engross.schema.manifest import Person


def said(made: Edition) -> list[tuple[str, str]]:
    """Element and name of each creator and contributor of the EPUB."""
    lines = metadata(made, (), paged=False)
    return [(line.element, line.value) for line in lines if line.element.startswith(("cr", "co"))]


def without(*people: Person, **record: object) -> Edition:
    """The sample with other people, and documents with other data."""
    made = edition()
    manifest = made.manifest.model_copy(update={"people": people})
    sections = []
    for section in made.sections:
        content = section.content
        if isinstance(content, DocumentContent):
            data = content.record.model_dump(by_alias=True, exclude_unset=True) | record
            content = replace(content, record=DocumentRecord.model_validate(data))
        sections.append(replace(section, content=content))
    return replace(made, manifest=manifest, sections=tuple(sections))


TRANSLATOR = Person(name="Tess Translator", role="trl")


@pytest.mark.parametrize(
    ("made", "wanted"),
    [
        (without(Person(name="Ann Editor", role="edt")), [("creator", "Ann Editor")]),
        (
            without(TRANSLATOR, contributors=[{"name": "The Ministry", "role": "aut"}]),
            [("creator", "The Ministry"), ("contributor", "Tess Translator")],
        ),
        (
            without(contributors=[], participants=[{"name": "A Clerk", "role": "author"}]),
            [("creator", "A Clerk")],
        ),
    ],
)
def test_an_epub_has_a_creator_whoever_made_the_edition(
    made: Edition, wanted: list[tuple[str, str]]
) -> None:
    assert said(made) == wanted


def test_the_archive_is_named_where_nobody_else_is() -> None:
    made = without(contributors=[], participants=[])
    content = made.section("letter").content
    assert isinstance(content, DocumentContent)
    assert said(made) == [("creator", content.record.source.repository)]
