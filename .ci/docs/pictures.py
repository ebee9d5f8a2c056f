"""
Draw the manual's pictures from books that are built for it: `python .ci/docs/pictures.py`.

The memorandum in each house, on a phone and as a cover; then corrected and released once more, with
the proof, list, slip and difference that come of it; and the sample books. Web pages are shown by
the system's Chromium; where there is none, the pictures that are there stay.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageOps

ROOT = Path(__file__).parent.parent.parent
PICTURES = ROOT / "docs" / "pictures"
SLUG = "khrushchev-yamada-1961"
OPENING = ("Not reviewed by Comrade Khrushchev", "says that he regards")
"""Words that stand together on the page where the document opens, and nowhere else."""
NOTED = ("expresses complete agreement", "Premier Minister")
"""On the page whose slip the pictures correct."""
TRIMS = {"documentary": "6in 9in", "plain": "6in 9in", "large-print": "7in 10in"}
CORRECTION = ("yamada", "Premier Minister", "Prime Minister", "--block", "p-010",
              "--reason", "A slip of the translation.", "--on", "2026-12-01")  # fmt: skip
SAMPLES = {
    "letters": ("across a bay", "not one of them was broken", "Gardener at Thornfield Lane"),
    "poems": ("To whoever reads aloud", "I have no name", "Neither I nor you"),
    "bilingual": ("The keeper of the mole", "warped to the quay"),
    "volume": ("evidence as it is", "nine days more", "nobody had thanked"),
}
"""Words of the pages that are shown of each sample book."""
ACCEPTED = ("--accept", "V009", "--reason", "No outside checker is asked for a picture.")


def main() -> int:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        houses(folder)
        versions(folder)
        samples(folder)
    return 0


def samples(folder: Path) -> None:
    """Pages of each book of `engross new --sample`, beside each other."""
    for name, pages in SAMPLES.items():
        engross("new", folder / name, "--sample", name)
        engross("build", folder / name, "--to", "screen")
        made = folder / name / "dist" / name / "draft" / f"{name}-screen.pdf"
        save(side_by_side([drawn(found(made, (one,)), 60) for one in pages]), f"sample-{name}.png")


def houses(folder: Path) -> None:
    """The same page in each house; of the default one in print, on a phone, and its cover."""
    pages = []
    for house, trim in TRIMS.items():
        book = copied(
            folder / house, house, f"\nprint:\n  trim: {trim}\n  profiles: [kdp-paperback]\n"
        )
        engross("build", book, "--to", "epub,print,screen,cover,web")
        made = book.parent / "dist" / SLUG / "draft"
        page = found(made / f"{SLUG}-screen.pdf", OPENING)
        pages.append(drawn(page, 110 if house == "documentary" else 80))
        media(house, made, folder)
        if house == "documentary":
            save(pages[0], "opening-print.png")
            save(drawn(found(made / f"{SLUG}-screen.pdf", NOTED), 80), "notes-print.png")
            save(
                drawn(
                    found(made / f"{SLUG}-screen.pdf", ("Drawn for this edition", "Natural Earth")),
                    80,
                ),
                "map.png",
            )
            cover = pdfium.PdfDocument((made / f"{SLUG}-cover-kdp-paperback.pdf").read_bytes())
            save(drawn(cover[0], 56), "cover.png")
            phone(made / f"{SLUG}.epub", folder)
    save(side_by_side(pages), "houses.png")


def media(house: str, made: Path, folder: Path) -> None:
    """The same passages of a house in all media: title page, text, notes, cover, EPUB, web."""
    pdf = made / f"{SLUG}-screen.pdf"
    rows = [drawn(pdfium.PdfDocument(pdf.read_bytes())[0], 80)]
    rows += [drawn(found(pdf, words), 80) for words in (OPENING[:1], NOTED[:1])]
    cover = pdfium.PdfDocument((made / f"{SLUG}-cover-kdp-paperback.pdf").read_bytes())[0]
    rows.append(drawn(cover, 80))
    save(side_by_side(rows), f"house-{house}-pages.png")
    with zipfile.ZipFile(made / f"{SLUG}.epub") as archive:
        archive.extractall(folder / f"epub-{house}")
    text = next((folder / f"epub-{house}").rglob("yamada.xhtml"))
    shots = [
        screenshot(page, folder / f"{house}-{number}.png", size, 1)
        for number, (page, size) in enumerate(
            [
                (text, (390, 760)),
                (made / "web/yamada.html", (390, 760)),
                (made / "web/yamada.html", (1180, 760)),
            ]
        )
    ]
    if all(shots):
        save(side_by_side([one for one in shots if one], 760), f"house-{house}-screens.png")


def versions(folder: Path) -> None:
    """A correction on its way: the proof, the next release, its list, its slip, the difference."""
    book = copied(folder / "corrected", "documentary", "", released=False)
    engross("release", book, "--date", "2026-11-23", *ACCEPTED)
    engross("correct", *CORRECTION, "--book", book)
    engross("build", book, "--proof", "--since", "1.0")
    dist = book.parent / "dist" / SLUG
    proof = next((dist / "draft").glob("*proof*.pdf"))
    page = drawn(found(proof, ("expresses complete agreement",)), 74)
    save(page, "proof.png")
    engross("release", book, "--date", "2026-12-02", *ACCEPTED)
    made = dist / "1.1"
    listed = ("Corrections to this edition", "Earlier printings")
    save(drawn(found(made / f"{SLUG}-screen.pdf", listed), 72), "corrections.png")
    slip = next(made.glob("*correction-slip-1.0.pdf"))
    save(drawn(found(slip, ("Correction slip",)), 72), "slip.png")
    page_of_changes = folder / "changes.html"
    engross("diff", "1.0", "1.1", "--book", book, "--html", page_of_changes)
    if shot := screenshot(page_of_changes, folder / "diff.png", (760, 1250), 1):
        save(shot, "diff.png")


def copied(folder: Path, house: str, more: str, *, released: bool = True) -> Path:
    """The memorandum's book in a house; before its first release, if wanted."""
    book = folder / "book"
    ignored = [".engross", "dist"] + ([] if released else ["releases"])
    shutil.copytree(ROOT / "book", book, ignore=shutil.ignore_patterns(*ignored))
    manifest = book / "manifest.yaml"
    text = manifest.read_text("utf-8").replace("style: documentary", f"style: {house}")
    if released:
        text += more
    else:
        text = re.sub(r"\noutputs: .*", "\noutputs: [epub, print, screen]", text)
        ledger = book / "corrections.yaml"
        rows = re.sub(r"\n *released_in: .*", "", ledger.read_text("utf-8"))
        ledger.write_text(re.sub(r"\nreleases:\n(  .*\n)+", "\n", rows), "utf-8")
    manifest.write_text(text, "utf-8")
    return book


