"""The one module that knows Jinja2: environments, loading, and faults with their template line."""

import contextlib
import hashlib
import os
import secrets
import sys
import traceback
from collections.abc import Mapping, Sequence
from functools import cache, partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

import jinja2
import jinja2.bccache
import jinja2.meta
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup
from pydantic import BaseModel

from engross.catalog import finding, stop
from engross.disk import fs
from engross.model.finding import Finding, Place
from engross.read.bounded import Bound, bounded
from engross.render.allowed import faults

OWN = "templates/"
"""Where a book keeps its own templates; their names in messages begin so."""

MAX_REPEAT = 100_000
"""Characters or items that a book's template may make by multiplication."""

SECONDS = 20.0
"""Seconds of the clock for one template of a book."""
MEMORY = 1 << 30
"""Address space that filling it may take beyond what this process has, in bytes."""

SETTINGS: dict[str, Any] = {
    "autoescape": True,
    "undefined": jinja2.StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
}
"""What changes the Python that a template is compiled to."""


class Compiled(jinja2.BytecodeCache):
    """Keeps what the shipped templates were compiled to, under all that it depends on."""

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002  # Jinja2's signature
        """The template's name: the newest compiled form takes the place of the last."""
        return name

    def get_source_checksum(self, source: str) -> str:
        """What Jinja2 holds a kept form against: the source, who compiled it, and how."""
        rows = (jinja2.__version__, sys.version, repr(SETTINGS), source)
        return hashlib.sha256("\0".join(rows).encode()).hexdigest()

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Give Jinja2 the kept form; it looks itself whether that one is of this source."""
        body = read_compiled(bucket.key)
        if body is not None:
            bucket.bytecode_from_string(body)

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Keep a form for the next run."""
        write_compiled(bucket.key, bucket.bytecode_to_string())


class BookEnvironment(ImmutableSandboxedEnvironment):
    """Runs a book's own templates: values can be read, nothing can be changed or reached."""

    intercepted_binops = frozenset({"*", "**"})

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """A model shows its own fields and values: pydantic's methods open files and unpickle."""
        own = attr in type(obj).model_fields if isinstance(obj, BaseModel) else True
        if not own and (
            hasattr(BaseModel, attr) or not isinstance(getattr(type(obj), attr, None), property)
        ):
            return False
        return super().is_safe_attribute(obj, attr, value)

    def call_binop(
        self, context: jinja2.runtime.Context, operator: str, left: Any, right: Any
    ) -> Any:
        """Refuse a multiplication that would fill the memory."""
        size = max((len(side) for side in (left, right) if hasattr(side, "__len__")), default=1)
        times = max((side for side in (left, right) if isinstance(side, int)), default=1)
        if size * times > MAX_REPEAT or (operator == "**" and times > 64):
            raise SecurityError(f"{operator} makes more than {MAX_REPEAT} characters")
        return super().call_binop(context, operator, left, right)


@cache
def shipped() -> Mapping[str, str]:
    """The templates that come with the program, by name: `document.html`, `parts/text.html`."""
    found: dict[str, str] = {}

    def walk(folder: Traversable, prefix: str) -> None:
        for entry in sorted(folder.iterdir(), key=lambda item: item.name):
            if entry.is_dir():
                walk(entry, f"{prefix}{entry.name}/")
            elif entry.name.endswith((".html", ".xml")):
                found[prefix + entry.name] = entry.read_text("utf-8")

    walk(files("engross").joinpath("templates"), "")
    return found


def editions() -> list[str]:
    """The shipped templates that a book may bring: all but those of no edition of its own."""
    others = ("catalogue/", "records/", "diff.", "report.")
    return [name for name in shipped() if not name.startswith(others)]


def templates(own: Mapping[str, str]) -> "Templates":
    """The templates of an edition, compiled once for all its sections and media."""
    return _templates(tuple(sorted(own.items())))


@cache
def _templates(own: tuple[tuple[str, str], ...]) -> "Templates":
    return Templates(dict(own))


def safe(html: str) -> Markup:
    """Say that a text is XHTML already: what a template has made."""
    return Markup(html)  # noqa: S704 - our own output, parsed as XML before


