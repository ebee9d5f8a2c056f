"""
Read a record of the Wilson Center Digital Archive, as its page is copied: `wcda-text`.

Four voices stand in such a file: the document, its translator, the archive's cataloguer, and hands
that wrote on the paper. The fields of the catalogue become data; what follows the label `Contents:`
is the document. Nothing is dropped without a reason.
"""

import calendar
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from itertools import groupby
from typing import Any

from engross.new.draft import Draft, persons

KNOWN = tomllib.loads(files("engross.new").joinpath("forms", "records.toml").read_text("utf-8"))
"""Labels, repositories, languages and hosts."""
MONTHS = tuple(calendar.month_name)[1:]
"""In English, as the archive writes dates; the program never sets a locale."""
DAY = re.compile(rf"({'|'.join(MONTHS)}) (\d{{1,2}}), (\d{{4}})")
DAY_ALONE = re.compile(rf"({'|'.join(MONTHS)}) (\d{{1,2}})")
ENDED = re.compile(r",? and (?:translat|contribut)ed by |(?<=[a-z]{2})\.(?: |$)")
"""Where the names end that stand behind "translated by"; an initial ends none."""
ESCAPED = re.compile(r"([\\`\[\]_<>|#])")


@dataclass(slots=True)
class _Record:
    """The catalogue's fields by label, with their lines, counted from 1."""

    fields: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    body: list[tuple[int, str]] = field(default_factory=list)


def read_wcda(content: bytes, text: str) -> Draft | None:
    """A record as a draft; None where the text is not laid out as one."""
    lines = text.split("\n")
    record = _divide(lines)
    if "Citation:" not in record.fields or not record.body:
        return None
    said = (words for _, words in record.fields["Citation:"] if not _url(words))
    citation = " ".join(" ".join(said).split())
    title, event = _title(record)
    source = _source(record, citation)
    people = _people(citation)
    language = next((words for _, words in record.fields.get("Original Language:", ())), "")
    signatures, transcript, hands, closing = _transcript(record.body, event)
    summary = " ".join(words for _, words in record.fields.get("Summary:", ()))
    heading = [words for words in transcript if words.startswith("::: heading")]
    data: dict[str, Any] = {
        "type": "record of conversation" if "says" in text else "document",
        "title": {
            "supplied": _without_date(title),
            "supplied_by": "the archive",
            "original": " ".join(
                line for line in heading[0].split("\n") if line and not line.startswith(":::")
            )
            if heading
            else "",
            "archive": title,
        },
        "dates": {"event": event} | ({"record": closing} if closing else {}),
        "language": "en",
        "source_language": KNOWN["languages"].get(language, ""),
        "source": source,
        "contributors": people,
        "hands": hands,
        "signatures": signatures,
        "funding": [words for _, words in record.fields.get("Credits:", ())],
    }
    if summary:
        by = source.get("digital", {}).get("archive", "the archive")
        data["abstract"] = {"text": summary, "by": by, "print": False}
    unplaced = []
    if not source.get("fond"):
        unplaced.append(f"line {record.fields['Citation:'][0][0]}: the archival reference")
    if not event:
        unplaced.append("the date of the event")
    return Draft(
        received=content,
        name="received.txt",
        transcript="\n\n".join(transcript) + "\n",
        record={key: value for key, value in data.items() if value},
        format="wcda-text",
        emphasis="asterisks",
        lines=_account(lines, record),
        title=_without_date(title),
        people=people,
        funding=data["funding"],
        description=summary,
        unplaced=unplaced,
    )


def _divide(lines: Sequence[str]) -> _Record:
    """Catalogue fields up to `Contents:`, whose first line names a tab; then the document."""
    record = _Record()
    label = ""
    tab = False
    for number, line in enumerate(lines, 1):
        words = line.strip()
        if not words:
            continue
        if label != "Contents:" and words in KNOWN["labels"]:
            label = words
            record.fields.setdefault(label, [])
            tab = words == "Contents:"
        elif tab:
            record.fields["tab"] = [(number, words)]
            tab = False
        elif label == "Contents:":
            record.body.append((number, words))
        else:
            record.fields.setdefault(label, []).append((number, words))
    return record


