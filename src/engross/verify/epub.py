"""The proof of an EPUB: every file is read whole with another parser than the one that wrote it."""

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree

from engross.verify.plain import bare, difference, spaced
from engross.verify.report import Log
from engross.verify.script import SectionScript

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0|font-size\s*:\s*0")
"""Styles on an element that take its words from sight."""
SMALL = 200_000_000
"""Bytes that the files of an EPUB may have when unpacked."""


@dataclass(slots=True)
class Archive:
    """An EPUB as it was found."""

    names: frozenset[str]
    trees: dict[str, etree._Element]
    """The XHTML files, by name."""
    ids: dict[str, set[str]] = field(default_factory=dict)
    spine: list[str] = field(default_factory=list)
    navigation: str = ""
    package: etree._Element | None = None


def prove_epub(
    content: bytes,
    scripts: Sequence[SectionScript],
    titles: Mapping[str, str],
    log: Log,
    words: Mapping[str, str],
) -> None:
    """
    Compare an EPUB with its script.

    Args:
        content: the file.
        scripts: of its sections, in order.
        titles: what the package says of itself: `title`, `identifier`, `language`.
        log: takes checks and findings; damage is a finding, never an exception.
        words: what the navigation calls its parts.
    """
    since = len(log.findings)
    try:
        archive = open_archive(content)
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        etree.XMLSyntaxError,
        LookupError,
        ValueError,
        RuntimeError,
        EOFError,
        OSError,
    ) as error:
        log.fault("P001", f"the EPUB cannot be read: {type(error).__name__}: {error}")
        log.check("opens", 0, "files", since)
        return
    log.check("opens", len(archive.names), "files", since)
    _package(archive, scripts, titles, log, words)
    count = 0
    since = len(log.findings)
    for script in scripts:
        name = _file(archive, script)
        if name is not None:
            count += _texts(name, archive.trees[name], script, log)
    log.check("conservation", count, "addresses", since)
    since = len(log.findings)
    notes = sum(
        _notes(name, archive.trees[name], script, log)
        for script in scripts
        if (name := _file(archive, script)) is not None
    )
    log.check("notes", notes, "notes", since)
    since = len(log.findings)
    log.check("links", _links(archive, log), "links", since)


