"""
What the verified corrections do to a text, as edits of its frozen blocks.

All anchors refer to the received text, so the order of entries does not matter and nothing can
apply twice. The making of an edition and its proof share this module and nothing else.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engross.catalog import finding
from engross.ledger.anchor import Absent, Ambiguous, Span, block_digest, contexts, locate, straight
from engross.ledger.entries import Entries, unfit
from engross.model.finding import Finding, Place
from engross.schema.ledger import Correction


@dataclass(frozen=True, slots=True)
class Edit:
    """One correction, placed."""

    correction: Correction
    span: Span
    old: str
    """The words as received."""
    new: str
    """The words that stand in the edition's text: the reading, or the old ones where `show` is
    `sic` or `note-only`."""

    @property
    def join(self) -> bool:
        """Whether the paragraph division after the block goes."""
        return self.correction.join == "next"


@dataclass(frozen=True, slots=True)
class Placed:
    """The edits of one text, and what stopped the others."""

    edits: tuple[Edit, ...]
    """In the order of the text."""
    findings: tuple[Finding, ...]


def place_corrections(
    address: str,
    texts: Mapping[str, str],
    corrections: Entries,
) -> Placed:
    """
    Place every verified correction of one address, or say why it cannot be placed.

    The address is that of a text: `yamada`, `introduction`, `yamada/note/kurile`; `texts` is the
    frozen text of each of its blocks, in reading order.
    """
    edits: list[tuple[Edit, Place]] = []
    findings: list[Finding] = []
    for correction, place in corrections.of(address):
        match _place(correction, texts, place):
            case Finding() as found:
                findings.append(found)
            case Edit() as edit:
                edits.append((edit, place))
    findings += _overlaps(edits)
    order = {block: index for index, block in enumerate(texts)}
    placed = sorted((edit for edit, _ in edits), key=lambda e: (order[e.span.block], *_stretch(e)))
    return Placed(tuple(placed), tuple(findings))


def corrected(texts: Mapping[str, str], edits: Sequence[Edit]) -> dict[str, str]:
    """The text of each block after correction; a joined block is gone into its predecessor."""
    result = {block: _replace(text, block, edits) for block, text in texts.items()}
    order = list(texts)
    joins = [edit.span.block for edit in edits if edit.join]
    # From the end, so that a chain of joined blocks folds into its first.
    for block in sorted(joins, key=order.index, reverse=True):
        following = order[order.index(block) + 1]
        result[block] += " " + result.pop(following)
        order.remove(following)
    return result


def _replace(text: str, block: str, edits: Sequence[Edit]) -> str:
    # An insertion stands before words that begin at the same place, whatever the order of entries.
    for edit in sorted(edits, key=_stretch, reverse=True):
        if edit.span.block == block and not edit.join:
            text = text[: edit.span.start] + edit.new + text[edit.span.end :]
    return text


def _place(correction: Correction, texts: Mapping[str, str], place: Place) -> Finding | Edit:
    name, at = correction.id, correction.at
    if fault := unfit(correction, place):
        return fault
    if correction.join and not (at.exact or at.prefix or at.suffix) and at.block in texts:
        end = len(texts[at.block])
        return _edit(correction, Span(at.block, end, end), texts, place)
    match locate(at, texts):
        case Ambiguous(spans):
            places = contexts(spans, texts)
            message = f'{name}: "{at.exact}" occurs {len(spans)} times in {at.address} ({places})'
            fix = "add prefix, suffix or block, so that one place is meant"
            return finding("L002", place, message, fix)
        case Absent(nearest, likeness):
            hint = resembling(nearest, likeness, texts)
            message = f'{name}: "{at.exact}" is not in {at.block or at.address}{hint}'
            fix = "quote the received words exactly; corrections never refer to corrected text"
            return finding("L001", place, message, fix)
        case Span() as span:
            return _edit(correction, span, texts, place)


def _edit(
    correction: Correction, span: Span, texts: Mapping[str, str], place: Place
) -> Finding | Edit:
    text = texts[span.block]
    old = text[span.start : span.end]
    # A text whose marks are set otherwise since is the one that it was written for.
    known = {block_digest(one) for one in (text, straight(text))}
    if correction.at.block_sha256 and correction.at.block_sha256 not in known:
        said = f"the received text of {span.block} is not the one it was written for"
        return finding("L003", place, f"{correction.id}: {said}")
    if correction.join and list(texts)[-1] == span.block:
        message = f"{correction.id}: {span.block} is the last block and has no next one to join"
        fix = "name the block before the division"
        return finding("L001", place, message, fix)
    composed = {unicodedata.normalize("NFC", one) for one in (correction.read or "", old)}
    if correction.read is not None and len(composed) == 1:
        message = f'{correction.id}: changes nothing, the text reads "{old}" already'
        return finding("L004", place, message)
    shown = correction.read if correction.show in {"corr", "sic-corr"} else None
    return Edit(correction, span, old, old if shown is None else shown)


def _stretch(edit: Edit) -> tuple[int, int]:
    return edit.span.start, edit.span.end


def _overlaps(edits: Sequence[tuple[Edit, Place]]) -> Iterator[Finding]:
    ordered = sorted(edits, key=lambda pair: (pair[0].span.block, *_stretch(pair[0])))
    for index, (first, _) in enumerate(ordered):
        for second, place in ordered[index + 1 :]:
            if second.span.block != first.span.block:
                break
            same_place = second.span == first.span and second.join == first.join
            crossing = second.span.start < first.span.end and not (first.join or second.join)
            one, other = first.correction.id, second.correction.id
            where = f'"{second.old}" ({second.span.block})'
            if same_place and (first.new, first.join) == (second.new, second.join):
                yield finding("L019", place, f"{other} enters {one} again: {where}")
            elif same_place or crossing:
                yield finding("L005", place, f"{one} and {other} overlap at {where}")


def resembling(nearest: Span | None, likeness: int, texts: Mapping[str, str]) -> str:
    """The words most like a quotation that stands nowhere, for the end of a message."""
    if nearest is None:
        return ""
    words = texts[nearest.block][nearest.start : nearest.end]
    block = f" in {nearest.block}" if len(texts) > 1 else ""
    return f'; nearest ({likeness} %): "{words}"{block}'
