"""A font program as the edition has it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FontFile:
    """One face, as TrueType or OpenType."""

    family: str
    weight: int
    """400 regular, 700 bold."""
    italic: bool
    content: bytes = field(repr=False)
    digest: str
    """SHA-256 of the content, hexadecimal."""
    licence: str = ""
    """As the book states it; empty for the pinned faces."""
    flowing: bool = True
    """Whether the whole program may go into an EPUB and a web edition."""

    @property
    def name(self) -> str:
        """`EB Garamond 400 italic`."""
        return f"{self.family} {self.weight}{' italic' if self.italic else ''}"

    def file(self, suffix: str) -> str:
        """Its file in an EPUB or on the web: `fonts/eb-garamond-400-italic.woff2`."""
        slope = "-italic" if self.italic else ""
        return f"fonts/{self.family.lower().replace(' ', '-')}-{self.weight}{slope}.{suffix}"

    def rule(self, suffix: str, form: str = "", more: str = "") -> str:
        """Its rule in a sheet: the ending of its file, what form that has, what else holds."""
        style = "italic" if self.italic else "normal"
        return (
            f'@font-face {{ font-family: "{self.family}"; font-weight: {self.weight}; '
            f'font-style: {style}; {more}src: url("{self.file(suffix)}"){form}; }}'
        )

    @property
    def suffix(self) -> str:
        """`otf` where the outlines are those of PostScript, else `ttf`."""
        return "otf" if self.content[:4] == b"OTTO" else "ttf"