def open_archive(content: bytes) -> Archive:
    """
    Read everything that a proof needs.

    Raises:
        ValueError, KeyError and what zipfile and lxml raise: the file is damaged.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        infos = archive.infolist()
        names = [info.filename for info in infos]
        if len(set(names)) != len(names):
            raise ValueError("a name stands twice in the archive")
        if sum(info.file_size for info in infos) > SMALL:
            raise ValueError(f"it unpacks to more than {SMALL} bytes")
        if (bad := archive.testzip()) is not None:
            raise ValueError(f"{bad} is damaged")
        container = etree.fromstring(archive.read("META-INF/container.xml"), parser)
        root = next(
            str(e.get("full-path")) for e in container.iter() if e.get("full-path") is not None
        )
        package = etree.fromstring(archive.read(root), parser)
        base = posixpath.dirname(root)
        found = Archive(frozenset(names), {}, package=package)
        items = {e.get("id"): e for e in package.iter(f"{OPF}item")}
        for item in items.values():
            name = posixpath.normpath(posixpath.join(base, unquote(item.get("href", ""))))
            if item.get("media-type") == "application/xhtml+xml":
                tree = etree.fromstring(archive.read(name), parser)
                found.trees[name] = tree
                identities = [str(e.get("id")) for e in tree.iter() if e.get("id") is not None]
                if len(set(identities)) != len(identities):
                    raise ValueError(f"an id stands twice in {name}")
                found.ids[name] = set(identities)
            if "nav" in (item.get("properties") or "").split():
                found.navigation = name
        for reference in package.iter(f"{OPF}itemref"):
            item = items[reference.get("idref")]
            found.spine.append(
                posixpath.normpath(posixpath.join(base, unquote(item.get("href", ""))))
            )
    return found


def _file(archive: Archive, script: SectionScript) -> str | None:
    ending = f"{script.section.address}.xhtml"
    return next(
        (name for name in archive.trees if name == ending or name.endswith(f"/{ending}")), None
    )


def _package(
    archive: Archive,
    scripts: Sequence[SectionScript],
    titles: Mapping[str, str],
    log: Log,
    words: Mapping[str, str],
) -> None:
    since = len(log.findings)
    wanted = [f"{script.section.address}.xhtml" for script in scripts]
    spine = [posixpath.basename(name) for name in archive.spine]
    found = [name for name in spine if name != "cover.xhtml"]
    if found != wanted:
        log.fault(
            "P003",
            f"the spine has {', '.join(found)}; the sections of the evidence are "
            f"{', '.join(wanted)}",
        )
    allowed = {*spine, posixpath.basename(archive.navigation)}
    for name in archive.trees:
        if posixpath.basename(name) not in allowed:
            log.fault("P003", f"{name} belongs to no section of the evidence")
        elif posixpath.basename(name) == "cover.xhtml":
            cover = "".join(_words(body) for body in archive.trees[name].iter(f"{XHTML}body"))
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
        kind = nav.get("{http://www.idpf.org/2007/ops}type", "")
        part = {"toc": "contents", "page-list": "pages"}.get(kind, kind)
        wanted = spaced(words.get(part, ""))
        for heading in nav.iter(f"{XHTML}h1", f"{XHTML}h2"):
            _said(_words(heading), wanted, f"the heading of {kind}", log)
        for link in nav.iter(f"{XHTML}a"):
            target, _, fragment = link.get("href", "").partition("#")
            said = spaced(_words(link))
            if kind == "page-list":
                _said(said, fragment.removeprefix("page-"), f"the page {fragment}", log)
            elif kind == "landmarks":
                special = {words.get(key, "") for key in ("contents", "cover", "start")}
                if said not in special | {spaced(names.get(target, ""))}:
                    log.fault("P006", f"the navigation calls {target} '{said}'")
            else:
                found.add(target)
                _said(said, spaced(names.get(target, "")), target, log)
    texts = [s.section.address for s in scripts if s.section.kind in {"document", "prose"}]
    for address in texts:
        if f"{address}.xhtml" not in found:
            log.fault("P003", f"the navigation does not name '{address}'")


def _said(found: str, wanted: str, what: str, log: Log) -> None:
    if spaced(found) != wanted:
        log.fault("P006", f"the navigation calls {what} '{spaced(found)}' instead of '{wanted}'")


def _texts(name: str, tree: etree._Element, script: SectionScript, log: Log) -> int:
    body = tree.find(f"{XHTML}body")
    if body is None:
        log.fault("P007", f"{name} has no body")
        return 0
    found: dict[str, str] = {}
    order: list[str] = []
    for element in body.iter():
        if not isinstance(element.tag, str):
            continue
        address = element.get("data-address")
        if element.get("hidden") is not None or HIDING.search(element.get("style", "")):
            hidden = spaced(_words(element))[:40]
            log.fault("P009", f"{name} hides '{hidden}' from its readers")
        if address is not None:
            if address in found:
                log.fault("P003", f"{address} stands twice in {name}")
            found[address] = "".join(own_text(element))
            order.append(address)
    if order != list(script.said) and set(order) == set(script.said):
        log.fault("P003", f"the addresses of {name} stand in another order than in the evidence")
    for address in [a for a in script.said if a not in found]:
        log.fault("P003", f"{address} is not in {name}")
    for address in [a for a in order if a not in script.said]:
        log.fault("P003", f"{address} in {name} is not in the evidence")
    for address, said in script.said.items():
        if address in found and spaced(found[address]) != spaced(said.text):
            words = difference(spaced(said.text), spaced(found[address]))
            log.fault("P007", f"{address} in {name}: {words}")
    _whole(name, body, script, log)
    return len(script.said)


def _whole(name: str, body: etree._Element, script: SectionScript, log: Log) -> None:
    """The file from first to last character, so that nothing is left over between addresses."""
    wanted = "".join(bare(p.words) for p in script.body if p.kind in {"text", "sign", "call"})
    found = bare(_words(body))
    if wanted == found:
        return
    at = next(
        (i for i, (a, b) in enumerate(zip(wanted, found, strict=False)) if a != b),
        min(len(wanted), len(found)),
    )
    position, where = 0, script.section.address
    for part in script.body:
        if part.kind in {"text", "sign", "call"}:
            position += len(bare(part.words))
            where = part.address or where
        if position > at:
            break
    log.fault("P007", f"{name}, at {where}: {difference(wanted, found)}")


def _notes(name: str, tree: etree._Element, script: SectionScript, log: Log) -> int:
    """Calls, notes and backlinks, each once and in order, and each leading to the other."""
    calls: dict[str, str] = {}
    called: list[str] = []
    notes: dict[str, etree._Element] = {}
    for element in tree.iter(f"{XHTML}a", f"{XHTML}aside"):
        identity = element.get("id", "")
        if "noteref" in element.get("class", "").split():
            calls[identity] = element.get("href", "").removeprefix("#")
            called.append(f"{script.section.address}/note/{calls[identity].removeprefix('note-')}")
        elif element.tag == f"{XHTML}aside" and identity:
            notes[identity] = element
    if called != script.calls:
        wanted, found = ", ".join(script.calls), ", ".join(called)
        log.fault("P005", f"the calls of {name} lead elsewhere: {difference(wanted, found)}")
    for call, note in calls.items():
        if note not in notes:
            log.fault("P008", f"the call '{call}' of {name} leads to no note")
            continue
        back = [
            e.get("href")
            for e in notes[note].iter(f"{XHTML}a")
            if "backlink" in e.get("class", "").split()
        ]
        if f"#{call}" not in back:
            log.fault("P008", f"the note '{note}' of {name} does not lead back to '{call}'")
    for note, element in notes.items():
        if note not in calls.values():
            log.fault("P008", f"the note '{note}' of {name} is never called")
        ways = sum("backlink" in e.get("class", "").split() for e in element.iter(f"{XHTML}a"))
        if ways != sum(target == note for target in calls.values()):
            log.fault("P008", f"the note '{note}' of {name} has {ways} ways back")
    return len(notes)


def _links(archive: Archive, log: Log) -> int:
    count = 0
    for name, tree in archive.trees.items():
        for element in tree.iter():
            if not isinstance(element.tag, str):
                continue
            for attribute in ("href", "src"):
                target = element.get(attribute)
                if target is None or ":" in target.split("/")[0]:
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


def own_text(element: etree._Element) -> Iterator[str]:
    """The text of an address: what is furniture or supplied is left out."""
    yield element.text or ""
    for child in element:
        if (
            isinstance(child.tag, str)
            and child.get("data-furniture") is None
            and child.get("data-supplied") is None
        ):
            yield from own_text(child)
        yield child.tail or ""


def _words(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))
