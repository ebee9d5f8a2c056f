"""What an assembly knows beside the book itself."""

from dataclasses import dataclass

from engross.release.frozen import Release


@dataclass(frozen=True, slots=True)
class Context:
    """Facts that come from outside the book's files, all of them pure functions of inputs."""

    digest: str
    """SHA-256 over the digests of all inputs."""
    released: bool = False
    earlier: tuple[Release, ...] = ()
    """The releases below the version that is built, oldest first."""
    fonts: tuple[str, ...] = ()
    """Names of the families that the edition is set in."""
    engine: tuple[str, ...] = ()
    """`engross 0.1.0`, `WeasyPrint 70.0`."""
    day: str = ""
    """ISO day of the release that is built; empty for a draft."""
