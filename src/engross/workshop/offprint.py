"""
`build --only d42`: one document of a volume by itself, as the volume prints it.

Numbers, notes and pages are the volume's; of persons and sources only those that it names.
"""

from dataclasses import replace

from engross.assemble.edition import Content, Edition, Persons, Section, SourcesContent
from engross.catalog import finding, stop
from engross.catalog.nearest import did_you_mean
from engross.make.typeset.values import page_map
from engross.model.finding import Finding, Place
from engross.model.text import Body
from engross.parse.tei.volume import every_leaf
from engross.workshop.making import make
from engross.workshop.workshop import Making, Workshop

KEPT = frozenset({"title-page", "imprint"})
NEEDED = frozenset({"persons", "sources"})


def make_offprint(workshop: Workshop, address: str) -> Making:
    """
    Make one section of an edition, with the pages that it has in the whole.

    Raises:
        EngrossError: the edition has no such section, or something cannot be made.
    """
    edition = offprint(workshop.edition, address)
    first = 1
    if {"print", "screen"} & set(workshop.kinds):
        label = page_map(workshop.laid).get(address, "1")
        first = int(label) if label.isdigit() else 1
    made = make(replace(workshop, edition=edition, first=first, impose=""))
    slug = edition.manifest.edition
    names = {
        output.name: output.name.replace(slug, f"{slug}-{address}", 1) for output in made.outputs
    }
    named = {one.name: replace(one, name=names[one.name]) for one in made.outputs}
    return replace(
        made,
        outputs=tuple(named.values()),
        candidates=tuple(replace(one, output=named[one.output.name]) for one in made.candidates),
        findings=tuple(
            replace(one, place=replace(one.place, path=names.get(one.place.path, one.place.path)))
            for one in made.findings
        ),
    )


def offprint(edition: Edition, address: str) -> Edition:
    """
    The edition cut down to one section and what that needs.

    Raises:
        EngrossError: there is no such section.
    """
    chosen = next((s for s in edition.sections if s.address == address), None)
    if chosen is None:
        raise stop([_unknown(edition, address)])
    kept = [
        replace(section, content=_needed(section.content, chosen), matter="front")
        for section in edition.sections
        if section.kind in KEPT | NEEDED and section is not chosen
    ]
    kept = [section for section in kept if section.kind in KEPT or _entries(section.content)]
    alone = replace(chosen, matter="body", opening="any", level=1, runs_on=False)
    # an offprint is a few leaves, for a desk printer and two staples
    paper = edition.manifest.print.model_copy(
        update={"profiles": ("generic",), "binding": "saddle"}
    )
    manifest = edition.manifest.model_copy(
        update={"title": chosen.title, "subtitle": "", "print": paper}
    )
    return replace(edition, manifest=manifest, sections=(*kept, alone), long=True)


def _entries(content: Content | None) -> bool:
    match content:
        case Persons(entries=entries):
            return bool(entries)
        case SourcesContent(groups=groups):
            return bool(groups)
        case _:
            return False


def _needed(content: Content | None, chosen: Section) -> Content | None:
    """A register without the entries that the section does not name."""
    body = chosen.body or Body(())
    every = list(every_leaf(body))
    marks = [mark for leaf in every for item in leaf.content for mark in item.marks]
    match content:
        case Persons(entries=entries):
            keys = {mark.get("key") or mark.get("who").partition(" ")[0] for mark in marks}
            text = "\n".join(leaf.text for leaf in every)
            kept = [
                replace(one, mentions=())
                for one in entries
                if one.entry.id in keys or any(name in text for name in one.entry.in_text)
            ]
            return Persons(tuple(kept))
        case SourcesContent(groups=groups):
            cited = {mark.get("source") for mark in marks if mark.kind == "citation"}
            cut = [
                replace(group, entries=tuple(e for e in group.entries if e.id in cited))
                for group in groups
            ]
            return SourcesContent(tuple(group for group in cut if group.entries))
        case _:
            return content


def _unknown(edition: Edition, address: str) -> Finding:
    hint = did_you_mean(address, (section.address for section in edition.sections), 80)
    message = f"the edition has no section '{address}'{hint}"
    fix = "use the address of a document or section, as d42"
    return finding("C001", Place(), message, fix)
