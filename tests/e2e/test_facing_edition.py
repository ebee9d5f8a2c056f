"""An edition with its original beside the translation and plates of the leaves, in every medium."""

import hashlib
import io
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from lxml import etree
from PIL import Image

from engross.commands.build import build
from engross.commands.outcome import Outcome
from engross.commands.request import BuildRequest
from engross.verify.folder import verify_folder
from engross.verify.pages import read_pages

BOOK = Path(__file__).parent.parent / "data" / "facing"
ROWS = ["Harbour, 3 March", "Hafen, 3. März", "In the morning the wind", "Der Wind kam"]
FOG = ["At four o'clock the fog", "The horn was blown", "Um vier Uhr fiel der Nebel", "Both"]


@dataclass(frozen=True)
class Made:
    folder: Path
    outcome: Outcome

    def file(self, name: str) -> Path:
        return Path(self.outcome.published or "") / name


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("facing") / "book"
    shutil.copytree(BOOK, folder)
    outcome = build(BuildRequest(book=folder))
    assert outcome.ok, [str(found) for found in outcome.findings]
    return Made(folder, outcome)


def in_order(words: str, rows: list[str]) -> bool:
    places = [words.find(row) for row in rows]
    return -1 not in places and places == sorted(places)


def epub_page(made: Made, name: str) -> etree._Element:
    with zipfile.ZipFile(made.file("harbour-log.epub")) as archive:
        return etree.fromstring(archive.read(f"EPUB/{name}.xhtml"))


def test_a_build_has_no_finding_and_everything_that_could_be_checked_passed(made: Made) -> None:
    assert [str(found) for found in made.outcome.findings if found.severity != "info"] == []
    checks = {check.name: check.verdict for check in made.outcome.checks}
    assert (checks["conservation"], checks["plates"], checks["typography"]) == ("passed",) * 3


def test_each_paragraph_of_the_original_stands_behind_the_one_that_it_faces(made: Made) -> None:
    page = " ".join(map(str, epub_page(made, "log").itertext()))
    web = etree.HTML(made.file("web/log.html").read_bytes())
    for words in (page, " ".join(map(str, web.itertext()))):
        assert in_order(words, ROWS)
        assert in_order(words, FOG)


def test_the_original_is_marked_with_its_language(made: Made) -> None:
    found = epub_page(made, "log").xpath("//*[@class='facing-original'][@lang]")
    assert {element.get("lang") for element in found} == {"de"}
    assert len(found) == 7
    with pikepdf.open(made.file("harbour-log-screen.pdf")) as pdf:
        tags = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary)]
        languages = {str(tag.Lang) for tag in tags if "/Lang" in tag}
    assert "de" in languages


def test_columns_stand_side_by_side_on_pages(made: Made) -> None:
    pages = read_pages(made.file("harbour-log-print-generic.pdf").read_bytes())
    page = next(page for page in pages if any("DerWindkam" in line for line in page.lines))
    stands = dict(zip(page.lines, page.stands, strict=True))
    german = next(stand for line, stand in stands.items() if line.startswith("DerWindkam"))
    english = next(stand for line, stand in stands.items() if line.startswith("Inthemorning"))
    assert abs(german.base - english.base) < 0.1
    assert german.right < english.left - 6


def test_plates_are_figures_with_their_words_in_every_medium(made: Made) -> None:
    alt = "A page in an even hand, twenty lines, without corrections."
    [first, _] = epub_page(made, "log").findall(".//{*}figure")
    assert first.find("{*}img").get("alt") == alt
    words = " ".join(" ".join(map(str, first.itertext())).split())
    assert words == "Leaf 1r The page for 3 March, from the first line to the sounding money ."
    with pikepdf.open(made.file("harbour-log-screen.pdf")) as pdf:
        tags = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary)]
        figures = [str(tag.Alt) for tag in tags if tag.get("/S") == "/Figure"]
    assert figures[0] == alt


def test_evidence_holds_the_originals_and_the_reading_pdf_carries_them(made: Made) -> None:
    received = (BOOK / "documents/log/original.txt").read_bytes()
    assert made.file("evidence/documents/log/original.txt").read_bytes() == received
    with pikepdf.open(made.file("harbour-log-screen.pdf")) as pdf:
        attached = pdf.attachments["log-original.txt"].get_file().read_bytes()
    assert attached == received


