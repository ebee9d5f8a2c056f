"""`engross build --proof`: the book's own pages, with what its editors need around them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from engross.assemble.edition import Edition
from engross.assemble.printed import printed_texts
from engross.catalog import finding, stop
from engross.ledger.anchor import Span, locate
from engross.make.proof import Area, Bar, Sign, proof
from engross.make.typeset.press import typeset
from engross.make.typeset.values import Typesetting
from engross.model.check import Output
from engross.model.finding import Finding, Place
from engross.parse.load import Parsed
from engross.release.frozen import Release
from engross.render import Rendered
from engross.render.environment import Templates
from engross.revision.queries import read_queries
from engross.revision.standing import Standing
from engross.revision.texts import frozen_texts
from engross.schema.notes import Queries, Query
from engross.workshop.pages import plan
from engross.workshop.workshop import Making, Workshop

DESCENT = 3.0
"""Points of a letter below its base line."""
CALL = 12.0
"""Height of the bar beside a note's call, in points."""
UNNAMED = ("people", "publisher", "funding")
"""What a blind proof does not say."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An open question and the block that it is about."""

    query: Query
    address: str


def blinded(edition: Edition) -> Edition:
    """The edition for peer review: nobody who made it is named around the texts."""
    manifest = edition.manifest
    empty = type(manifest).model_fields
    values = {name: empty[name].default for name in UNNAMED}
    rights = manifest.rights.model_copy(update={"holder": "", "contact": "", "credit": ""})
    return replace(edition, manifest=manifest.model_copy(update={**values, "rights": rights}))


def make_proof(workshop: Workshop, standing: Standing, since: str) -> Making:
    """
    Make the proof; changes are marked since the release named, or since the newest one.

    Raises:
        EngrossError: there is no such release, a question stands nowhere, or pages cannot be set.
    """
    edition = workshop.edition
    release = _release(standing, since)
    asked = _questions(workshop, standing)
    laid = workshop.units
    if asked:
        laid.append(workshop.unit(_queries(workshop, asked)))
    manifest = edition.manifest
    stamp = f"Proof, {manifest.edition} {manifest.version}, inputs {edition.digest[:12]}"
    if release:
        stamp += f", changes since {release.version}"
    typesetting = typeset(
        laid,
        workshop.house,
        store=workshop.store,
        jobs=workshop.jobs,
        roman_front=edition.long,
        stamp=stamp,
        progress=workshop.counted,
        pool=workshop.pool(workshop.house),
    )
    places = _places(typesetting, edition)
    signs = [  # `p-007`, or a note's id
        Sign(page, y, address.replace("/note/", "#").rpartition("#")[2])
        for address, (page, y) in places.items()
    ]
    signs += [
        Sign(*places[one.address], f"Q{number}", 1)
        for number, one in enumerate(asked, 1)
        if one.address in places
    ]
    bars = _bars(typesetting, places, _changed(edition, release)) if release else []
    content = proof(typesetting, plan(workshop), signs, bars, _areas(typesetting))
    output = Output("proof", f"{manifest.edition}-proof.pdf", content, pages=len(typesetting.pages))
    return Making((output,), typesetting.findings, len(laid), typesetting.typeset)


def _release(standing: Standing, since: str) -> Release | None:
    if not since:
        return standing.earlier[-1] if standing.earlier else None
    known = {release.version: release for release in standing.earlier}
    if since not in known:
        names = ", ".join(known) or "none"
        message = f"version {since} is no earlier release; there are: {names}"
        raise stop([finding("C003", Place(), message, "name one of them with --since")])
    return known[since]


def _questions(workshop: Workshop, standing: Standing) -> list[Asked]:
    match read_queries(workshop.sources):
        case None:
            return []
        case Parsed() as parsed:
            return _placed(parsed, frozen_texts(standing.book))
        case findings:
            raise stop(findings)


