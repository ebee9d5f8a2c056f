"""Plain texts and Markdown as evidence: every paragraph is a block, every line is accounted for."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from engross.new.draft import Draft
from engross.new.footnotes import parted
from engross.new.lines import laid_out


def read_text(content: bytes, text: str, title: str) -> Draft:
    """A plain text: blank lines part its paragraphs; lines that were ended on purpose are kept."""
    transcript, told = laid_out(text)
    lines = text.split("\n")
    last = max((n for n, line in enumerate(lines, 1) if line.strip()), default=1)
    return Draft(
        received=content,
        name="received.txt",
        transcript=transcript,
        record=_blank(title),
        format="text",
        unplaced=told,
        lines=[{"lines": f"1-{last}", "use": "transcript"}],
        title=title,
    )


def read_markdown(content: bytes, text: str, title: str) -> Draft:
    """A Markdown file: received as it is, its structure kept, its footnotes notes of the source."""
    transcript, footnotes = parted(text)
    used = ["transcript" if line.strip() else "" for line in text.split("\n")]
    for one in footnotes:
        first, last = one.lines
        used[first - 1 : last] = ["metadata" if use else "" for use in used[first - 1 : last]]
    return Draft(
        received=content,
        name="received.md",
        transcript=transcript if transcript.endswith("\n") else f"{transcript}\n",
        record=_blank(title),
        format="markdown",
        lines=list(_ranges(used)),
        title=title,
        notes=[
            {"id": one.id, "origin": "source", "at": one.at, "text": one.text} for one in footnotes
        ],
    )


def _ranges(used: Sequence[str]) -> Iterator[dict[str, str]]:
    """Lines in a row that have the same use, as `document.yaml` accounts for them."""
    numbered = [(n, use) for n, use in enumerate(used, 1) if use]
    for use, group in groupby(numbered, lambda row: row[1]):
        numbers = [n for n, _ in group]
        more = f"-{numbers[-1]}" if numbers[1:] else ""
        row = {"lines": f"{numbers[0]}{more}", "use": use}
        yield row | ({"field": "notes"} if use == "metadata" else {})


def _blank(title: str) -> dict[str, object]:
    """A record with the fields that nobody can guess left as questions."""
    return {
        "title": {"supplied": title},
        "dates": {"event": ""},
        "language": "",
        "source": {"repository": ""},
    }