def engross(*words: str | Path) -> None:
    command = [sys.executable, "-m", "engross", *map(str, words), "--plain"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stderr}")


def found(path: Path, words: Sequence[str]) -> pdfium.PdfPage:
    """The first page of a file that has all these words."""
    for page in pdfium.PdfDocument(path.read_bytes()):
        text = " ".join(page.get_textpage().get_text_range().split())
        if all(one in text for one in words):
            return page
    sys.exit(f"no page of {path.name} has {' and '.join(words)}")


def drawn(page: pdfium.PdfPage, dots: int) -> Image.Image:
    """A page, drawn four times too large so that its letters keep their places."""
    return page.render(scale=4 * dots / 72, grayscale=True).to_pil().reduce(4)


def side_by_side(pages: list[Image.Image], height: int = 640) -> Image.Image:
    rows = [ImageOps.contain(page, (2 * height, height)) for page in pages]
    sheet = Image.new(
        "L", (sum(row.width for row in rows) + 20 * (len(rows) + 1), height + 40), 215
    )
    left = 20
    for row in rows:
        sheet.paste(row, (left, 20 + (height - row.height) // 2))
        left += row.width + 20
    return sheet


def phone(epub: Path, folder: Path) -> None:
    with zipfile.ZipFile(epub) as archive:
        archive.extractall(folder / "epub")
    pages = sorted((folder / "epub").rglob("yamada*.xhtml"))
    page = next(p for p in pages if OPENING[0] in p.read_text("utf-8"))
    if shot := screenshot(page, folder / "phone.png", (390, 760), 1.5):
        save(ImageOps.expand(shot, 12, 60), "opening-phone.png")


def screenshot(page: Path, target: Path, size: tuple[int, int], scale: float) -> Image.Image | None:
    """A page as Chromium shows it; None, with a word, where there is no Chromium."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print(f"there is no Chromium; the picture of {page.name} stays as it is")
        return None
    subprocess.run(
        [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
         f"--force-device-scale-factor={scale}", f"--window-size={size[0]},{size[1]}",
         f"--screenshot={target}", page.as_uri()],
        check=True, capture_output=True,
    )  # fmt: skip
    return Image.open(target).convert("L")


def save(image: Image.Image, name: str) -> None:
    image.quantize(16).save(PICTURES / name, "PNG", optimize=True)
    print(f"docs/pictures/{name}: {(PICTURES / name).stat().st_size // 1000} kB")


if __name__ == "__main__":
    sys.exit(main())
