"""Pages of EPUB and web edition on screens: no wider than these, and walked by keyboard alone."""

import itertools
import json
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from engross.check.tools.fetch import browser

pytestmark = [pytest.mark.tools, pytest.mark.usefixtures("npm_tool")]
SCRIPTS = Path(__file__).parents[1] / "browser"
WIDTHS = (360, 768, 1440)
SECTIONS = ("index.html", "yamada.html", "persons.html")


def asked(script: str, *arguments: object) -> None:
    command = ["node", SCRIPTS / script, browser(), *arguments]
    ended = subprocess.run(
        list(map(str, command)), capture_output=True, text=True, check=False, timeout=900
    )
    assert ended.returncode == 0, ended.stderr


def too_wide(folder: Path, jobs: list[tuple[Path, int, int, str, bool]]) -> list[str]:
    """The views that are wider than their screen."""
    orders, said = folder / "jobs.json", folder / "seen.json"
    orders.write_text(json.dumps([[str(job[0]), *job[1:]] for job in jobs]), "utf-8")
    asked("screens.mjs", orders, said)
    seen = json.loads(said.read_text("utf-8"))
    return [
        f"{job[0].name} {job[1:]}: {row}"
        for job, row in zip(jobs, seen, strict=True)
        if row["page"] > job[1] or row["right"] > job[1] + 1
    ]


@pytest.mark.slow
def test_an_epub_fits_a_phone_in_large_letters_light_and_dark_with_sheets_and_without(
    epub_file: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(epub_file) as archive:
        archive.extractall(tmp_path)
    files = sorted(tmp_path.rglob("*.xhtml"))
    looks = itertools.product((360,), (100, 200, 300), ("light", "dark"), (False, True))
    jobs = [(file, *look) for look in looks for file in files]
    assert len(jobs) >= 12 * 15
    assert too_wide(tmp_path, jobs) == []


def test_the_web_edition_fits_phone_tablet_and_desk(published: Path, tmp_path: Path) -> None:
    jobs = [
        (file, width, 100, scheme, False)
        for file in sorted((published / "web").glob("*.html"))
        for width in WIDTHS
        for scheme in ("light", "dark")
    ]
    assert too_wide(tmp_path, jobs) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_of_the_web_is_walked_by_keyboard_alone(
    width: int, published: Path, tmp_path: Path
) -> None:
    said = tmp_path / "seen.json"
    asked("keyboard.mjs", said, width, *(published / "web" / name for name in SECTIONS))
    seen: dict[str, Any] = json.loads(said.read_text("utf-8"))
    assert sorted(seen) == sorted(SECTIONS)
    for page, row in seen.items():
        stops = row["stops"]
        assert stops[0]["skip"], "the first stop leads past the bar"
        places = [stop["index"] for stop in stops]
        assert places == sorted(places), f"{page}: the order of stops is that of the page"
        assert len(stops) >= row["wanted"], f"{page}: every link and button is reached"
        lost = [stop["name"] for stop in stops if not (stop["inside"] and stop["drawn"])]
        assert lost == [], f"{page}: a stop is in sight, with its focus drawn"
