"""Typeset a volume: parts from the cache or from workers, until every page number fits its slot."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Required, TypedDict, Unpack

from engross import catalog
from engross.cache.store import Store
from engross.make.typeset import crossing, furniture, locators, slots, versions
from engross.make.typeset.crossing import Fault, Job, Part, address
from engross.make.typeset.pool import Engines, Pool, Progress
from engross.make.typeset.reports import Heard, by_script, report
from engross.make.typeset.slots import paginate
from engross.make.typeset.values import House, Laid, Limits, Page, Typesetting, Unit
from engross.model.finding import Finding

SMALL = 120_000
"""Characters of a job that one worker does alone: a second one would cost more than it saves."""
LARGE = 120_000
"""Characters of a unit that the limit of time is meant for; a chapter has it several times."""
SAMPLER = "/furniture"
"""The address that the drawings of heads, folios and marks go by; no section can have it."""


@dataclass(slots=True)
class Press:
    """One volume in work."""

    units: tuple[Unit, ...]
    house: House
    pool: Pool
    store: Store
    jobs: int
    limits: Limits
    roman_front: bool = False
    first: int = 1
    progress: Progress | None = None
    heard: dict[str, list[Fault]] = field(default_factory=dict)
    made: set[str] = field(default_factory=set)
    base: "hashlib._Hash" = field(init=False)
    """A digest begun with what all parts depend on."""

    def __post_init__(self) -> None:
        faces = sorted((f.digest, f.family, f.weight, f.italic) for f in self.house.fonts)
        rows = [self.house.sheets, faces, versions.engine(), furniture.DEFAULTS]
        base = json.dumps([json.dumps(rows, ensure_ascii=False)], ensure_ascii=False)
        self.base = hashlib.sha256(base[:-1].encode())

    def key(self, job: Job) -> str:
        """The digest of all that the part of a job depends on."""
        assets = [
            (url, hashlib.sha256(body).hexdigest())
            for url, body in sorted(self.house.assets.items())
            if any(url in text for text in (job.html, *self.house.sheets))
        ]
        rows = [job.address, job.language, job.classes, job.html, assets]
        whole = self.base.copy()
        whole.update(f", {json.dumps(rows, ensure_ascii=False)[1:]}".encode())
        return whole.hexdigest()

    def make(self, jobs: Sequence[Job], progress: Progress | None = None) -> dict[str, Part]:
        """Parts by address; a unit that cannot be typeset has none, and says why in `heard`."""
        found: dict[str, Part] = {}
        missing = []
        for job in jobs:
            kept = self.store.get(self.key(job))
            if kept is None or not self._take(job, kept, found):
                missing.append(job)
        done = len(jobs) - len(missing)
        size = sum(len(job.html) for job in missing)
        workers = min(self.jobs, max(1, -(-size // SMALL)))
        if missing:
            for job, payload in self.pool.run(missing, workers):
                self.made.add(job.address)
                if self._take(job, payload, found):
                    self.store.put(self.key(job), payload)
                done += 1
                if progress is not None:
                    progress(done, len(jobs))
        return found

    def _take(self, job: Job, payload: bytes, found: dict[str, Part]) -> bool:
        try:
            made, heard = crossing.decode(job.address, payload)
        except ValueError:
            return False
        self.heard[job.address] = heard
        if made is not None:
            found[job.address] = made
        return made is not None

    def job(self, unit: Unit, html: str) -> Job:
        """What a worker needs to know of a unit."""
        classes = f"{unit.matter} display" if unit.display else unit.matter
        return self._job(unit.address, html, unit.language, classes)

    def _job(self, address: str, html: str, language: str, classes: str) -> Job:
        seconds = self.limits.seconds * max(1, -(-len(html) // LARGE))
        return Job(address, html, language, classes, seconds, self.limits.pages)

    def sampler(self, parts: Sequence[Part], pages: Sequence[Page], stamp: str) -> Part | None:
        """The strings of all heads, folios and marks, drawn; None where some cannot be."""
        wanted = furniture.groups(furniture.strings(self.units, parts, pages, stamp))
        language = self.units[0].language if self.units else "en"
        jobs = [
            self._job(f"{SAMPLER}{name}", furniture.sampler(some), language, furniture.CLASS)
            for name, some in wanted.items()
        ]
        made = self.make(jobs)
        if len(made) < len(jobs):
            return None
        samples = {key: row for one in made.values() for key, row in one.samples.items()}
        return Part(SAMPLER, samples=samples, fonts=crossing.fonts_of(made.values()))

    def subsets(self, parts: Sequence[Part]) -> dict[str, bytes]:
        """The font programs that the parts use, by digest, cut to their glyphs."""
        from engross.make.subset import by_glyphs  # not loaded where no file is written

        programs = {face.digest: face.content for face in self.house.fonts}
        return {
            digest: by_glyphs(programs[digest], glyphs)
            for digest, glyphs in crossing.glyphs_of(parts).items()
        }

    def findings(self) -> list[Finding]:
        """Everything that was heard, each once, in the order of the units."""
        paths = {unit.address: unit.path for unit in self.units}
        rows: Heard = [
            (row, paths.get(address, "") if row.address else "")
            for address, heard in self.heard.items()
            for row in heard
        ]
        absent = any(row.code == "G002" for row, _ in rows)
        said: set[str] = set()
        found, rows = by_script(rows)
        for row, path in rows:
            # An absent family is told once, and not again as the faces that stood in for it; so is
            # what no lines can be planned for.
            again = row.code in ("G002", "W312") and row.message in said
            if again or (row.code == "G003" and absent):
                continue
            said.add(row.message)
            found.append(report(row, path, self.house.sheets))
        return list(dict.fromkeys(found))


class Order(TypedDict, total=False):
    """How a volume is typeset."""

    store: Required[Store]
    jobs: int
    limits: Limits | None
    roman_front: bool
    first: int
    """The number of its first page, which an offprint has from the volume."""
    progress: Progress | None
    pool: Pool | None
    """Workers that are there; without them some are started."""


def typeset(
    units: Iterable[Unit], house: House, *, stamp: str = "", **order: Unpack[Order]
) -> Typesetting:
    """
    Typeset each unit alone and settle the page numbers.

    The result depends on nothing but `units`, `house`, `roman_front` and `stamp`: not on the number
    of workers and not on what the store holds. Warnings are in the result.

    Raises:
        EngrossError: with every finding, if any of them is an error.
    """
    with _pressed(units, house, order) as press:
        units, parts, pages = _settled(press)
        sampler = press.sampler(parts, pages, stamp)
        findings = _judged(press, units, parts)
        if sampler is None:
            raise catalog.stop(findings)
        subsets = press.subsets((*parts, sampler))
    laid = len([address for address in press.made if not address.startswith(SAMPLER)])
    return Typesetting(units, parts, pages, findings, laid, sampler, subsets)


def lay(units: Iterable[Unit], house: House, **order: Unpack[Order]) -> Laid:
    """
    Say what stands on which page, and make nothing that only a file needs.

    Raises:
        EngrossError: with every finding, if any of them is an error.
    """
    with _pressed(units, house, order) as press:
        units, parts, pages = _settled(press)
        findings = _judged(press, units, parts)
    return Laid(units, parts, pages, findings, len(press.made))


@contextmanager
def _pressed(units: Iterable[Unit], house: House, order: Order) -> Iterator[Press]:
    """A press with workers of its own, unless it is given some."""
    store, limits = order["store"], order.get("limits")
    with Engines() as own:
        pool = order.get("pool") or own.pool(house, limits=limits)
        yield Press(
            tuple(units),
            house,
            pool,
            store,
            order.get("jobs", 1),
            limits or pool.limits,
            order.get("roman_front", False),
            order.get("first", 1),
            order.get("progress"),
        )
    store.trim()


def _settled(press: Press) -> tuple[tuple[Unit, ...], tuple[Part, ...], tuple[Page, ...]]:
    made, units = settle(press)
    return units, tuple(made[n] for n in range(len(units))), tuple(guess(press, made))


def _judged(press: Press, units: tuple[Unit, ...], parts: tuple[Part, ...]) -> tuple[Finding, ...]:
    """
    All that was heard, warnings only.

    Raises:
        EngrossError: there is an error among it.
    """
    findings = [*press.findings(), *dangling(units, parts)]
    if any(found.is_error for found in findings):
        raise catalog.stop(findings)
    return tuple(findings)


def settle(press: Press) -> tuple[dict[int, Part], tuple[Unit, ...]]:
    """
    Typeset until every slot fits its number and every locator is right.

    Returns:
        The parts by index, and the units with the words of their locators.

    Raises:
        EngrossError: a unit cannot be typeset, a number has no page, or the numbers do not settle.
    """
    units = press.units
    wanted = {
        n: slots.targets(unit.html) | locators.goals(unit.html) for n, unit in enumerate(units)
    }
    plain = [n for n in wanted if not wanted[n]]
    parts = typeset_some(press, units, plain, {})
    everything = set().union(*wanted.values()) if wanted else set()
    late = {n for n, unit in enumerate(units) if locators.has_locators(unit.html)}
    said: dict[int, str] = {}
    open_units = [n for n in wanted if wanted[n]]
    labels = slots.labels(everything, units, parts, guess(press, parts))
    forms = {address: slots.form(label) for address, label in labels.items()}
    if some := slots.sample(units, [n for n in open_units if n not in late]):
        known = parts | typeset_some(press, units, some, forms)
        pages = guess(press, parts, slots.per_page(units, known))
        labels = slots.labels(everything, units, parts, pages)
        forms = {address: slots.form(label) for address, label in labels.items()}
    todo = open_units
    for turn in range(slots.ROUNDS):
        shown = {n: locators.resolve(units[n].html, labels) for n in todo if n in late}
        parts |= typeset_some(press, with_words(units, shown), todo, forms)
        labels = slots.labels(everything, units, parts, guess(press, parts))
        missing = sorted(everything - labels.keys())
        if missing:
            raise catalog.stop([lost(address, units) for address in missing])
        new = slots.settle(
            forms, {address: slots.form(label) for address, label in labels.items()}, turn
        )
        todo = [
            n
            for n in open_units
            if (
                locators.resolve(units[n].html, labels) != shown.get(n, said.get(n))
                if n in late
                else any(new[a] != forms.get(a) for a in wanted[n])
            )
        ]
        said |= shown
        forms = new
        if not todo:
            return parts, with_words(units, said)
    names = ", ".join(units[n].address for n in todo)
    message = f"the page numbers in {names} do not settle"
    raise catalog.stop([report(Fault("X006", "", message), "")])


def with_words(units: tuple[Unit, ...], words: Mapping[int, str]) -> tuple[Unit, ...]:
    """The units, those of them with locators as they stand now."""
    if not words:
        return units
    return tuple(
        replace(unit, html=words[n]) if n in words else unit for n, unit in enumerate(units)
    )


def guess(press: Press, parts: dict[int, Part], per_page: int = slots.PER_PAGE) -> list[Page]:
    """The pages of the volume, those of units that are not typeset yet from their length."""
    counts = [
        len(parts[n].pages) if n in parts else slots.estimate(unit, per_page)
        for n, unit in enumerate(press.units)
    ]
    return paginate(press.units, counts, press.roman_front, press.first)


def typeset_some(
    press: Press, units: tuple[Unit, ...], some: Sequence[int], forms: dict[str, str]
) -> dict[int, Part]:
    """
    The parts of some units, by index.

    Raises:
        EngrossError: one of them cannot be typeset; with everything that was heard.
    """
    jobs = {n: press.job(units[n], slots.fill(units[n].html, forms)) for n in some}
    made = press.make(list(jobs.values()), press.progress)
    if len(made) < len(jobs):
        raise catalog.stop(press.findings())
    return {n: made[units[n].address] for n in some}


def dangling(units: Sequence[Unit], parts: Sequence[Part]) -> Iterator[Finding]:
    """A finding for each link between sections that leads nowhere."""
    known = {key for made in parts for key in made.dests}
    for unit, typeset_unit in zip(units, parts, strict=True):
        targets = dict.fromkeys(address(link.target) for link in typeset_unit.links)
        for name in targets:
            if name is not None and name not in known:
                message = f"a link leads to {name}, which is on no page"
                yield report(Fault("R020", unit.address, message), unit.path)


def lost(address: str, units: tuple[Unit, ...]) -> Finding:
    """The finding for a page number of something that is on no page."""
    holder = next(unit for unit in units if address in slots.targets(unit.html))
    message = f"{holder.address} prints the page of {address}, which is on no page"
    return report(Fault("R020", holder.address, message), holder.path)
