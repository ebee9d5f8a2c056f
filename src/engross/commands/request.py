"""What is asked of the commands; each field says how the command line asks for it."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

if TYPE_CHECKING:
    from engross.ledger.anchor import Span
    from engross.make.typeset.pool import Engines


class Option:
    """An option of the command line; without flags it is called as the field is."""

    def __init__(self, words: str, *flags: str, least: int | None = None) -> None:
        self.words, self.flags, self.least = words, flags, least


class Argument(Option):
    """What is given by its place."""


BOOK = Argument("A folder with manifest.yaml, or that file. Default: book/, else here.")
Book = Annotated[Path | None, BOOK]
Out = Annotated[Path | None, Option("Where to publish instead of dist/.")]
Jobs = Annotated[int, Option("Number of workers; 0: one per core.", "-j", "--jobs", least=0)]


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """What is to be made, and how."""

    book: Book = None
    kinds: tuple[str, ...] = ()
    """Empty: what the manifest lists."""
    out: Out = None
    offprint: Annotated[str, Option("Only this section or document, by address.", "--only")] = ""
    """Nothing else is made, and it goes under `draft`; so do proofs and the next four."""
    proof: Annotated[bool, Option("Make proof sheets for the editors.")] = False
    since: Annotated[str, Option("With --proof: mark changes since a release.")] = ""
    """Empty: the newest."""
    blind: Annotated[bool, Option("Leave out who made it, for peer review.")] = False
    impose: Annotated[str, Option("booklet: also a version for a home printer.")] = ""
    pages: Annotated[str, Option("last: keep the page list that is in dist.")] = ""
    jobs: Jobs = 0
    cache: bool = True
    strict: Annotated[bool, Option("Treat warnings as errors (exit 1).")] = False
    checked: Annotated[bool, Option("Run the outside checkers that a release runs.")] = False
    wait: Annotated[bool, Option("Wait for another build to end.")] = False
    engines: "Engines | None" = None
    """Workers that outlive this build, for the next one of a batch."""


@dataclass(frozen=True, slots=True)
class CorrectRequest:
    """A remark, as the command line has it. The ledger says what its words mean."""

    address: Annotated[
        str, Argument("yamada, yamada/note/kurile, manifest/title, p13; or C-0002.")
    ] = ""
    old: Annotated[str, Argument("The words as received, to the letter.")] = ""
    new: Annotated[str | None, Argument('The new words; "" deletes.')] = None
    reason: Annotated[str, Option("Why; printed for the reader.")] = ""
    kind: Annotated[str, Option("transcription, translation, original or apparatus.")] = ""
    """Empty: `transcription` in a document, `apparatus` in the editors' own words."""
    class_: Annotated[str, Option("accidental or substantive, which readers want to know.")] = ""
    """Empty: `accidental`."""
    status: Annotated[str, Option("reported, verified, held, rejected or withdrawn.")] = ""
    """Empty: `verified`, or `held` for a translation without evidence."""
    show: Annotated[str, Option("corr, sic, sic-corr or note-only.")] = ""
    evidence: Annotated[str, Option("The proof, such as a leaf of the scan.")] = ""
    prefix: Annotated[str, Option("Words directly before the old ones.")] = ""
    suffix: Annotated[str, Option("Words directly after the old ones.")] = ""
    block: Annotated[str, Option("The block, such as p-012.")] = ""
    with_next: Annotated[bool, Option("Join the block to the next one.")] = False
    supersedes: Annotated[str, Option("The entry that this one replaces.")] = ""
    by: Annotated[str, Option("Who decided.")] = "the editors"
    reported_by: Annotated[str, Option("Who reported it. Default: who decided.")] = ""
    on: Annotated[str, Option("The day, YYYY-MM-DD. Default: today.")] = ""
    book: Annotated[Path | None, Option("The book's folder.")] = None
    list_: Annotated[bool, Option("List the ledger.")] = False
    """It is done instead of entering one correction, as what the next six ask for."""
    marked: Annotated[
        Path | None,
        Option("Take over a reader's marks from a PDF, or changes from a Word file.", "--from"),
    ] = None
    word: Annotated[Path | None, Option("Write ADDRESS as a Word file to be corrected.")] = None
    split: Annotated[bool, Option("Give each entry a file of its own.")] = False
    joined: Annotated[bool, Option("Put all entries back into one file.", "--join")] = False
    all_: Annotated[
        bool, Option('Correct every place in ADDRESS and its notes; ADDRESS "*": everywhere.')
    ] = False
    adopt: Annotated[bool, Option("Propose entries for texts edited after a release.")] = False
    yes: Annotated[bool, Option("With --adopt or --all: write them.")] = False
    take_down: Annotated[str, Option("privacy or rights: withhold ADDRESS, or OLD in it.")] = ""
    at: "Span | None" = None
    """The place, where it is known by more than its words."""

    @property
    def given(self) -> dict[str, str]:
        """What an entry is given besides its words, by the ledger's names."""
        names = ("status", "class_", "kind", "show", "evidence", "reason", "supersedes")
        return {name.strip("_"): value for name in names if (value := getattr(self, name))}


