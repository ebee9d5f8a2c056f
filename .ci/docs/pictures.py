"""
Draw the manual's pictures from books that are built for it: `python .ci/docs/pictures.py`.

The page on which the memorandum opens, in print, in each house and on a phone. The phone is the
system's Chromium; where there is none, the picture that is there stays.
"""

import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageOps

from engross.commands.build import build
from engross.commands.outcome import Outcome
from engross.commands.request import BuildRequest

ROOT = Path(__file__).parent.parent.parent
PICTURES = ROOT / "docs" / "pictures"
OPENING = "Not reviewed by Comrade Khrushchev"
"""Words that stand on the page where the document opens, and on few others."""
TRIMS = {"documentary": "6in 9in", "plain": "6in 9in", "large-print": "7in 10in"}
PHONE = (390, 760)


def main() -> int:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        pages = []
        for house, trim in TRIMS.items():
            outcome = built(Path(folder), house, trim)
            page = opening(file_of(outcome, "screen"), 110 if house == "documentary" else 80)
            pages.append(page)
            if house == "documentary":
                save(page, "opening-print.png")
                phone(file_of(outcome, "epub"), Path(folder))
        save(side_by_side(pages), "houses.png")
    return 0


def built(folder: Path, house: str, trim: str) -> Outcome:
    book = folder / house / "book"
    ignored = shutil.ignore_patterns(".engross", "dist", "releases")
    shutil.copytree(ROOT / "book", book, ignore=ignored)
    manifest = book / "manifest.yaml"
    text = manifest.read_text("utf-8").replace("style: documentary", f"style: {house}")
    if "\nprint:" not in text:
        text += f"\nprint:\n  trim: {trim}\n"
    manifest.write_text(text, "utf-8")
    outcome = build(BuildRequest(book=book, kinds=("epub", "screen")))
    if not outcome.ok:
        sys.exit("\n".join(str(found) for found in outcome.findings))
    return outcome


def file_of(outcome: Outcome, kind: str) -> Path:
    return Path(next(made.path for made in outcome.outputs if made.kind == kind))


def opening(path: Path, dots: int) -> Image.Image:
    document = pdfium.PdfDocument(path.read_bytes())
    try:
        for page in document:
            words = " ".join(page.get_textpage().get_text_range().split())
            if OPENING in words and "says that he regards" in words:
                return page.render(scale=dots / 72, grayscale=True).to_pil()
    finally:
        document.close()
    sys.exit(f"no page of {path} has the opening")


def side_by_side(pages: list[Image.Image]) -> Image.Image:
    height = 640
    rows = [ImageOps.contain(page, (height, height)) for page in pages]
    sheet = Image.new(
        "L", (sum(row.width for row in rows) + 20 * (len(rows) + 1), height + 40), 215
    )
    left = 20
    for row in rows:
        sheet.paste(row, (left, 20 + (height - row.height) // 2))
        left += row.width + 20
    return sheet


def phone(epub: Path, folder: Path) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("there is no Chromium; opening-phone.png stays as it is")
        return
    with zipfile.ZipFile(epub) as archive:
        archive.extractall(folder / "epub")
    found = [p for p in (folder / "epub").rglob("*.xhtml") if OPENING in p.read_text("utf-8")]
    page = min(found, key=lambda p: p.stat().st_size) if len(found) > 1 else found[0]
    page = next((p for p in found if "yamada" in p.name), page)
    shot = folder / "phone.png"
    subprocess.run(
        [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
         "--force-device-scale-factor=1.5", f"--window-size={PHONE[0]},{PHONE[1]}",
         f"--screenshot={shot}", page.as_uri()],
        check=True, capture_output=True,
    )  # fmt: skip
    save(ImageOps.expand(Image.open(shot).convert("L"), 12, 60), "opening-phone.png")


def save(image: Image.Image, name: str) -> None:
    image.quantize(16).save(PICTURES / name, "PNG", optimize=True)
    print(f"docs/pictures/{name}: {(PICTURES / name).stat().st_size // 1000} kB")


if __name__ == "__main__":
    sys.exit(main())
