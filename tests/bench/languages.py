"""
A sheet of languages: one small book each, built, proved, copied from and pictured.

    python tests/bench/languages.py --faces FOLDER --out FOLDER [--only el,hu]

`--faces` has the faces that a book in Arabic, Hindi, Hebrew or Thai brings: Noto's static TrueType
files, as Debian's fonts-noto-core installs them. What was made is told in a table of Markdown.
"""

import argparse
import re
import shutil
import subprocess
import tomllib
import unicodedata
from pathlib import Path

from engross.commands.build import build
from engross.commands.new import new
from engross.commands.outcome import Outcome
from engross.commands.request import BuildRequest, NewRequest
from engross.language import direction

DATA = Path(__file__).parent.parent / "data/languages/texts.toml"
TEXTS = tomllib.loads(DATA.read_text("utf-8"))
SIGNS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
CROP = (60, 88, 580, 330)
"""Of a page at 100 dots an inch: its text."""


def book(folder: Path, language: str, faces: Path | None = None) -> Path:
    """A new book in a language: a letter of one paragraph, its persons and its index."""
    row = TEXTS[language]
    folder.parent.mkdir(parents=True, exist_ok=True)
    source = folder.with_suffix(".md")
    source.write_text(row["text"] + "\n", "utf-8")
    made = new(NewRequest(folder, source, row["title"], language, "letter", "1961-09-14"))
    assert made.ok, [str(found) for found in made.findings]
    manifest = folder / "manifest.yaml"
    kinds = "[epub, web]" if direction(language) == "rtl" else "[epub, print, screen, web]"
    text = re.sub(r"^outputs: .*$", f"outputs: {kinds}", manifest.read_text("utf-8"), flags=re.M)
    if stem := row.get("face"):
        assert faces is not None
        (folder / "fonts").mkdir()
        files = [f"{stem}-{cut}.ttf" for cut in ("Regular", "Bold")]
        for name in files:
            shutil.copy(next(faces.rglob(name)), folder / "fonts" / name)
        text += "".join(f"  - {{file: fonts/{name}, licence: OFL-1.1}}\n" for name in ["", *files])
        text = text.replace("  - {file: fonts/, licence: OFL-1.1}\n", "fonts:\n")
        family = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", stem)
        (folder / "styles").mkdir()
        tokens = f':root {{ --text-face: "{family}", "EB Garamond", serif; '
        tokens += f'--display-face: "{family}", "EB Garamond", serif; }}\n'
        (folder / "styles/tokens.css").write_text(tokens, "utf-8")
    manifest.write_text(text, "utf-8")
    return folder


def copied(outcome: Outcome, language: str) -> str:
    """Whether poppler copies the words of the text from the reading PDF as they are spelt."""
    pdf = next((row.path for row in outcome.outputs if row.kind == "screen"), None)
    if pdf is None:
        return "–"
    told = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, check=True).stdout
    plain = unicodedata.normalize("NFC", SIGNS.sub("", told.decode()))
    pages = re.sub(r"[\s\u2010-]+", "", plain)
    wanted = [re.sub(r"[\s-]", "", one) for one in TEXTS[language]["text"].split()]
    lost = [one for one in wanted if unicodedata.normalize("NFC", one) not in pages]
    return f"{len(lost)} of {len(wanted)} words differ" if lost else "equal"


def pictured(outcome: Outcome, target: Path, language: str) -> None:
    """The page of the document, or of an edition without pages its page of the web."""
    pdf = next((row.path for row in outcome.outputs if row.kind == "screen"), None)
    if pdf is not None:
        import pypdfium2

        start = re.sub(r"\s", "", TEXTS[language]["text"])[:6]
        with pypdfium2.PdfDocument(pdf) as document:
            words = [page.get_textpage().get_text_range() for page in document]
            number = next(n for n, one in enumerate(words) if start in re.sub(r"\s", "", one))
            document[number].render(scale=1.4).to_pil().crop(CROP).save(target)
    elif browser := shutil.which("chromium"):
        pages = (Path(row.path).resolve() for row in outcome.outputs)
        page = next(page for page in pages if page.name == "letter.html")
        options = ["--headless", "--no-sandbox", "--hide-scrollbars", "--window-size=640,300"]
        subprocess.run(
            [browser, *options, f"--screenshot={target}", page.as_uri()],
            capture_output=True,
            check=True,
        )


def sheet(folder: Path, languages: list[str]) -> None:
    """All pictures on one, three in a row."""
    from PIL import Image

    width, height = CROP[2] - CROP[0], CROP[3] - CROP[1]
    whole = Image.new("L", (3 * width, -(-len(languages) // 3) * height), 255)
    for n, language in enumerate(languages):
        with Image.open(folder / f"{language}.png") as one:
            one.thumbnail((width, height))
            whole.paste(one.convert("L"), (n % 3 * width, n // 3 * height))
    whole.quantize(16).save(folder / "languages.png", optimize=True)


def main() -> None:
    """Build what is asked for and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--faces", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", default=",".join(TEXTS))
    asked = parser.parse_args()
    print("| language | outputs | proved | copied text | findings |")
    print("| --- | --- | --- | --- | --- |")
    for language in asked.only.split(","):
        folder = asked.out / language
        shutil.rmtree(folder, ignore_errors=True)
        outcome = build(BuildRequest(book(folder / "book", language, asked.faces)))
        proved = {row.verdict for row in outcome.checks if row.name == "conservation"}
        codes = sorted({one.code for one in outcome.findings} - {"R007"})
        made = dict.fromkeys(row.kind for row in outcome.outputs)
        kinds = ", ".join(kind for kind in made if kind not in {"evidence", "metadata"})
        rows = [language, kinds or "none", ", ".join(sorted(proved)), copied(outcome, language)]
        print(f"| {' | '.join(rows)} | {' '.join(codes)} |", flush=True)
        for one in outcome.findings:
            if one.is_error:
                print(f"  {one}", flush=True)
        pictured(outcome, asked.out / f"{language}.png", language)
    sheet(asked.out, asked.only.split(","))


if __name__ == "__main__":
    main()
