"""Editors' questions: which are open, and where they stand."""

from engross.catalog import finding
from engross.model.finding import Finding, Place
from engross.parse.load import Parsed, load
from engross.read import Sources
from engross.schema.notes import Queries

PATH = "queries.yaml"


def read_queries(sources: Sources) -> Parsed[Queries] | tuple[Finding, ...] | None:
    """The file, or what is wrong with it; None where there is none."""
    if not sources.exists(PATH):
        return None
    file = sources.file(PATH, Place(PATH))
    if isinstance(file, Finding):
        return (file,)
    return load(Queries, file)


def open_queries(sources: Sources) -> list[Finding]:
    """A finding for each question that nobody has answered."""
    match read_queries(sources):
        case None:
            return []
        case Parsed() as parsed:
            return [
                finding(
                    "V007",
                    parsed.place("queries", index),
                    f"the question '{row.id}' is open: {row.question}",
                    "answer it and set status: answered, or drop it",
                )
                for index, row in enumerate(parsed.value.queries)
                if row.status == "open"
            ]
        case findings:
            return list(findings)
