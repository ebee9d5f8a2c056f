"""What a comparison says: to a program, to a terminal, and as a page with pictures."""

import base64
import io
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from typing import Any

from engross.release.compare import Comparison
from engross.release.signatures import Touched, ranges
from engross.release.words import marked, replaced

SCALE = 4 / 3
PICTURES = 40
"""Changed pages that the report shows; a volume set anew would make it too heavy to open."""


@dataclass(frozen=True, slots=True)
class Sending:
    """A file that somebody should get again."""

    file: str
    whom: str


def send_again(found: Comparison) -> tuple[Sending, ...]:
    """Each changed file, and who holds the old one."""
    there = [name for name in found.files if name in found.new.files]
    rows = [Sending(name, _holders(name, found)) for name in there]
    return tuple(row for row in rows if row.whom)


def _holders(name: str, found: Comparison) -> str:
    if "-print-" in name:
        return f"the printer ({_profile(name)}): interior"
    if "-cover-" in name:
        counts = found.pages.old_count != found.pages.new_count
        reason = "the page count changed, and with it the spine" if counts else "the cover changed"
        return f"the printer ({_profile(name)}): cover, since {reason}"
    if name.endswith(".epub"):
        return "bookshops and libraries that distribute the EPUB"
    if name.endswith("-screen.pdf"):
        return "wherever the reading PDF is offered"
    if "-correction-slip-" in name:
        return f"owners of printed copies of version {_profile(name)}"
    if name.startswith("web/"):
        return "the web server" if name == "web/index.html" else ""
    return "catalogues and aggregators" if name.startswith("metadata/") else ""


def _profile(name: str) -> str:
    return name.rsplit(".", 1)[0].rsplit("-", 1)[-1]


def as_json(found: Comparison) -> dict[str, Any]:
    """The comparison as one object."""
    return {
        "old": found.old.name,
        "new": found.new.name,
        "record": [{"what": what, "old": old, "new": new} for what, old, new in found.record],
        "texts": [
            {
                **asdict(text),
                "words": [{"old": one.old, "new": one.new} for one in replaced(text.old, text.new)],
            }
            for text in found.texts
        ],
        "registers": [asdict(rows) for rows in found.registers],
        "numbers": [asdict(row) for row in found.numbers],
        "pages": asdict(found.pages),
        "files": list(found.files),
        "send": [asdict(row) for row in send_again(found)],
    }


def lines(found: Comparison) -> list[str]:
    """The comparison for a terminal: a line for each difference."""
    rows = [f"{what}: {old or 'none'} -> {new or 'none'}" for what, old, new in found.record]
    for text in found.texts:
        page = f" (p. {text.new_page})" if text.new_page else ""
        if not text.old or not text.new:
            verb = "new" if text.new else "gone"
            rows.append(f"{text.address}{page}: {verb}: {text.new or text.old}")
            continue
        changes = "; ".join(f'"{o.old}" -> "{o.new}"' for o in replaced(text.old, text.new))
        rows.append(f"{text.address}{page}: {changes}")
    for one in found.registers:
        rows_of = {"added": one.added, "gone": one.removed, "changed": one.changed}
        parts = [f"{verb} {', '.join(names)}" for verb, names in rows_of.items() if names]
        rows.append(f"{one.name}: {'; '.join(parts)}")
    rows += [
        f"number of {row.address}: {row.old or 'none'} -> {row.new or 'none'}"
        for row in found.numbers
    ]
    rows += page_lines(found)
    rows += [f"send again: {row.file} to {row.whom}" for row in send_again(found)]
    return rows


def page_lines(found: Comparison) -> list[str]:
    """What of the printed pages differs, in sentences."""
    pages = found.pages
    if not pages.known:
        return ["Pages cannot be compared: one side has no printed file."]
    if not pages.changed:
        return ["No page differs."]
    shown = ", ".join(_label(found, page) for page in pages.changed)
    rows = [f"{len(pages.changed)} of {pages.new_count} pages differ: {shown}."]
    if pages.old_count != pages.new_count:
        rows.append(f"The page count changed from {pages.old_count} to {pages.new_count}.")
    if pages.drift_page:
        where = f", where {pages.drift} stands now" if pages.drift else ""
        rows.append(f"Set anew from p. {_label(found, pages.drift_page)} on{where}.")
    else:
        rows.append(f"Leaves to reprint: {_ranges(found, pages.leaves)}.")
    return rows + [_signatures(found, one) for one in pages.signatures]


def _signatures(found: Comparison, one: Touched) -> str:
    """`Signatures to reprint for offset (case, 16 pages each): 2 of 12: no. 2 (pp. 17–32) …`."""
    kind = "Sheets" if one.binding == "saddle" else "Signatures"
    each = ", ".join(
        f"no. {row.number} (pp. {_ranges(found, ranges(row.pages))})" for row in one.signatures
    )
    return (
        f"{kind} to reprint for {one.profile} ({one.binding}, {one.size} pages each): "
        f"{len(one.signatures)} of {one.count}: {each}."
    )


def _ranges(found: Comparison, pairs: Iterable[tuple[int, int]]) -> str:
    return ", ".join(f"{_label(found, first)}–{_label(found, last)}" for first, last in pairs)


def _label(found: Comparison, page: int) -> str:
    labels = found.new.labels
    return labels[page - 1] if 0 < page <= len(labels) else str(page)


def html(found: Comparison, old_pdf: bytes | None, new_pdf: bytes | None) -> str:
    """
    The report as one file without anything to fetch.

    Raises:
        EngrossError: the template fails.
    """
    from engross.render.environment import Templates

    context = as_json(found) | {
        "title": "What differs between two versions of the edition",
        "summary": _summary(found),
        "marked": marked,
        "page_lines": page_lines(found),
        "pictures": _pictures(found, old_pdf, new_pdf),
    }
    return Templates({}).render("diff.html", context)


def _summary(found: Comparison) -> list[str]:
    notes = sum("/note/" in text.address for text in found.texts)
    registers, numbers = len(found.registers), len(found.numbers)
    texts = _count(len(found.texts) - notes, "text").capitalize()
    return [
        f"{texts} and {_count(notes, 'note')} differ.",
        f"{_count(registers, 'register').capitalize()} and {_count(numbers, 'number')} differ.",
        *page_lines(found),
    ]


def _count(number: int, word: str) -> str:
    return f"{number or 'no'} {word}{'' if number == 1 else 's'}"


def _pictures(
    found: Comparison, old_pdf: bytes | None, new_pdf: bytes | None
) -> list[dict[str, str]]:
    if not new_pdf or not found.pages.changed:
        return []
    wanted: Sequence[int] = found.pages.changed[:PICTURES]
    old = drawn(old_pdf, wanted, SCALE, grey=True) if old_pdf else {}
    new = drawn(new_pdf, wanted, SCALE, grey=True)
    return [
        {"label": _label(found, page), "old": _coded(old.get(page, b"")), "new": _coded(new[page])}
        for page in wanted
        if page in new
    ]


def _coded(picture: bytes) -> str:
    return base64.b64encode(picture).decode()


def drawn(pdf: bytes, pages: Sequence[int], scale: float, *, grey: bool) -> dict[int, bytes]:
    """PNG of those pages that there are, counted from 1; `scale` in pixels a point."""
    import pypdfium2

    found = {}
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        for page in pages:
            if 1 <= page <= len(document):
                target = io.BytesIO()
                picture = document[page - 1].render(scale=scale, grayscale=grey)
                picture.to_pil().save(target, "PNG")
                found[page] = target.getvalue()
    return found
