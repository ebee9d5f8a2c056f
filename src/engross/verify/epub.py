"""The proof of an EPUB: every file is read whole with another parser than the one that wrote it."""

import posixpath
import struct
from collections.abc import Mapping, Sequence
from itertools import groupby
from urllib.parse import unquote

from engross.model.link import leads
from engross.model.parting import agreed
from engross.read.damage import BROKEN
from engross.verify.archive import XHTML, Archive, open_archive, section_of, words_of
from engross.verify.cascade import prove_seen
from engross.verify.files import prove_notes, prove_texts
from engross.verify.marks import astray
from engross.verify.plain import spaced
from engross.verify.report import Log
from engross.verify.script import SectionScript

DC = "{http://purl.org/dc/elements/1.1/}"
OPS = "{http://www.idpf.org/2007/ops}"


def prove_epub(
    content: bytes,
    scripts: Sequence[SectionScript],
    titles: Mapping[str, str],
    log: Log,
    words: Mapping[str, str],
    targets: Mapping[str, Sequence[str]],
) -> None:
    """
    Compare an EPUB with its script.

    Args:
        content: the file.
        scripts: of its sections, in order.
        titles: what the package says of itself: `title`, `identifier`, `language`.
        log: takes checks and findings; damage is a finding, never an exception.
        words: what the navigation calls its parts.
        targets: where the entries of generated sections lead, by section.
    """
    since = len(log.findings)
    try:
        archive = open_archive(content)
    except (*BROKEN, struct.error) as error:
        log.fault("P001", f"the EPUB cannot be read: {type(error).__name__}: {error}")
        log.check("opens", 0, "files", since)
        return
    log.check("opens", len(archive.names), "files", since)
    _package(archive, scripts, titles, log, words)
    known = {script.section.address for script in scripts}
    since = len(log.findings)
    count = sum(prove_texts(archive, script, log, known) for script in scripts)
    log.check("conservation", count, "addresses", since)
    since = len(log.findings)
    seen = prove_seen(archive.trees, archive.sheets, log)
    log.check("visible", seen, "files", since)
    since = len(log.findings)
    notes = sum(prove_notes(archive, script, log) for script in scripts)
    log.check("notes", notes, "notes", since)
    since = len(log.findings)
    for section, goals in targets.items():
        for name in archive.files_of(section)[:1]:
            if lost := astray(archive.trees[name], goals, name, known):
                log.fault("P008", f"{name} has no link to {lost} where its entry stands")
    log.check("links", _links(archive, log), "links", since)


def _package(
    archive: Archive,
    scripts: Sequence[SectionScript],
    titles: Mapping[str, str],
    log: Log,
    words: Mapping[str, str],
) -> None:
    since = len(log.findings)
    wanted = [script.section.address for script in scripts]
    spine = [posixpath.basename(name) for name in archive.spine]
    aside = {"cover.xhtml", posixpath.basename(archive.navigation)}
    files = [name for name in spine if name not in aside]
    found = [section for section, _ in groupby(files, section_of)]
    if found != wanted:
        strange = difference_of(wanted, found)
        log.fault("P003", f"the spine is not in the order of the evidence's sections: {strange}")
    for section, names in groupby(files, section_of):
        first = next(names)
        if first != f"{section}.xhtml":
            log.fault("P003", f"the spine begins '{section}' with {first}")
    allowed = {*spine, posixpath.basename(archive.navigation)}
    for name in archive.trees:
        if posixpath.basename(name) not in allowed:
            log.fault("P003", f"{name} belongs to no section of the evidence")
        elif posixpath.basename(name) == "cover.xhtml":
            cover = "".join(words_of(body) for body in archive.trees[name].iter(f"{XHTML}body"))
            if cover.strip():
                log.fault("P007", f"cover.xhtml says '{spaced(cover)[:60]}', which no evidence has")
    assert archive.package is not None
    for key, title in titles.items():
        said = [spaced("".join(map(str, e.itertext()))) for e in archive.package.iter(DC + key)]
        if not said or said[0] != spaced(title):
            log.fault("P006", f"the package gives the {key} {said[:1]}, the manifest ['{title}']")
    _navigation(archive, scripts, log, words)
    log.check("sections", len(wanted), "files", since)


