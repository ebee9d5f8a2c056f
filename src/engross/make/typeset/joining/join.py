"""Join typeset parts into one PDF: pages, tags, links, destinations, outline, fonts, furniture."""

import io

import pikepdf

from engross.make.typeset.joining import colour, metadata, outline, stamping, tree, union
from engross.make.typeset.joining.book import Plan, collect, destinations
from engross.make.typeset.values import Typesetting


def join(work: Typesetting, plan: Plan) -> bytes:
    """
    The finished interior; equal arguments give equal bytes.

    Every page keeps its text block: trim, bleed and gutter only move it on the sheet.
    """
    with pikepdf.new() as pdf:
        book = collect(pdf, work, plan)
        targets = destinations(book)
        stamping.stamp(book, targets)
        tree.write(book, targets)
        union.write(book)
        colour.write(book)
        outline.write(book)
        metadata.write(pdf, plan, [page.label for page in work.pages], len(book.pages))
        target = io.BytesIO()
        pdf.save(
            target,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            min_version="1.7",
        )
    return target.getvalue()
