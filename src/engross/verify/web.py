"""The proof of a web edition: every address once and whole, links that lead on, all to be seen."""

from collections.abc import Mapping, Sequence

from engross.check.epub.links import broken
from engross.check.epub.opened import Opened, open_web
from engross.model.address import section_of
from engross.verify.cascade import prove_seen
from engross.verify.files import prove_addresses
from engross.verify.plates import Plate, prove_shown
from engross.verify.report import Log
from engross.verify.said import Expected


def prove_web(
    files: Mapping[str, bytes], expected: Expected, plates: Sequence[Plate], log: Log
) -> None:
    """
    Compare the pages with the evidence.

    Args:
        files: of the web edition, by their path in it.
        expected: all texts, by address.
        plates: its pictures.
        log: takes checks and findings.
    """
    since = len(log.findings)
    site = open_web(files)
    if not isinstance(site, Opened):
        log.fault("P001", "; ".join(found.message for found in site))
        log.check("conservation", 0, "addresses", since)
        return
    sections = {section_of(address) for address in expected.said}
    sections |= {name.removesuffix(".html") for name in site.documents}
    pages = site.documents.values()
    found = prove_addresses(pages, expected.said, sections, "the web edition", log)
    log.check("conservation", len(found), "addresses", since)
    since = len(log.findings)
    log.findings += broken(site)
    log.check("links", len(pages), "pages", since)
    prove_seen(site, log)
    prove_shown(site, plates, log)
