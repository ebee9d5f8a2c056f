"""The sample edition as a web edition."""

from collections.abc import Sequence
from dataclasses import replace

from lxml import etree, html
from tests.golden.sample import edition

from engross.assemble.edition import CorrectionsContent
from engross.make.epub import PageStart
from engross.make.records.facts import facts
from engross.make.web import Site, make_web
from engross.render import render, styles

PAGES = [PageStart("i", "title-page"), PageStart("1", "letter"), PageStart("2", "letter#p-005", 9)]
UNCHANGED = CorrectionsContent(())
SEAL = b"\x89PNG no picture"


def site(
    pages: Sequence[PageStart] = PAGES,
    address: str = "",
    changes: CorrectionsContent = UNCHANGED,
) -> dict[str, bytes]:
    """The files, by name below `web/`."""
    made = edition()
    made = replace(made, manifest=made.manifest.model_copy(update={"web_address": address}))
    made = replace(made, changes=changes)
    known = facts(made, render(made, "epub"), paged=True)
    whole = Site(known, styles("documentary", "web"), images={"images/seal.png": SEAL})
    outputs = make_web(whole, render(made, "web"), pages)
    assert all(output.kind == "web" for output in outputs)
    return {output.name.removeprefix("web/"): output.content for output in outputs}


def page(name: str, files: dict[str, bytes] | None = None) -> etree._Element:
    """A page, parsed as a browser does."""
    return html.document_fromstring((files or site())[name].decode())


def words(element: etree._Element) -> str:
    """The text inside an element, in one line."""
    return " ".join("".join(map(str, element.itertext())).split())