def _placed(parsed: Parsed[Queries], texts: Mapping[str, Mapping[str, str]]) -> list[Asked]:
    asked: list[Asked] = []
    findings: list[Finding] = []
    for index, query in enumerate(parsed.value.queries):
        if query.status != "open":
            continue
        blocks = texts.get(query.at.address, {})
        span = locate(query.at, blocks) if query.at.exact else None
        if isinstance(span, Span):
            asked.append(Asked(query, f"{query.at.address}#{span.block}"))
        elif not query.at.exact and query.at.block in {"", *blocks} and blocks:
            block = query.at.block or next(iter(blocks))
            asked.append(Asked(query, f"{query.at.address}#{block}"))
        else:
            findings.append(
                finding(
                    "V014",
                    parsed.place("queries", index),
                    f"the question '{query.id}' quotes '{query.at.exact}', which is not one place "
                    f"of {query.at.address}",
                )
            )
    if findings:
        raise stop(findings)
    return asked


def _queries(workshop: Workshop, asked: Sequence[Asked]) -> Rendered:
    manifest = workshop.edition.manifest
    words = workshop.edition.words
    rows = [
        {**one.query.model_dump(), "place": one.address, "exact": one.query.at.exact}
        for one in asked
    ]
    context = {"rows": rows, "say": words.say, "day": words.day}
    html = Templates(workshop.own_templates).render("proof-queries.html", context)
    title = words.say("queries")
    return Rendered("queries", "queries", title, title, html.strip(), manifest.language)


def _places(work: Typesetting, edition: Edition) -> dict[str, tuple[int, float]]:
    """Page, from 0, and height of each block and note, in the order of the pages."""
    known = {address for texts in printed_texts(edition.sections).values() for address in texts}
    notes = {address.partition("#")[0] for address in known if "/note/" in address}
    wanted = {address for address in known if "/note/" not in address} | notes
    first: dict[int, int] = {}
    for index, page in enumerate(work.pages):
        if page.unit is not None:
            first.setdefault(page.unit, index)
    found = {
        key: (first[number] + spot.page, spot.y)
        for number, part in enumerate(work.parts)
        for key, spot in part.dests.items()
        if key in wanted
    }
    return dict(sorted(found.items(), key=lambda row: (row[1][0], -row[1][1])))


def _areas(work: Typesetting) -> dict[int, Area]:
    rows = ((index, work.page(index)) for index in range(len(work.pages)))
    return {index: Area(row.height - row.top + 2, row.bottom - 2) for index, row in rows if row}


def _ends(work: Typesetting) -> dict[int, float]:
    """How far down the text of each page goes; below it stand the notes."""
    rows = ((index, work.page(index)) for index in range(len(work.pages)))
    return {
        index: row.bottom if row.last is None else row.last - DESCENT for index, row in rows if row
    }


def _changed(edition: Edition, release: Release) -> set[str]:
    """Blocks and notes that read otherwise than in the release, or were not there."""
    found = set()
    for texts in printed_texts(edition.sections).values():
        for address, text in texts.items():
            if release.texts.get(address) != " ".join(text.split()):
                found.add(address.partition("#")[0] if "/note/" in address else address)
    return found


def _bars(
    work: Typesetting, places: Mapping[str, tuple[int, float]], changed: set[str]
) -> list[Bar]:
    """From where each changed block begins to where the next does; a note's beside its call."""
    areas, ends = _areas(work), _ends(work)
    order = [address for address in places if "/note/" not in address]
    bars = [
        Bar(places[note][0], places[note][1], places[note][1] - CALL)
        for note in places
        if "/note/" in note and note in changed
    ]
    for index, address in enumerate(order):
        if address not in changed:
            continue
        page, top = places[address]
        after = places[order[index + 1]] if index + 1 < len(order) else (page, 0.0)
        for here in range(page, after[0] + 1):
            if here not in areas:
                continue
            start = top if here == page else areas[here].top
            end = max(after[1] if after[0] == here else 0.0, ends[here])
            if start - end > 1:
                bars.append(Bar(here, start, end))
    return bars
