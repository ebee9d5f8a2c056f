"""Every file of `metadata/`."""

from collections.abc import Sequence

from engross.assemble.edition import DocumentContent
from engross.catalog import finding
from engross.make.records import linked, listing, reference, registered
from engross.make.records.citing import cite_document, cite_edition
from engross.make.records.facts import Facts, doi_of
from engross.make.records.onix import offered, onix
from engross.make.tei import make_tei
from engross.model.check import Output
from engross.model.finding import Finding, Place
from engross.schema.ledger import Correction

FOLDER = "metadata"


def make_records(
    facts: Facts,
    corrections: Sequence[Correction] = (),
    cover: bytes | None = None,
    before: str = "",
) -> tuple[Output, ...]:
    """
    Make the records of an edition.

    The ledger goes into the TEI files of the documents; the front of the cover, PNG or JPEG, is
    laid beside the records for shops and catalogues; `before` is the DOI of the version before this
    one.
    """
    slug = facts.manifest.edition
    front = ""
    if cover:
        front = f"{slug}-cover" + (".png" if cover.startswith(b"\x89PNG") else ".jpg")
    files = {
        "onix.xml": onix(facts),
        "opds.json": linked.as_bytes(linked.opds(facts, front)),
        "csl.json": linked.as_bytes(linked.csl(facts)),
        "schema.jsonld": linked.as_bytes(linked.json_ld(facts)),
        f"{slug}.bib": reference.bibtex(facts),
        f"{slug}.ris": reference.ris(facts),
        "marc.xml": reference.marcxml(facts),
        "listing.txt": listing.listing(facts),
        "cite.txt": cite_text(facts),
    }
    if offered(facts):
        files["onix-google.xml"] = onix(facts, shop=True)
    if doi_of(facts.manifest.identifier_this) or doi_of(facts.manifest.identifier):
        files["datacite.json"] = linked.as_bytes(registered.datacite(facts, before))
        files["crossref.xml"] = registered.crossref(facts)
    files |= {f"tei/{name}.xml": body for name, body in _tei(facts, corrections)}
    if cover:
        files[front] = cover
    return tuple(
        Output("metadata", f"{FOLDER}/{name}", content) for name, content in sorted(files.items())
    )


def cite_text(facts: Facts) -> bytes:
    """How to cite the edition and each document of it."""
    rows = [f"{one.style}\n    {one.text}\n" for one in cite_edition(facts)]
    rows += [
        f"{section.address}\n    {cite_document(facts, section).text}\n"
        for section in facts.documents
    ]
    return "\n".join(rows).encode()


def faults(facts: Facts) -> tuple[Finding, ...]:
    """What the forms would refuse, and claims that nobody has put a name and a day to."""
    manifest = facts.manifest
    place = Place("manifest.yaml")
    found = [
        finding(
            "Q301",
            place,
            f"{field.name.lower()} has {field.over} characters more than the {field.limit} that "
            f"the form takes ({field.form})",
        )
        for field in listing.fields(facts)
        if field.over
    ]
    said = manifest.accessibility
    if said.conforms_to and not facts.accessibility.conforms_to:
        missing = [
            words
            for words, value in (
                ("evaluated_by", said.evaluated_by),
                ("evaluated_on", said.evaluated_on),
                ("evaluated_sha256", said.evaluated_sha256),
            )
            if not value
        ]
        judged = said.evaluated_sha256 == facts.accessibility.sha256
        why = f"{' and '.join(missing)} missing" if missing else "a picture has no words"
        why = why if missing or judged else "the text is not the one that was judged"
        message = f"'{said.conforms_to}' is not claimed: {why}"
        fix = (
            "say who evaluated this text and when, and fix what contradicts it: "
            f"evaluated_sha256: {facts.accessibility.sha256}"
        )
        found.append(finding("Q302", place, message, fix))
    return tuple(found)


def _tei(facts: Facts, corrections: Sequence[Correction]) -> list[tuple[str, bytes]]:
    return [
        (
            section.address,
            make_tei(
                section.content.record,
                section.body,
                corrections=[
                    entry
                    for entry in corrections
                    if entry.at.address.split("/")[0] == section.address
                ],
                manifest=facts.manifest,
                facing=section.content.facing,
            ),
        )
        for section in facts.documents
        if isinstance(section.content, DocumentContent) and section.body is not None
    ]
