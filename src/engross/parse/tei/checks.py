"""What the data itself gets wrong: looked for before reading, and after."""

from collections import Counter

from lxml import etree

from engross.catalog import finding
from engross.model.finding import Place
from engross.parse.tei import dates, links
from engross.parse.tei.elements import DATA_LISTS
from engross.parse.tei.names import TEI, name_of
from engross.parse.tei.reading import Reading
from engross.parse.tei.volume import TeiVolume


def before(reading: Reading, root: etree._Element) -> None:
    """Report duplicate ids, a missing name space, impossible dates, dangling pointers."""
    if not root.tag.startswith(f"{{{TEI}}}"):
        reading.report(
            "I020",
            root,
            "the file is not in the name space of TEI; read as if it were",
            f'write <{name_of(root.tag)} xmlns="{TEI}">',
        )
    for identifier, element, new in reading.ids.again:
        first = reading.ids.holders[identifier].sourceline
        reading.report(
            "I010",
            element,
            f"xml:id {identifier!r} stands here and at line {first}; this one is read as {new!r}",
            "give each element its own xml:id",
        )
    data: set[etree._Element] = set()
    for element in root.iter(etree.Element):
        above = element.getparent()
        if above in data or name_of(element.tag) in ("teiHeader", "facsimile", *DATA_LISTS):
            data.add(element)
        elif element.attrib:
            links.check(reading, element)
        dates.check(reading, element)


def after(reading: Reading, root: etree._Element, volume: TeiVolume) -> None:
    """Report numbers out of order, and elements that the account has missed or counted twice."""
    last, last_id = 0, ""
    for document in volume.documents:
        if not document.number.isdigit():
            continue
        number = int(document.number)
        if last_id and number != last + 1:
            place = Place(reading.path, document.line)
            message = f"document {document.id!r} has number {number} after {last} of {last_id!r}"
            reading.findings.append(finding("I016", place, message))
        last, last_id = number, document.id
    wanted = Counter(name_of(element.tag) for element in root.iter(etree.Element))
    have = {row.name: row.total for row in volume.coverage.elements}
    for name, count in sorted(wanted.items()):
        if have.get(name, 0) != count:
            reading.report(
                "I031",
                root,
                f"<{name}> stands {count} times in the file, and {have.get(name, 0)} times in the"
                " account of what was read",
                "this is a fault of the program: report it with the file",
            )
