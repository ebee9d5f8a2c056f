"""
Compare what CSL styles say by engross with what citeproc-js prints: 60 sources, 300 notes each.

    python -m tests.bench.citations --styles FOLDER --locales FOLDER --modules FOLDER

The styles (`*.csl`) and locales (`locales-xx-XX.xml` or `xx-XX.xml`) are the CSL project's, which
are under CC BY-SA and no part of this one; `--modules` is a `node_modules` with `citeproc`.
For each style it prints how many citations and entries say the same, spaces and marks aside, and
the first that do not.
"""

import argparse
import json
import random
import re
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engross.model.forms import Cite, Form, Style
from engross.read.citeproc import cited
from engross.read.pandoc import installed

NAMES = (("Muster", "Karl"), ("Sample", "Ann"), ("Beispiel", "Eva"), ("Oak", "Cora"), ("Ide", "Y."))
SOURCES, NOTES, SEED, SHOWN = 60, 300, 1961, 3
NOUNS = (
    "Anchors",
    "Barges",
    "Cranes",
    "Docks",
    "Eddies",
    "Ferries",
    "Gales",
    "Ice",
    "Quays",
    "Tugs",
)
PLACES = ("Aberdeen", "Bremen", "Cork", "Dover", "Emden", "Fowey")
KINDS: tuple[dict[str, Any], ...] = (
    {"type": "book", "publisher": "Harbour Press", "publisher-place": "Hull"},
    {"type": "article-journal", "container-title": "Journal of Ice", "volume": "3", "page": "1-20"},
    {"type": "chapter", "container-title": "On Harbours", "publisher": "Quay", "page": "5-30"},
    {"type": "article-newspaper", "container-title": "The Tide"},
    {"type": "manuscript", "archive": "Port Archive", "archive_location": "f. 5, d. 2"},
    {"type": "thesis", "genre": "PhD thesis", "publisher": "University of Hull"},
    {"type": "report", "number": "12", "publisher": "Port of Hull"},
    {"type": "webpage", "URL": "https://example.org/a", "accessed": {"date-parts": [[2020, 1, 2]]}},
)
LOCATORS = ("", "", "p. 5", "pp. 6-9", "chap. 2", "vol. 1", "12")
RUSSIAN = {"pp.": "с.", "chap.": "гл.", "vol.": "т.", "p.": "с."}
LABELS = {"p.": "page", "pp.": "page", "chap.": "chapter", "vol.": "volume"}
LABELS |= {russian: LABELS[english] for english, russian in RUSSIAN.items()}
ASK = """
const fs = require("fs"), CSL = require(process.argv[1] + "/citeproc");
const [style, locales, job] = process.argv.slice(2, 5);
const {items, notes, language} = JSON.parse(fs.readFileSync(job));
const by = Object.fromEntries(items.map((one) => [one.id, one]));
const named = (at) => [`${locales}/locales-${at}.xml`, `${locales}/${at}.xml`].find(fs.existsSync);
const sys = {
  retrieveItem: (id) => by[id],
  retrieveLocale: (at) => fs.readFileSync(named(at) || named("en-US"), "utf8"),
};
const engine = new CSL.Engine(sys, fs.readFileSync(style, "utf8"), language, true);
engine.setOutputFormat("text");
const said = [], before = [];
notes.forEach((one, at) => {
  const cluster = {citationID: `c${at}`, citationItems: one, properties: {noteIndex: at + 1}};
  const changed = engine.processCitationCluster(cluster, before, [])[1];
  for (const [index, words] of changed) said[index] = words;
  before.push([`c${at}`, at + 1]);
});
const entries = engine.makeBibliography();
console.log(JSON.stringify({said, ids: entries[0].entry_ids.flat(), entries: entries[1]}));
"""


def sources() -> list[dict[str, Any]]:
    """Works of eight kinds, by one to four people, some without a name or a year."""
    draw, found = random.Random(SEED), []
    for number in range(SOURCES):
        kind = KINDS[number % len(KINDS)]
        people = draw.sample(NAMES, draw.choice([1, 1, 1, 2, 3, 4]))
        item = {
            "id": f"s{number}",
            "title": f"{NOUNS[number % 10]} of {PLACES[number // 10]}",
            **kind,
        }
        if number % 11:
            item["author"] = [{"family": family, "given": given} for family, given in people]
        if number % 13:
            item["issued"] = {"date-parts": [[1900 + number, 1 + number % 12, 1 + number % 28]]}
        found.append(item)
    return found


def cites(language: str) -> list[Cite]:
    """A citation a note, the source of the note before taken again two times in five."""
    draw, found, key = random.Random(SEED), list[Cite](), "s0"
    for number in range(NOTES):
        key = key if draw.random() < 0.4 else f"s{draw.randrange(SOURCES)}"
        at = draw.choice(LOCATORS)
        for english, russian in RUSSIAN.items() if language == "ru-RU" else ():
            at = at.replace(english, russian)
        found.append(Cite(key, at, True, False, f"n{number}", number + 1))
    return found


def asked(cite: Cite) -> dict[str, str]:
    """A citation as citeproc-js takes it."""
    if not cite.locator:
        return {"id": cite.key}
    label, _, rest = cite.locator.rpartition(" ")
    return {"id": cite.key, "locator": rest, "label": LABELS.get(label, "page")}


def bare(words: str) -> str:
    """Words without spaces, marks of quotation, and the full stop at the end."""
    words = unicodedata.normalize("NFKC", words).translate({0x2019: "'", 0x2013: "-", 0x2011: "-"})
    return re.sub(r"[\s“”\"‘«»„]", "", words).strip(".()").casefold()


def text(form: Form) -> str:
    return "".join(getattr(run, "text", "") for run in form)


def compared(path: Path, language: str, options: argparse.Namespace) -> Iterator[str]:
    """What is the same by both processors, and the first that is not."""
    style = path.read_bytes()
    notes = b'class="note"' in style
    items, rows = sources(), cites(language)
    job = options.modules / "citations.json"
    whole = {"items": items, "notes": [[asked(one)] for one in rows], "language": language}
    job.write_text(json.dumps(whole), "utf-8")
    command = ["node", "-e", ASK, str(options.modules), str(path), str(options.locales), str(job)]
    theirs = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    program, _ = installed("compare citations")
    forms, entries = cited(program, Style(path.stem, style, notes), language, items, rows)
    both = zip(forms, theirs["said"], strict=True)
    pairs = {f"note {n}": (text(a), b) for n, (a, b) in enumerate(both, 1)}
    listed = dict(zip(theirs["ids"], theirs["entries"], strict=True))
    works = {key: (text(entries.get(key, ())), words) for key, words in listed.items()}
    for what, found in (("citations", pairs), ("entries", works)):
        other = {at: pair for at, pair in found.items() if bare(pair[0]) != bare(pair[1])}
        yield f"{path.stem}: {len(found) - len(other)} of {len(found)} {what} alike"
        for at, (mine, words) in list(other.items())[: options.shown]:
            yield f"  {at}\n    engross     {mine}\n    citeproc-js {words.strip()}"
    same = [key for key in entries if key in listed] == list(listed)
    yield f"{path.stem}: entries in {'the same' if same else 'another'} order"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    for name in ("styles", "locales", "modules"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--shown", type=int, default=SHOWN)
    options = parser.parse_args()
    for path in sorted(options.styles.glob("*.csl")):
        for line in compared(path, "ru-RU" if path.stem.startswith("gost") else "en-US", options):
            print(line)


if __name__ == "__main__":
    main()
