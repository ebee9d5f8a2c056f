"""What a book's own template may make: words and pictures of the edition, nothing that runs."""

import re
from collections.abc import Iterator

from lxml import etree
from lxml import html as soup

TEXT = frozenset(
    "a abbr b bdi bdo br cite code dfn em i kbd mark q rb rp rt ruby s samp small span strong "  # noqa: SIM905 - a list of words
    "sub sup time u var wbr address article aside blockquote caption col colgroup dd del details "
    "div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr img ins li main nav ol "
    "p pre section summary table tbody td tfoot th thead tr ul".split()
)
DRAWING = frozenset(
    {"svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
)
FRAMES = frozenset(
    "html head title meta link body form input button label script ncx doctitle navmap navpoint "  # noqa: SIM905 - a list of words
    "navlabel text content pagelist pagetarget docauthor".split()
)
"""Only in a template that makes a whole file."""
_SCHEME = re.compile(r"\s*([a-zA-Z][a-zA-Z0-9+.-]*):")
_ADDRESSES = frozenset({"href", "src", "srcset", "data", "action", "formaction", "poster", "cite"})
_LEADS = {"http", "https", "mailto"}
_SHOWS = {"edition"}


def faults(name: str, made: str) -> tuple[str, ...]:
    """What stands in the text that a template has made and may not, in words, each once."""
    if name.startswith("web/"):
        root = soup.document_fromstring(made) if made.strip() else None
    else:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        wrapped = made if made.lstrip().startswith(("<?xml", "<!DOCTYPE")) else _wrapped(made)
        try:
            root = etree.fromstring(wrapped.encode(), parser)
        except etree.XMLSyntaxError:
            return ()  # the renderer says so, with its place
    whole = name.startswith(("frames/", "web/"))
    return tuple(dict.fromkeys(_strange(root, whole=whole))) if root is not None else ()


def _wrapped(made: str) -> str:
    return f'<x xmlns:epub="http://www.idpf.org/2007/ops">{made}</x>'


def _strange(root: etree._Element, *, whole: bool) -> Iterator[str]:
    for element in root.iter():
        if not isinstance(element.tag, str):
            if not isinstance(element, etree._Comment):
                yield "a processing instruction or an entity"
            continue
        name = etree.QName(element).localname.lower()
        if element is root and name == "x":
            continue
        if name not in TEXT | DRAWING | (FRAMES if whole else frozenset()):
            yield f"<{name}>"
            continue
        if name == "script" and (element.get("type") != "application/ld+json"):
            if (element.text or "").strip() or not element.get("src"):
                yield "<script> with a text"
        elif name == "link" and element.get("rel") != "stylesheet":
            yield f'<link rel="{element.get("rel", "")}">'
        for key, value in element.attrib.items():
            yield from _attribute(name, etree.QName(str(key)).localname.lower(), str(value))


def _attribute(element: str, key: str, value: str) -> Iterator[str]:
    if key.startswith("on") or key in {"base", "ping", "http-equiv", "srcdoc"}:
        yield f"the attribute {key}"
    elif key == "rel" and element == "a" and "attachment" in value.split():
        yield 'rel="attachment"'
    elif key == "style" and re.search(r"url\(|@import|\\|expression\(", value, re.I):
        yield "an address in style"
    elif key in _ADDRESSES:
        match = _SCHEME.match(value)
        good = _LEADS if element == "a" else _SHOWS
        leads_out = value.strip().startswith(("/", "\\"))
        if leads_out or (match is not None and match[1].lower() not in good):
            yield f"a reference to '{value[:60]}'"