def _navigation(
    archive: Archive, scripts: Sequence[SectionScript], log: Log, words: Mapping[str, str]
) -> None:
    """Everything that the navigation says: titles of sections, and the words for its own parts."""
    tree = archive.trees.get(archive.navigation)
    if tree is None:
        log.fault("P003", "the EPUB has no navigation document")
        return
    names = {f"{script.section.address}.xhtml": script.section.title for script in scripts}
    found: set[str] = set()
    for nav in tree.iter(f"{XHTML}nav"):
        kind = nav.get(f"{OPS}type", "") or nav.get("id", "")
        part = {"toc": "contents", "page-list": "pages", "leaf-list": "leaves"}.get(kind, kind)
        wanted = spaced(words.get(part, ""))
        for heading in nav.iter(f"{XHTML}h1", f"{XHTML}h2"):
            _said(words_of(heading), wanted, f"the heading of {kind}", log)
        for link in nav.iter(f"{XHTML}a"):
            target, _, fragment = link.get("href", "").partition("#")
            said = spaced(words_of(link))
            if kind == "page-list":
                _said(said, fragment.removeprefix("page-"), f"the page {fragment}", log)
            elif kind == "leaf-list":
                _said(f"[{said}]", _at(archive, target, fragment), f"the leaf {fragment}", log)
            elif kind == "landmarks":
                special = {words.get(key, "") for key in ("contents", "cover", "start")}
                if said not in special | {spaced(names.get(target, ""))}:
                    log.fault("P006", f"the navigation calls {target} '{said}'")
            else:
                found.add(target)
                _said(said, spaced(names.get(target, "")), target, log)
    texts = [s.section.address for s in scripts if not s.section.display]
    for address in texts:
        if f"{address}.xhtml" not in found:
            log.fault("P003", f"the navigation does not name '{address}'")


def _at(archive: Archive, target: str, identity: str) -> str:
    """The words of the element that a line of the navigation leads to."""
    base = posixpath.dirname(archive.navigation)
    tree = archive.trees.get(posixpath.normpath(posixpath.join(base, unquote(target))))
    found = (e for e in tree.iter() if e.get("id") == identity) if tree is not None else iter(())
    return next((words_of(element) for element in found), "")


def _said(found: str, wanted: str, what: str, log: Log) -> None:
    if spaced(found) != wanted:
        log.fault("P006", f"the navigation calls {what} '{spaced(found)}' instead of '{wanted}'")


def difference_of(wanted: Sequence[str], found: Sequence[str]) -> str:
    """
    Where two orders part.

    >>> difference_of(["d1", "d2"], ["d1"])
    "after 'd1' stands nothing instead of 'd2'"
    """
    at = agreed(wanted, found)
    after = f"after '{found[at - 1]}' stands" if at else "first stands"
    here, there = (f"'{row[at]}'" if at < len(row) else "nothing" for row in (found, wanted))
    return f"{after} {here} instead of {there}"


def _links(archive: Archive, log: Log) -> int:
    count = 0
    for name, tree in archive.trees.items():
        for element in tree.iter():
            if not isinstance(element.tag, str):
                continue
            for attribute in ("href", "src"):
                target = element.get(attribute)
                if target is None:
                    continue
                if not leads(target):
                    log.fault("P008", f"{name} leads to '{target[:60]}', which no link may")
                    continue
                if ":" in target.split("/")[0]:
                    continue
                count += 1
                path, _, fragment = target.partition("#")
                base = posixpath.dirname(name)
                full = posixpath.normpath(posixpath.join(base, unquote(path))) if path else name
                if full not in archive.names:
                    log.fault("P008", f"{name} leads to {target}, which is not in the EPUB")
                elif fragment and fragment not in archive.ids.get(full, set()):
                    log.fault("P008", f"{name} leads to {target}, where nothing has that id")
    return count
