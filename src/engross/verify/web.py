"""The proof of a web edition: every address once and whole, links that lead on, all to be seen."""

import posixpath
from collections.abc import Mapping
from urllib.parse import unquote

from lxml import etree, html

from engross.model.address import section_of
from engross.verify.cascade import prove_seen
from engross.verify.files import own_text
from engross.verify.marks import strange
from engross.verify.plain import difference, spaced
from engross.verify.report import Log
from engross.verify.said import Expected


def prove_web(files: Mapping[str, bytes], expected: Expected, log: Log) -> None:
    """
    Compare the pages with the evidence.

    Args:
        files: of the web edition, by their path in it.
        expected: all texts, by address.
        log: takes checks and findings.
    """
    since = len(log.findings)
    trees: dict[str, etree._Element] = {}
    for name, content in sorted(files.items()):
        if name.endswith(".html"):
            try:
                trees[name] = html.document_fromstring(content)
            except (etree.ParserError, ValueError) as error:
                log.fault("P001", f"{name} cannot be read: {error}")
    found: dict[str, str] = {}
    sections = {section_of(address) for address in expected.said} | {
        name.removesuffix(".html") for name in trees
    }
    for name, tree in trees.items():
        for element in tree.iter(etree.Element):
            if (address := element.get("data-address")) is None:
                continue
            if address in found:
                log.fault("P003", f"{address} stands twice, in {name} again")
            found[address] = spaced("".join(own_text(element)))
            said = expected.said.get(address)
            if said and (lost := strange(said, element, name, sections)):
                log.fault("P024", f"{address} in {name}: {lost}")
            if element.get("hidden") is not None:
                log.fault("P009", f"{name} hides {address} from its readers")
    for address, said in expected.said.items():
        wanted = spaced(said.text)
        if address not in found:
            log.fault("P003", f"{address} is on no page")
        elif found[address] != wanted:
            log.fault("P007", f"{address}: {difference(wanted, found[address])}")
    for address in found.keys() - expected.said.keys():
        log.fault("P003", f"{address} is not in the evidence")
    log.check("conservation", len(found), "addresses", since)
    since = len(log.findings)
    log.check("links", _links(trees, files, log), "links", since)
    since = len(log.findings)
    sheets = [body.decode("utf-8", "replace") for n, body in files.items() if n.endswith(".css")]
    log.check("visible", prove_seen(trees, sheets, log), "pages", since)


def _links(trees: Mapping[str, etree._Element], files: Mapping[str, bytes], log: Log) -> int:
    ids = {
        name: {element.get("id", "") for element in tree.iter(etree.Element)}
        for name, tree in trees.items()
    }
    count = 0
    for name, tree in trees.items():
        for target in (e.get("href") or e.get("src") or "" for e in tree.iter("a", "img")):
            if ":" in target.split("/")[0] or target.startswith("../"):
                continue
            count += 1
            path, _, goal = unquote(target).partition("#")
            full = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
            full = full if path else name
            if full in files:
                if goal and full in ids and goal not in ids[full]:
                    log.fault("P008", f"{name} leads to {target}, where nothing has that id")
            else:
                log.fault("P008", f"{name} leads to {target}, which is not in the web edition")
    return count
