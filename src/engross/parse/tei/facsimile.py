"""Pictures of the pages: of `facsimile`, and those that page breaks name with `@facs`."""

from collections.abc import Iterator

from lxml import etree

from engross.model.text import Body, Figure, Leaf, Origin, Run
from engross.parse.tei.elements import line_of
from engross.parse.tei.fold import stand_in
from engross.parse.tei.manuscripts import every, first
from engross.parse.tei.names import XML
from engross.parse.tei.reading import Reading, Scope, words
from engross.parse.tei.volume import Part


def facsimile(reading: Reading, root: etree._Element) -> tuple[Part, ...]:
    """The pictures that are at hand, each once, as a part behind the text; or nothing."""
    labels = {one.get("facs", ""): one.get("n", "") for one in every(root, "pb")}
    scope, figures, met = Scope("facsimile"), list[Figure](), set[str]()
    for element, url in _named(root):
        path = reading.picture(url)
        if not path or path in met:
            continue
        met.add(path)
        above = element.getparent()
        surface = above if above is not None else element
        page = labels.get(url) or labels.get(f"#{surface.get(f'{XML}id')}") or surface.get("n", "")
        origin = Origin(reading.path, line_of(element))
        run = Run(f"[{page}]", (stand_in("page"),))
        caption = Leaf(scope.next_leaf(), "caption", (run,), origin=origin) if page else None
        said = words(first(element, "desc")) or page or path.rpartition("/")[2]
        figures.append(Figure(path, said, caption, origin=origin))
    identifier = reading.ids.free("facsimile") if figures else ""
    body = Body(tuple(figures))
    return (Part(identifier, "facsimile", "Facsimile", body),) if figures else ()


def _named(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Each picture's element and address, in the order of the file."""
    for one in every(root, "facsimile"):
        yield from ((graphic, graphic.get("url", "")) for graphic in every(one, "graphic"))
    for one in every(root, "pb"):
        if (address := one.get("facs", "")) and not address.startswith("#"):
            yield one, address
