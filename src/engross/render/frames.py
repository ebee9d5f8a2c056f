"""What stands around sections: a file of an EPUB, its navigation, the front of the cover."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engross.assemble.edition import Edition
from engross.language import Words, direction
from engross.render.environment import safe, templates
from engross.render.inlines import title, written
from engross.render.sections import Rendered

COVER_IMAGE = "edition:/cover-image"
"""What the picture that a book brings for its cover is called in the templates."""
MATTER = {"front": "frontmatter", "body": "bodymatter", "back": "backmatter"}


@dataclass(frozen=True, slots=True)
class NavEntry:
    """A line of the navigation."""

    title: str
    href: str
    children: "tuple[NavEntry, ...]" = ()


@dataclass(frozen=True, slots=True)
class Frames:
    """The frames of one edition; a book's own templates may replace them."""

    edition: Edition
    own: Mapping[str, str]

    @property
    def words(self) -> Words:
        """The words of the edition's language."""
        return self.edition.words

    def section_file(self, rendered: Rendered) -> str:
        """A section as a file of an EPUB."""
        return self._fill(
            "frames/epub.html",
            language=rendered.language,
            title=rendered.title,
            matter=MATTER[rendered.matter],
            html=safe(rendered.html),
        )

    def cover_page(self, image: str, alt: str) -> str:
        """The first file of an EPUB: its cover."""
        return self._fill(
            "frames/cover.html",
            language=self.edition.manifest.language,
            title=self.words.say("cover"),
            image=image,
            alt=alt,
        )

    def navigation(
        self,
        entries: Sequence[NavEntry],
        landmarks: Sequence[tuple[str, str, str]],
        pages: Sequence[tuple[str, str]],
        leaves: Sequence[tuple[str, str]] = (),
    ) -> str:
        """
        The navigation document.

        Args:
            entries: the contents, a tree.
            landmarks: type, target and title of each.
            pages: target and label of each page of the reference printing.
            leaves: the same of each leaf of the original that is marked.
        """
        return self._fill(
            "frames/nav.html",
            language=self.edition.manifest.language,
            entries=entries,
            landmarks=landmarks,
            pages=pages,
            leaves=leaves,
        )

    def ncx(self, entries: Sequence[NavEntry], pages: Sequence[tuple[str, str]]) -> str:
        """The navigation as older readers look for it."""
        return self._fill(
            "frames/ncx.html",
            language=self.edition.manifest.language,
            identifier=self.edition.manifest.identifier,
            title=self.edition.manifest.title,
            depth=_depth(entries),
            entries=entries,
            pages=pages,
        )

    def cover_front(self, image: str = "") -> str:
        """The front of the cover as a section, for `cover.css`; `image` is what lies under it."""
        return self._fill("frames/cover-front.html", image=image).strip()

    def cover_wrap(self, **values: object) -> str:
        """The printed cover as a section, for `cover.css` and `wrap.css`; see the template."""
        return self._fill("frames/cover-wrap.html", **values).strip()

    def _fill(self, name: str, **values: object) -> str:
        context = {
            "medium": "page",
            "manifest": self.edition.manifest,
            "say": self.words.say,
            "credits": self.words.credits,
            "money": self.words.price,
            "display": title,
            "direction": direction,
            "bind": written,
            **values,
        }
        return templates(self.own).render(name, context)


def _depth(entries: Sequence[NavEntry]) -> int:
    return 1 + max((_depth(entry.children) for entry in entries if entry.children), default=0)
