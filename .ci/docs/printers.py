"""docs/printers.md: the shipped printer profiles as tables, each figure with its source."""

from collections.abc import Iterator

from engross.catalog import family
from engross.make.press.profiles import shipped
from engross.schema.profile import Figure, Profile

INTRODUCTION = """# Printers

What each printer takes is data: a file a printer in `src/engross/make/profiles/`, each figure with
its source and the day it was found. Printers change their pages and copies of them disagree; where
they do, the safe figure stands here and the note says what the others have. **Some figures were
read on a printer's own page; none was proved by an order. Order a proof copy.**

```yaml
print:
  profiles: [kdp-paperback, lulu]   # the first is the reference pagination
  binding: perfect                  # perfect, saddle or case
  trim: 6in 9in
  paper: white                      # a paper of the profile; empty: its first
outputs: [epub, print, cover, screen]
```

Every profile gives one interior, `SLUG-print-PROFILE.pdf`, and one cover, `SLUG-cover-PROFILE.pdf`.
All interiors of a trim have the same pages: binding and printer move the text block and never set
it anew. What does not fit is reported, with what would: another printer or binding, a wider trim.
Blank pages are added only where a printer binds multiples, at the end, and the build says so
(W125).

## A profile of your own

Copy a file of that folder to `profiles/NAME.yaml` in the book, change its figures, and name it in
the manifest; it goes before a shipped one of the same name.

A book that only has black text does well with PDF/X-1a:2003, which names a registered printing
condition and needs no file. PDF/X-4 carries the colour profile of its condition, which is not ours
to ship: put the file that your printer names into the book and say so in the manifest. Interiors
and covers of all profiles are then PDF/X-4; a file that is not of a press is refused (W287).

```yaml
print:
  intent:
    identifier: FOGRA39
    condition: Offset, coated paper
    icc: profiles/press.icc
```

## What is made, and what it claims

An interior is finished as PDF/X-1a:2003: PDF 1.4 without object streams, black on one plate, fonts
embedded as subsets, TrimBox and BleedBox for each side, the printing condition by its registered
name, trapping, dates and identifier; links are taken off, text and tags stay. The mark is put on a
candidate, preflight reads the finished bytes with two parsers, and a fault of the standard takes
the mark off again (W290). Preflight is ours: it follows the printers' and the standards' demands as
far as we know them. We say “checks passed”, never “conforms”; no free judge of PDF/X exists.

The reading PDF says that it is PDF/UA-1 and PDF/A-3a. Our own checks decide on the marks in every
build; veraPDF (`make tools`) judges both before a version is released, and stops it if it
disagrees.

The cover is one sheet: back, spine and front with bleed, the spine from the pages and the paper,
words on it only where the printer allows them, an EAN-13 where `isbn.print` is given, in black on
a white box. Over boards (`binding: case`) it has what is turned in, overhang and hinge, by the
profile's figures, which are estimates: compare with the template that the printer gives for your
book (W284). A profile without them gives no such cover (W285). A saddle-stitched booklet gets a
cover of four pages; leave `cover` out of the outputs for a self-cover. `engross verify` proves the
words of the cover, too.

![The wrap of the memorandum for KDP: back, spine, front, bleed](pictures/cover.png)

`engross build --impose booklet` adds `SLUG-booklet.pdf` for a home printer: pages in pairs on US
letter, or on A4 where the trim is in millimetres; print both sides, flip on the short edge, fold.

![A page of the memorandum with the map](pictures/map.png)
![A page of the document with its notes](pictures/notes-print.png)

`engross verify` judges every PDF of a published folder again from what the folder says of itself.

## What preflight looks at
"""


def printers() -> str:
    """The page."""
    return "\n".join([INTRODUCTION, *_checks(), "", *_profiles()]) + "\n"


def _checks() -> Iterator[str]:
    yield "| code | fault |"
    yield "|---|---|"
    for code, entry in sorted(family("W").items()):
        if code >= "W200":
            yield f"| [{code}](findings/w.md) | {entry.title} |"


def _profiles() -> Iterator[str]:
    for name, profile in shipped().items():
        yield f"## `{name}`: {profile.title}"
        yield ""
        yield f"Last looked at on {profile.checked}."
        yield ""
        yield "| figure | value | source | note |"
        yield "|---|---|---|---|"
        for field in Profile.model_fields:
            figure = getattr(profile, field)
            if isinstance(figure, Figure):
                words = field.replace("_", " ")
                yield f"| {words} | {_value(figure.value)} | {figure.source} | {figure.note} |"
        yield ""
        for key, source in profile.sources.items():
            address = f" <{source.url}>" if source.url else ""
            yield f"- {key}: {source.title}{address}, {source.read} ({source.standing})"
        yield ""


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(_value(one) for one in value) or "none"
    fields = getattr(type(value), "model_fields", None)
    if fields is not None:
        rows = ((key, getattr(value, key)) for key in fields)
        return ", ".join(
            f"{key.replace('_', ' ')} {_value(held)}"
            for key, held in rows
            if held not in ("", None)
        )
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
