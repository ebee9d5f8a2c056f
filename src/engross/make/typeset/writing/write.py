"""Write a typesetting as one PDF: pages, tags, links, destinations, outline, fonts, record."""

import hashlib
from collections.abc import Sequence

from engross.make.typeset.values import PLAIN, Finish, Plan, Typesetting
from engross.make.typeset.writing import fonts, record
from engross.make.typeset.writing.book import Book, names, outline, planned
from engross.make.typeset.writing.file import File, raw, references, text
from engross.make.typeset.writing.pages import Pages
from engross.make.typeset.writing.tree import Tree


def write(
    work: Typesetting, plan: Plan, finish: Finish = PLAIN, over: Sequence[bytes] = ()
) -> bytes:
    """
    The finished file; equal arguments give equal bytes.

    Every page keeps its text block: trim, bleed and gutter only move it on the sheet. What is
    printed has no links. What is drawn over the pages has a font that no file needs, `Plain`.
    """
    file = File(finish.version)
    book = planned(file, work, plan)
    kids = references(book.pages)
    above = file.add(b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(book.pages), kids))
    root, entries = Tree(book).write()
    Pages(book, above, fonts.write(book, plain=bool(over)), over).write(entries)
    named, associated = names(book), b""
    if finish.attachments:
        named, associated = attached(book, finish, named)
    packet = record.xmp(plan, finish, file.digest())
    catalog = [
        b"/Type/Catalog/Pages %d 0 R/Lang%s" % (above, text(plan.language)),
        b"/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true>>",
        b"/PageLayout/TwoPageRight" if plan.medium == "screen" else b"",
        record.page_labels(book),
        b"/Names<<%s>>/StructTreeRoot %d 0 R" % (named, root),
        outline(book),
        b"/Metadata %d 0 R" % file.stream(packet, b"/Type/Metadata/Subtype/XML"),
        intent(file, finish),
        associated,
    ]
    said = b"<<%s%s>>" % (record.information(plan), finish.information)
    return file.close(file.add(b"<<%s>>" % b"".join(catalog)), file.add(said))


def intent(file: File, finish: Finish) -> bytes:
    """Name the condition that the colours are meant for, and carry its profile, if it is given."""
    if not finish.intent:
        return b""
    row = b"".join(
        b"/%s%s" % (key.encode(), text(value)) for key, value in finish.condition.items()
    )
    if finish.profile is not None:
        channels = b"/N %d" % finish.channels
        row += b"/DestOutputProfile %d 0 R" % file.packed(finish.profile, channels)
    row = b"<</Type/OutputIntent/S/%s%s>>" % (finish.intent.encode(), row)
    return b"/OutputIntents[%d 0 R]" % file.add(row)


def attached(book: Book, finish: Finish, named: bytes) -> tuple[bytes, bytes]:
    """Attach files as sources; they carry the file's own date, not that of a disk."""
    date = record.pdf_date(book.plan.modified or book.plan.created)
    rows = {}
    for one in sorted(finish.attachments, key=lambda row: raw(row.name)):
        check = hashlib.md5(one.content, usedforsecurity=False).hexdigest().encode()
        size = b"/Size %d/CheckSum<%s>" % (len(one.content), check)
        size += b"/ModDate" + text(date) if date else b""
        media = one.media.replace("/", "#2F").encode()
        entries = b"/Type/EmbeddedFile/Subtype/%s/Params<<%s>>" % (media, size)
        stream = book.file.packed(one.content, entries)
        name = text(one.name)
        row = b"/F%s/UF%s/Desc%s/EF<</F %d 0 R/UF %d 0 R>>"
        row %= name, name, text(one.about), stream, stream
        number = book.file.add(b"<</Type/Filespec/AFRelationship/Source%s>>" % row)
        rows[one.name] = b" %d 0 R" % number
    files = book.file.add(b"<</Names[%s]>>" % b"".join(text(key) + rows[key] for key in rows))
    return b"%s/EmbeddedFiles %d 0 R" % (named, files), b"/AF[%s]" % b"".join(rows.values())
