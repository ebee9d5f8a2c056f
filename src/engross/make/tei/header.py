"""The header of a document of ours: what record, manifest and ledger say, and nothing else."""

from collections.abc import Sequence

from lxml import etree

from engross.make.tei.elements import pointer, slug
from engross.model.edtf import read
from engross.render.environment import templates
from engross.schema.document import DocumentRecord, Source
from engross.schema.ledger import Correction
from engross.schema.manifest import Manifest

ROLES = {"author": "sent", "recipient": "received"}


def header(
    record: DocumentRecord, corrections: Sequence[Correction], manifest: Manifest | None
) -> etree._Element:
    """The `teiHeader`, from its template."""
    people = (*record.contributors, *(manifest.people if manifest is not None else ()))
    once = {(person.name, person.role): person for person in reversed(people)}
    values = {
        "record": record,
        "corrections": corrections,
        "manifest": manifest,
        "people": tuple(reversed(once.values())),
        "shelfmark": shelfmark(record.source),
        "when": _when(record),
        "roles": ROLES,
        "pointer": pointer,
        "slug": slug,
    }
    made = templates({}).render("records/tei-header.xml", values)
    return etree.fromstring(made.encode(), etree.XMLParser(remove_blank_text=True))


def shelfmark(source: Source) -> str:
    """The place in the archive, as Russian archives count, or as the record has it."""
    parts = [("f.", source.fond), ("op.", source.opis), ("d.", source.delo)]
    counted = [f"{word} {number}" for word, number in parts if number]
    if source.leaves is not None:
        first, last = source.leaves.from_, source.leaves.to
        counted.append(f"l. {first}" if first == last else f"ll. {first}–{last}")
    return ", ".join(counted)


def _when(record: DocumentRecord) -> list[tuple[str, str]]:
    """A date as TEI has it: one day, or the first and the last that it may be."""
    begin, end = read(record.dates.event)
    if begin and begin == end:
        cert = {"": "", "~": "medium"}.get(begin.mark, "low")
        return [("when", begin.iso), ("cert", cert)]
    ends = (("notBefore", begin), ("notAfter", end))
    return [(name, one.iso) for name, one in ends if one]