def _title(record: _Record) -> tuple[str, str]:
    """Title and day of the event, from the lines before the first label."""
    title = event = ""
    for _, words in record.fields.get("", ()):
        if match := DAY.fullmatch(words):
            event = _iso(match)
        elif not title:
            title = words
    if not event and (match := DAY.search(title)):
        event = _iso(match)
    return title, event


def _source(record: _Record, citation: str) -> dict[str, Any]:
    """The archival reference, its parts where they can be told apart, and the digital copy."""
    source: dict[str, Any] = {"raw": citation}
    parts = citation.split(", ")
    at = next((n for n, part in enumerate(parts) if part.startswith("f. ")), 0)
    named = parts[at - 1] if at else ""
    archive = parts[at - 2] if at > 1 and not re.search(r"\d$|[\"”]$", parts[at - 2]) else ""
    if at:
        name, place = KNOWN["repositories"].get(named, (named, ""))
        source |= {"repository": name, "abbreviation": named if name != named else ""}
        source |= {"place": place, "fond": parts[at][3:]}
    said = {part.partition(" ")[0]: part.partition(" ")[2] for part in parts[at + 1 :]}
    source |= {"opis": said.get("op.", ""), "delo": said.get("d.", "")} if at else {}
    if at and (leaves := (said.get("ll.") or said.get("l.", "")).split(" ")[0]):
        first, _, last = leaves.rstrip(".,").replace("–", "-").partition("-")
        source["leaves"] = {"from": first, "to": last or first}
    for _, words in record.fields["Citation:"]:
        if address := _url(words):
            host = address.split("/")[2]
            number = address.rstrip("/").rpartition("/")[2]
            source["digital"] = {
                "archive": archive or KNOWN["hosts"].get(host, host),
                "url": address,
                "record_id": number if number.isdigit() else "",
                "canonical": host in KNOWN["hosts"],
            }
    return {key: value for key, value in source.items() if value not in ("", None)}


def _people(citation: str) -> list[dict[str, str]]:
    """Who translated and who gave the copy, as far as the sentence goes that says so."""
    found: list[dict[str, str]] = []
    for mark, role in (("ranslated by ", "trl"), ("ontributed by ", "dnr")):
        found += persons(ENDED.split(citation.partition(mark)[2])[0], role)
    return found


def _transcript(
    body: Sequence[tuple[int, str]], event: str
) -> tuple[list[dict[str, str]], list[str], list[dict[str, str]], dict[str, str]]:
    """The document's paragraphs with their roles, in the received order and words."""
    words = [line for _, line in body]
    roles = _roles(words, event)
    signatures: list[dict[str, str]] = []
    hands: list[dict[str, str]] = []
    closing: dict[str, str] = {}
    for role, line in zip(roles, words, strict=True):
        if role == "certification":
            signatures.append({"kind": "certification", "text": line})
        elif role == "signature":
            kind = "typed" if line.startswith("/") else "autograph"
            signatures.append({"kind": kind, "text": line})
        elif role == "marginal" and not hands:
            hands.append({"id": "h1", "description": "Unidentified."})
        elif role == "closer" and (match := DAY_ALONE.fullmatch(line)):
            month = MONTHS.index(match[1]) + 1
            closing = {"value": f"--{month:02d}-{int(match[2]):02d}", "certainty": "unknown"}
    blocks: list[str] = []
    for role, group in groupby(zip(roles, words, strict=True), lambda row: row[0]):
        paragraphs = [escaped(line, italics=True) for _, line in group]
        if role:
            head = "marginal {hand=h1}" if role == "marginal" else role
            paragraphs = [f"::: {head}\n" + "\n\n".join(paragraphs) + "\n:::"]
        blocks += paragraphs
    return signatures, blocks, hands, closing


