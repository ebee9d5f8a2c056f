"""Plain texts and Markdown as evidence: every paragraph is a block, every line is accounted for."""

from engross.new.draft import Draft
from engross.new.wcda import escaped


def read_text(content: bytes, text: str, title: str) -> Draft:
    """A plain text: blank lines part its paragraphs."""
    paragraphs: list[str] = []
    current: list[str] = []
    for line in [*text.split("\n"), ""]:
        if line.strip():
            current.append(line.strip())
        elif current:
            paragraphs.append(escaped(" ".join(current)))
            current = []
    lines = text.split("\n")
    last = max((n for n, line in enumerate(lines, 1) if line.strip()), default=1)
    return Draft(
        received=content,
        name="received.txt",
        transcript="\n\n".join(paragraphs) + "\n",
        record=_blank(title),
        format="text",
        lines=[{"lines": f"1-{last}", "use": "transcript"}],
        title=title,
    )


def read_markdown(content: bytes, text: str, title: str) -> Draft:
    """A Markdown file: received as it is, its structure kept."""
    lines = text.split("\n")
    last = max((n for n, line in enumerate(lines, 1) if line.strip()), default=1)
    return Draft(
        received=content,
        name="received.md",
        transcript=text if text.endswith("\n") else text + "\n",
        record=_blank(title),
        format="markdown",
        lines=[{"lines": f"1-{last}", "use": "transcript"}],
        title=title,
    )


def _blank(title: str) -> dict[str, object]:
    """A record with the fields that nobody can guess left as questions."""
    return {
        "title": {"supplied": title},
        "dates": {"event": ""},
        "language": "",
        "source": {"repository": ""},
    }