@dataclass(frozen=True, slots=True)
class ReleaseRequest:
    """A version that is to be frozen."""

    book: Book = None
    version: Annotated[str, Option("The version. Default: what the ledger calls for.")] = ""
    date: Annotated[str, Option("The day of the release, YYYY-MM-DD. Default: today.")] = ""
    today: str = ""
    """ISO day on which it was asked for."""
    accept: tuple[str, ...] = ()
    """
    Codes of findings that do not stop the release. `V009:verapdf` names a check that did not pass;
    `V009` alone means all that were not run, never one that failed.
    """
    reason: Annotated[str, Option("Why it is accepted; the record keeps it.")] = ""
    out: Out = None
    jobs: Jobs = 0
    git: Annotated[bool, Option("Commit the book's folder and tag it SLUG-VERSION.")] = False


@dataclass(frozen=True, slots=True)
class NewRequest:
    """A book that is to be written, or a document more."""

    folder: Annotated[Path, Argument("A new folder, or a book to add a document to.")]
    source: Annotated[
        Path | None,
        Option("A record or text (.txt), Markdown, Word, ODT, RTF, HTML, TEI.", "--from"),
    ] = None
    title: Annotated[str, Option("The edition's title.")] = ""
    language: Annotated[str, Option("The edition's language, BCP 47: en, de, ru.")] = ""
    """Empty: what the file says, else English."""
    document: Annotated[str, Option("The id of the document.")] = ""
    date: str = ""
    """ISO day; the command line gives today's."""
    sample: Annotated[
        str, Option("A small book to learn from: letters, volume, bilingual or poems.")
    ] = ""
    accept: bool = True
    """Tracked changes of a word processor's file; else the text is as it was before them."""


@dataclass(frozen=True, slots=True)
class PlateRequest:
    """Pictures that are to be entered."""

    book: Annotated[Path, Argument("A folder with manifest.yaml, or that file.")]
    files: tuple[Path, ...] = ()
    document: Annotated[str, Option("The id of the document.")] = ""
    """Empty where the book has one document."""
    alt: Annotated[str, Option("What the picture shows; {leaf} and {name} are filled in.")] = ""
    caption: Annotated[str, Option("What is printed under it, likewise.")] = ""
    leaf: Annotated[str, Option("The leaf that it shows, such as 124.")] = ""


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """Many books."""

    books: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    scheduler: Annotated[
        str, Option("A running Dask scheduler, tcp://…; without one, local workers are used.")
    ] = ""
    out: Annotated[Path | None, Option("One dist folder for all editions.")] = None
    jobs: Jobs = 0
    report: Annotated[Path | None, Option("Write an HTML report to this file.")] = None
    catalogue: Annotated[
        Path | None, Option("Write a catalogue of what was released into this folder.")
    ] = None
    title: Annotated[str, Option("The catalogue's title.")] = "Editions"
    drafts: Annotated[bool, Option("List drafts in the catalogue as well.")] = False
    check: Annotated[bool, Option("Run EPUBCheck on all EPUBs at the end.")] = False
    cache: bool = True