def _roles(words: Sequence[str], event: str) -> list[str]:
    """What each paragraph is; empty for one of the text."""
    roles = ["" for _ in words]
    head = next((i for i, line in enumerate(words[:6]) if _day_of(line) == event and event), None)
    if head is not None:
        for index in range(head):
            roles[index] = "heading"
        roles[head] = "dateline"
    for index, line in enumerate(words):
        if re.match(r"\[Handwritten\b", line):
            roles[index] = "marginal"
    for index in range(len(words) - 1, -1, -1):
        line = words[index]
        if line in {"True", "True copy", "Verno", "Certified"}:
            roles[index] = "certification"
        elif re.fullmatch(r"/.+/|.*\[signature\]", line) and len(line) < 60:
            roles[index] = "signature"
        elif DAY_ALONE.fullmatch(line) or (DAY.fullmatch(line) and index != head):
            roles[index] = "closer"
        elif re.search(r"attended the conversation|recorded the conversation", line):
            roles[index] = "participants"
        else:
            break
    return roles


def _account(lines: Sequence[str], record: _Record) -> list[dict[str, str]]:
    """Every line with text: used for the transcript, as a field, or dropped with the reason."""
    fields = {
        "Citation:": "source.raw",
        "Summary:": "abstract.text",
        "Credits:": "funding",
        "Original Language:": "source_language",
        "Original Archive:": "source.repository",
    }
    rows: list[dict[str, str]] = []
    for label, entries in record.fields.items():
        for number, words in entries:
            row = {"lines": str(number), "use": "metadata"}
            if label == "tab":
                rows.append(row | {"use": "dropped", "reason": "A tab of the archive's web page."})
            elif label == "":
                name = "dates.event" if DAY.fullmatch(words) else "title.archive"
                rows.append(row | {"field": name})
            else:
                name = "source.digital.url" if _url(words) else fields.get(label, "abstract.text")
                rows.append(row | {"field": name})
    for number, line in enumerate(lines, 1):
        if line.strip() in record.fields and number < record.body[0][0]:
            reason = f"The archive's label of the field {line.strip(': ')}."
            rows.append({"lines": str(number), "use": "dropped", "reason": reason})
    first, last = record.body[0][0], record.body[-1][0]
    rows.append({"lines": f"{first}-{last}", "use": "transcript"})
    return sorted(rows, key=lambda row: int(row["lines"].partition("-")[0]))


def escaped(line: str, *, italics: bool = False) -> str:
    """A line as Markdown that yields it; where asterisks stand for italics, they stay."""
    return begun(escaped_signs(line, italics=italics))


def escaped_signs(words: str, *, italics: bool = False) -> str:
    """Words within a line as Markdown that yields them."""
    words = ESCAPED.sub(r"\\\1", words)
    parts = re.split(r"(\*(?=\S)[^*]+?(?<=\S)\*)", words) if italics else [words]
    return "".join(p if i % 2 else p.replace("*", r"\*") for i, p in enumerate(parts))


def begun(line: str) -> str:
    """A line of Markdown whose first sign begins no list, no fence and no rule."""
    line = re.sub(r"^(\d+)([.)])(\s|$)", r"\1\\\2\3", line)
    return re.sub(r"^([-+=~:])", r"\\\1", line)


def _url(words: str) -> str:
    match = re.fullmatch(r"<?(https?://\S+?)>?", words)
    return match[1] if match else ""


def _iso(match: re.Match[str]) -> str:
    return f"{match[3]}-{MONTHS.index(match[1]) + 1:02d}-{int(match[2]):02d}"


def _day_of(words: str) -> str:
    match = DAY.fullmatch(words)
    return _iso(match) if match else ""


def _without_date(title: str) -> str:
    return DAY.sub("", title).strip(" ,")