def test_tei_has_the_original_the_alignment_and_the_facsimile(made: Made) -> None:
    root = etree.parse(made.file("metadata/tei/log.xml")).getroot()
    [original] = root.findall(".//{*}div[@type='original']")
    assert original.get("{http://www.w3.org/XML/1998/namespace}lang") == "de"
    links = [link.get("target") for link in original.iter("{*}link")]
    assert links[4] == "#log-original-p-005 #log-p-005 #log-p-006"
    ids = {e.get("{http://www.w3.org/XML/1998/namespace}id") for e in root.iter()}
    assert {goal[1:] for link in links for goal in link.split()} <= ids
    graphics = root.findall("{*}facsimile/{*}surface/{*}graphic")
    assert [g.get("url") for g in graphics] == [
        "documents/log/leaves/1r.png",
        "documents/log/leaves/2r.png",
    ]


Change = Callable[[Path], None]


def swap_words(folder: Path) -> None:
    path = folder / "evidence/documents/log/original.md"
    text = path.read_text("utf-8")
    path.write_text(text.replace("gebrochener Welle", "geborstener Welle"), "utf-8")


def other_picture(folder: Path) -> None:
    picture = Image.new("1", (1500, 1950), 1)
    target = io.BytesIO()
    picture.save(target, "PNG")
    evidence = folder / "evidence/documents/log"
    old = hashlib.sha256((evidence / "leaves/2r.png").read_bytes()).hexdigest()
    (evidence / "leaves/2r.png").write_bytes(target.getvalue())
    record = evidence / "document.yaml"
    new = hashlib.sha256(target.getvalue()).hexdigest()
    record.write_text(record.read_text("utf-8").replace(old, new), "utf-8")


def changed_original(folder: Path) -> None:
    evidence = folder / "evidence/documents/log"
    record = evidence / "document.yaml"
    text = record.read_text("utf-8")
    for name in ("original.txt", "original.md"):
        path = evidence / name
        old = hashlib.sha256(path.read_bytes()).hexdigest()
        path.write_bytes(path.read_bytes().replace(b"gebrochener", b"geborstener"))
        text = text.replace(old, hashlib.sha256(path.read_bytes()).hexdigest())
    record.write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("change", "wanted", "said"),
    [
        (swap_words, {"P002"}, "P002 documents/log/original.md:7: T002 p-003 differs from "),
        (
            changed_original,
            {"P006", "P007", "P023", "P025"},
            "P007 page 5, log/original#p-003: after ",
        ),
        (
            other_picture,
            {"P007", "P017", "P023", "P025"},
            "P017 the picture of log/plates#p-002 is not there, ",
        ),
    ],
)
def test_verify_notices_what_was_done_to_the_evidence(
    made: Made, tmp_path: Path, change: Change, wanted: set[str], said: str
) -> None:
    folder = tmp_path / "published"
    shutil.copytree(made.file("."), folder)
    change(folder)
    report = verify_folder(folder, sums=False)
    codes = {found.code for found in report.findings if found.is_error}
    assert codes, report.checks
    assert codes <= wanted, [str(found) for found in report.findings]
    told = [f"{found.code} {found.message}" for found in report.findings]
    assert any(row.startswith(said) for row in told), told


def edit(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            "documents/log/original.md",
            "Am Nachmittag",
            "Nachmittags",
            "T002 p-004 differs from original.txt:7 at character 1",
        ),
        (
            "documents/log/original.txt",
            "Am Nachmittag",
            "Nachmittags",
            "T001 original.txt has the SHA-256",
        ),
        ("documents/log/document.yaml", "source_language: de\n", "", "T014 the original is to be"),
        ("documents/log/document.yaml", "5-6}", "6}", "T011 4 blocks (p-001 to p-004) of"),
    ],
)
def test_a_faulty_original_stops_a_build(
    tmp_path: Path, name: str, old: str, new: str, message: str
) -> None:
    shutil.copytree(BOOK, tmp_path / "book")
    edit(tmp_path / "book", name, old, new)
    outcome = build(BuildRequest(book=tmp_path / "book", kinds=("epub",)))
    assert not outcome.ok
    told = [f"{found.code} {found.message}" for found in outcome.findings]
    assert any(words.startswith(message) for words in told), told
