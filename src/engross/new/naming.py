"""Name a document that was added among the sections of a manifest; its comments and order stay."""

from engross.model.source import SourceFile
from engross.parse.load import Parsed, load
from engross.schema.manifest import DocumentSection, Manifest


def named(text: str, manifest: Parsed[Manifest], document: str) -> str | None:
    """
    The manifest's text with a document behind the last one that it names.

    Returns:
        The text as it is where the manifest takes every folder (`- documents`); None where the
        place cannot be found: that the editor has to say.
    """
    sections = manifest.value.sections
    if "documents" in sections:
        return text
    places = [n for n, one in enumerate(sections) if isinstance(one, DocumentSection)]
    if not places or sections[places[-1]].documents:  # type: ignore[union-attr]  # chosen above
        return None
    last = places[-1]
    lines = text.splitlines(keepends=True)
    at = manifest.place("sections", last).line
    dash = lines[at - 1].find("-")
    if dash < 0 or lines[at - 1][:dash].strip():
        return None
    end = at
    while end < len(lines) and lines[end].strip() and not lines[end][: dash + 1].strip(" "):
        end += 1
    if not lines[end - 1].endswith("\n"):
        lines[end - 1] += "\n"
    lines.insert(end, f"{' ' * dash}- document: {document}\n")
    made = "".join(lines)
    # Read again: a manifest is everybody's to write, and this knows one way of writing it.
    read = load(Manifest, SourceFile.of(manifest.path, made.encode()))
    wanted = (*sections[: last + 1], DocumentSection(document=document), *sections[last + 1 :])
    if not isinstance(read, Parsed):
        return None
    same = read.value == manifest.value.model_copy(update={"sections": wanted})
    return made if same else None
