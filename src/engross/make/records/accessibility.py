"""What may be said of the accessibility of an edition, computed from its files."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from engross.assemble.edition import Edition
from engross.make.markup import opened
from engross.render import Rendered

VERSIONED = frozenset({"title-page", "imprint", "colophon"})
"""Kinds of sections that say of which version they are."""
MOVING = re.compile(r"<(video|audio|script|object|iframe|canvas|embed|animate\w*)\b")


@dataclass(frozen=True, slots=True)
class Accessibility:
    """
    The one statement that package, ONIX and JSON-LD carry.

    What the files show is computed; what only a person can vouch for comes from the manifest, with
    name and day, and is absent without either.
    """

    modes: tuple[str, ...]
    """schema.org `accessMode`: textual, visual."""
    sufficient: tuple[str, ...]
    """`accessModeSufficient`: the text alone will do only if every picture has words."""
    features: tuple[str, ...]
    """`accessibilityFeature`, sorted."""
    hazards: tuple[str, ...]
    """`none` if nothing in the files moves, sounds or runs; else empty: nothing is said."""
    summary: str
    conforms_to: str = ""
    """The standard that a person says the files meet."""
    certified_by: str = ""
    certified_on: str = ""
    """ISO day of that person's evaluation."""
    sha256: str = ""
    """The digest of the sections that say no version: what a judgement is bound to."""
    exemption: str = ""
    """From the European Accessibility Act, as the manifest claims it."""


def accessibility(edition: Edition, rendered: Sequence[Rendered], *, paged: bool) -> Accessibility:
    """
    Look at the sections, as they stand in the EPUB, and say only what they have.

    A conformance that somebody vouches for falls away where the files contradict it: a picture
    without words is enough, and so is another text than the one that was judged. `paged`: the files
    mark the pages of a printing.
    """
    roots = [opened(section.html) for section in rendered]
    pictures = [picture for root in roots for picture in root.iter("img")]
    mute = [picture for picture in pictures if not described(picture)]
    html = "\n".join(section.html for section in rendered)
    said = edition.manifest.accessibility
    kept = [root for root, one in zip(roots, rendered, strict=True) if one.kind not in VERSIONED]
    words = "".join(str(text) for root in kept for text in root.itertext())
    sha256 = hashlib.sha256(words.encode()).hexdigest()
    named = bool(said.evaluated_by and said.evaluated_on and said.conforms_to)
    vouched = named and said.evaluated_sha256 == sha256 and not mute
    return Accessibility(
        modes=("textual", "visual") if pictures else ("textual",),
        sufficient=() if mute else ("textual",),
        features=tuple(sorted(_features(rendered, html, pictures, mute, paged=paged))),
        hazards=() if MOVING.search(html) else ("none",),
        summary=said.summary or edition.words.say("accessibility-summary"),
        conforms_to=said.conforms_to if vouched else "",
        certified_by=said.evaluated_by if vouched else "",
        certified_on=(said.evaluated_on or "") if vouched else "",
        sha256=sha256,
        exemption=said.exemption,
    )


def described(picture: etree._Element) -> bool:
    """Whether a picture has words, or says of itself that it is an ornament."""
    ornament = picture.get("alt") == "" and picture.get("role") in {"presentation", "none"}
    return ornament or bool((picture.get("alt") or "").strip())


def _features(
    rendered: Sequence[Rendered],
    html: str,
    pictures: Sequence[etree._Element],
    mute: Sequence[etree._Element],
    *,
    paged: bool,
) -> list[str]:
    features = ["displayTransformability", "readingOrder", "tableOfContents"]
    features += ["structuralNavigation"] if re.search(r"<h[1-6]\b", html) else []
    features += ["alternativeText"] if pictures and not mute else []
    features += ["index"] if any(section.kind == "index" for section in rendered) else []
    features += ["pageBreakMarkers", "pageNavigation"] if paged else []
    features += ["ARIA"] if ' role="doc-' in html else []
    return features