class Templates:
    """
    The templates of one edition: the shipped ones and the book's own over them.

    Shipped templates are trusted; as soon as a book brings one, all run in the sandbox.
    """

    def __init__(self, own: Mapping[str, str]) -> None:
        self._own = {name.removeprefix(OWN): text for name, text in own.items()}
        kind = BookEnvironment if own else jinja2.Environment
        self._environment = kind(
            loader=jinja2.FunctionLoader(self._load),
            auto_reload=False,
            cache_size=-1,
            # A book's own templates, and ours beside them, are compiled in each run.
            bytecode_cache=None if own else Compiled(),
            **SETTINGS,
        )

    def has(self, name: str) -> bool:
        """Whether there is a template of that name."""
        return name in self._own or name in shipped()

    def render(self, name: str, context: Mapping[str, Any]) -> str:
        """
        Fill a template.

        Raises:
            EngrossError: it fails, with its place.
        """
        (made,) = self.render_all([(name, context)])
        if isinstance(made, Finding):
            raise stop([made])
        return made

    def render_all(self, rows: Sequence[tuple[str, Mapping[str, Any]]]) -> list[str | Finding]:
        """Fill templates, each with its values; those of the book in a bounded copy of us."""
        strange = [n for n, (name, _) in enumerate(rows) if not self._trusted(name)]
        works = [partial(self._made, *rows[n]) for n in strange]
        made = dict(zip(strange, bounded(works, SECONDS, MEMORY), strict=True)) if works else {}
        return [
            _met(made[n], name) if n in made else self._fill(name, context)
            for n, (name, context) in enumerate(rows)
        ]

    def _trusted(self, name: str) -> bool:
        """Whether a template and all that it may take in are shipped ones."""
        if not self._own:
            return True
        seen: set[str] = set()
        waiting: list[str | None] = [name]
        while waiting:
            one = waiting.pop()
            if one is None or one in self._own:
                return False
            if one in shipped() and one not in seen:
                seen.add(one)
                waiting += references(one)
        return True

    def _made(self, name: str, context: Mapping[str, Any]) -> str | Finding:
        """What a template of the book makes, if an edition may have it."""
        made = self._fill(name, context)
        if isinstance(made, Finding) or not (strange := faults(name, made)):
            return made
        return finding(
            "S007",
            Place(OWN + name),
            f"the template makes what no edition may have: {', '.join(strange)}",
            "make text, tables and pictures of the edition; link to http, https, mailto or a place "
            "within the edition",
        )

    def _fill(self, name: str, context: Mapping[str, Any]) -> str | Finding:
        try:
            return self._environment.get_template(name).render(context)
        except jinja2.TemplateSyntaxError as error:
            place = Place(error.filename or error.name or name, error.lineno)
            return finding("S001", place, f"the template cannot be read: {error.message}")
        except jinja2.TemplateNotFound as error:
            return finding(
                "S006",
                _where(error, name),
                f"there is no template '{error.name}'",
                f"add {OWN}{error.name} to the book, or correct the name",
            )
        except SecurityError as error:
            return finding(
                "S003",
                _where(error, name),
                f"the template asks for what a book's template may not have: {error}",
                "read values and nothing else: no methods, no names that begin with an underscore",
            )
        except jinja2.UndefinedError as error:
            return finding(
                "S002",
                _where(error, name),
                f"the template uses a value that does not exist: {error.message}",
            )
        except RecursionError as error:
            return finding(
                "S004",
                _where(error, name),
                "the template takes itself in, or nests too deeply",
                "let no template include or import itself",
            )
        except (TypeError, ValueError, ArithmeticError, LookupError) as error:
            return finding(
                "S004",
                _where(error, name),
                f"the template fails: {type(error).__name__}: {error}",
                "correct the template at this line",
            )

    def _load(self, name: str) -> tuple[str, str, Any] | None:
        text = self._own.get(name, shipped().get(name))
        if text is None:
            return None
        origin = OWN if name in self._own else "engross/templates/"
        return text, origin + name, lambda: True


@cache
def references(name: str) -> tuple[str | None, ...]:
    """What a shipped template includes, imports or extends; None for a name that is computed."""
    tree = jinja2.Environment(autoescape=True).parse(shipped()[name])
    return tuple(jinja2.meta.find_referenced_templates(tree))


def _met(answer: str | Finding | Bound, name: str) -> str | Finding:
    """The finding where a template met a bound."""
    if answer is Bound.TIME:
        message = f"the template took longer than {SECONDS:g} seconds"
    elif answer is Bound.MEMORY:
        message = f"the template took more than {MEMORY >> 20} MiB of memory"
    else:
        return answer
    return finding("X014", Place(OWN + name), message)


def _where(error: BaseException, name: str) -> Place:
    """
    The innermost template line of a traceback, which Jinja2 has rewritten.

    Of templates that take each other in the outermost: which is innermost depends on the stack.
    """
    frames = list(traceback.extract_tb(error.__traceback__))
    for frame in frames if isinstance(error, RecursionError) else reversed(frames):
        if frame.filename.endswith(".html"):
            return Place(frame.filename, frame.lineno or 0)
    return Place(name)


def compiled_path(name: str) -> Path | None:
    """
    Where the compiled form of a shipped template lies; None where there is no such place.

    It is `__pycache__` beside its source: who can write there can change the program itself, so
    what lies there is trusted as its modules are, and Python's own switches for it hold. Nothing is
    ever kept in a book's folder, which may come from a stranger.
    """
    source = files("engross").joinpath("templates", name)
    if not isinstance(source, Path) or sys.implementation.cache_tag is None:
        return None
    return Path(cache_from_source(str(source)))


def read_compiled(name: str) -> bytes | None:
    """What was put under a template's name; None if there is nothing, or not what was put."""
    path = compiled_path(name)
    if path is None:
        return None
    try:
        whole = fs.read_file(path)
    except OSError:
        return None
    digest, body = whole[:32], whole[32:]
    return body if hashlib.sha256(body).digest() == digest else None


def write_compiled(name: str, body: bytes) -> None:
    """Put the compiled form of a template there for the next run; where that fails, it is not."""
    path = compiled_path(name)
    if path is None or sys.dont_write_bytecode:
        return
    passing = path.with_name(f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}")
    with contextlib.suppress(OSError):
        fs.make_all(path.parent)
        fs.replace_file(path, hashlib.sha256(body).digest() + body, passing, sync=False)
