"""
How wide each page of an EPUB and of a web edition is on a screen, by headless Chromium.

    python -m tests.bench.screens FOLDER        (a published folder: dist/SLUG/current)

EPUB: 360 pixels, text at 100, 200 and 300 %, with sheets and without. Web: 360, 768, 1440 pixels.
A page that is wider than its screen is named.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

HARNESS = """<!DOCTYPE html><meta charset="utf-8"><body><script>
const rows = JOBS, out = [];
(async () => {
  for (const [file, width, size, bare] of rows) {
    const frame = document.createElement("iframe");
    frame.width = width; frame.height = 640; frame.style.border = "0"; frame.src = file;
    await new Promise((done) => { frame.onload = done; document.body.append(frame); });
    const root = frame.contentDocument.documentElement;
    if (size !== 100) { root.style.fontSize = size + "%"; }
    if (bare) { root.querySelectorAll("link").forEach((one) => one.remove()); }
    out.push([file, width, size, bare, root.scrollWidth]);
    frame.remove();
  }
  document.title = "done";
  document.body.textContent = JSON.stringify(out);
})();
</script>"""


def main() -> None:
    """Measure and print."""
    folder = Path(sys.argv[1]).resolve()
    browser = shutil.which("chromium")
    assert browser, "Chromium is not there"
    with tempfile.TemporaryDirectory() as place:
        with zipfile.ZipFile(next(folder.glob("*.epub"))) as archive:
            archive.extractall(place)
        flowing = sorted(Path(place).rglob("*.xhtml"))
        pages = sorted((folder / "web").glob("*.html"))
        jobs = [
            [one.as_uri(), 360, size, bare]
            for one in flowing
            for size in (100, 200, 300)
            for bare in (False, True)
        ] + [[one.as_uri(), width, 100, False] for one in pages for width in (360, 768, 1440)]
        harness = Path(place) / "harness.html"
        harness.write_text(HARNESS.replace("JOBS", json.dumps(jobs)), "utf-8")
        options = ["--headless", "--no-sandbox", "--allow-file-access-from-files"]
        told = subprocess.run(
            [browser, *options, "--virtual-time-budget=60000", "--dump-dom", harness.as_uri()],
            capture_output=True,
            check=True,
        ).stdout.decode()
    found = re.search(r"<body>(\[\[.*\]\])</body>", told)
    assert found, told[:500]
    rows = json.loads(found[1].replace("&amp;", "&"))
    wide = [row for row in rows if row[4] > row[1]]
    print(f"{len(rows)} views of {len(flowing)} files and {len(pages)} pages, {len(wide)} too wide")
    for file, width, size, bare, got in wide:
        sheet = "without sheets" if bare else "with sheets"
        print(f"{file.rsplit('/', 1)[1]}: {got} px on {width} px, text at {size} %, {sheet}")


if __name__ == "__main__":
    main()
