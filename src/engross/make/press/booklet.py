"""Two pages on each side of a sheet, so that a stack of sheets folds into a booklet."""

import io
from collections.abc import Iterator

import pikepdf
from pikepdf import Dictionary, Name

LETTER = (792.0, 612.0)
"""Points: the paper of American home printers, lying."""
A4 = (841.89, 595.28)


def order(pages: int) -> Iterator[tuple[int, int]]:
    """
    The left and right page of each side of the sheets, first sheet's outside first.

    Numbers from 1; 0 is a blank page after the last one. Sides 1 and 2 are one sheet, printed on
    both sides and turned over its short edge.

    >>> list(order(7))
    [(0, 1), (2, 7), (6, 3), (4, 5)]
    """
    count = -(-pages // 4) * 4
    for side in range(count // 2):
        early, late = side + 1, count - side
        pair = (early, late) if side % 2 else (late, early)
        left, right = (number if number <= pages else 0 for number in pair)
        yield left, right


def impose(interior: bytes, paper: tuple[float, float] = LETTER) -> bytes:
    """
    The pages of a finished interior in pairs, trimmed, as large as half the paper allows.

    Nothing is set anew: each page is placed whole. The pair meets at the fold.
    """
    with pikepdf.open(io.BytesIO(interior)) as source, pikepdf.new() as target:
        forms = [target.copy_foreign(page.as_form_xobject()) for page in source.pages]
        for left, right in order(len(forms)):
            target.add_blank_page(page_size=paper)
            sheet = target.pages[-1].obj
            held, drawing = Dictionary(), b""
            for side, number in enumerate((left, right)):
                if number:
                    name = f"P{number}"
                    held[f"/{name}"] = forms[number - 1]
                    drawing += placed(forms[number - 1], name, side, paper)
            sheet.Resources = Dictionary(XObject=held)
            sheet.Contents = target.make_stream(drawing)
        for key in ("/Title", "/Author", "/CreationDate", "/ModDate", "/Producer"):
            if key in source.docinfo:
                target.docinfo[key] = str(source.docinfo[key])
        target.Root.ViewerPreferences = Dictionary(Duplex=Name.DuplexFlipShortEdge)
        made = io.BytesIO()
        streams = pikepdf.ObjectStreamMode.generate
        target.save(made, deterministic_id=True, object_stream_mode=streams, min_version="1.7")
    return made.getvalue()


def placed(form: pikepdf.Object, name: str, side: int, paper: tuple[float, float]) -> bytes:
    """The drawing of one page on its half of the sheet, touching the fold."""
    x1, y1, x2, y2 = (float(value) for value in form.BBox)
    width, height = x2 - x1, y2 - y1
    half = paper[0] / 2
    scale = min(half / width, paper[1] / height, 1.0)
    left = half if side else half - width * scale
    low = (paper[1] - height * scale) / 2
    move = f"{scale:.6f} 0 0 {scale:.6f} {left - x1 * scale:.4f} {low - y1 * scale:.4f} cm"
    return f"q {move} /{name} Do Q\n".encode()
