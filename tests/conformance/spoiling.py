"""Changes that spoil a sound file for the press in one point each."""

from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from tests.conformance.printed import draw, icc, image, text_at

from engross.check.preflight import Wanted, preflight

Change = Callable[[pikepdf.Pdf], None]


def painting(paint: bytes) -> Change:
    return lambda pdf: draw(pdf, text_at(pdf, paint))


def drawing(lines: bytes) -> Change:
    return lambda pdf: draw(pdf, lines)


def in_space(space: Callable[[pikepdf.Pdf], object], values: bytes = b"0.5") -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        words = text_at(pdf, b"/S cs " + values + b" scn")
        draw(pdf, words, ColorSpace={"S": space(pdf)})

    return change


def in_state(**entries: object) -> Change:
    return lambda pdf: draw(
        pdf, b"/T gs 0 g 100 300 20 20 re f", ExtGState={"T": Dictionary(**entries)}
    )  # type: ignore[arg-type]


def profiled(pdf: pikepdf.Pdf) -> object:
    stream = pdf.make_stream(icc(b"mntr", b"GRAY"))
    stream.N = 1
    return Array([Name.ICCBased, stream])


def spot(pdf: pikepdf.Pdf) -> object:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 1, 1, 0], N=1)
    return Array([Name.Separation, Name("/PANTONE 185 C"), Name.DeviceCMYK, tint])


def picture(
    size: tuple[int, int], space: object, channels: int, *, level: int = 128, side: int = 72
) -> Change:
    return lambda pdf: draw(
        pdf,
        b"%d 0 0 %d 100 250 cm /P Do" % (side, side),
        XObject={"P": image(pdf, size, space, channels, level)},
    )


def masked(pdf: pikepdf.Pdf) -> None:
    shown = image(pdf, (400, 400), Name.DeviceGray, 1)
    shown.SMask = image(pdf, (400, 400), Name.DeviceGray, 1)
    draw(pdf, b"72 0 0 72 100 250 cm /P Do", XObject={"P": shown})


def grouped(pdf: pikepdf.Pdf) -> None:
    form = pdf.make_stream(b"0 g 0 0 20 20 re f")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 20, 20])
    form.Group = Dictionary(S=Name.Transparency)
    draw(pdf, b"1 0 0 1 100 300 cm /F Do", XObject={"F": form})


def hidden_in_form(pdf: pikepdf.Pdf) -> None:
    form = pdf.make_stream(b"1 0 0 rg 0 0 20 20 re f")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 20, 20])
    draw(pdf, b"1 0 0 1 100 300 cm /F Do", XObject={"F": form})


def font_of(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """A font in use on the third page."""
    name = text_at(pdf, b"").split(b"BT ")[1].split(b" ")[0].decode()
    return pdf.pages[2].obj.Resources.Font[name]


def descriptor(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return font_of(pdf).DescendantFonts[0].FontDescriptor


def not_embedded(pdf: pikepdf.Pdf) -> None:
    del descriptor(pdf).FontFile2


def emptied(pdf: pikepdf.Pdf) -> None:
    descriptor(pdf).FontFile2 = pdf.make_stream(b"")


def whole_font(pdf: pikepdf.Pdf) -> None:
    font_of(pdf).BaseFont = Name("/EBGaramond-Regular")


def type_three(pdf: pikepdf.Pdf) -> None:
    glyph = pdf.make_stream(b"500 0 0 0 500 500 d1 0 0 500 500 re f")
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 500, 500], FirstChar=97, LastChar=97,
        FontMatrix=[0.001, 0, 0, 0.001, 0, 0], Widths=[500], CharProcs=Dictionary(a=glyph),
        Encoding=Dictionary(Type=Name.Encoding, Differences=[97, Name.a]),
    )  # fmt: skip
    draw(pdf, b"0 g BT /T3 10 Tf 120 300 Td (a) Tj ET", Font={"T3": font})


def unsearchable(pdf: pikepdf.Pdf) -> None:
    del font_of(pdf).ToUnicode


def open_type(pdf: pikepdf.Pdf) -> None:
    held = descriptor(pdf)
    program = pdf.make_stream(held.FontFile2.read_bytes())
    program.Subtype = Name.OpenType
    held.FontFile3 = program
    del held.FontFile2


def boxless(pdf: pikepdf.Pdf) -> None:
    font = text_at(pdf, b"0 g").rsplit(b"<", 1)
    draw(pdf, font[0] + b"<0000> Tj ET")


def unreadable(pdf: pikepdf.Pdf) -> None:
    code = text_at(pdf, b"").rsplit(b"<", 1)[1].split(b">")[0][:4]
    held = font_of(pdf)
    table = held.ToUnicode.read_bytes()
    at = table.index(b"<" + code + b"> <") + len(code) + 4
    held.ToUnicode = pdf.make_stream(table[:at] + b"fffd" + table[at + 4 :])


def on_page(index: int, **entries: object) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        for key, value in entries.items():
            if value is None:
                del pdf.pages[index].obj[f"/{key}"]
            else:
                pdf.pages[index].obj[f"/{key}"] = value

    return change


def in_catalog(**entries: object) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        for key, value in entries.items():
            if value is None:
                del pdf.Root[f"/{key}"]
            else:
                pdf.Root[f"/{key}"] = value

    return change


def in_record(**entries: object) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        for key, value in entries.items():
            if value is None:
                del pdf.docinfo[f"/{key}"]
            else:
                pdf.docinfo[f"/{key}"] = value

    return change


def in_intent(**entries: object) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        for key, value in entries.items():
            held = pdf.make_stream(value) if isinstance(value, bytes) else value
            if held is None:
                del pdf.Root.OutputIntents[0][f"/{key}"]
            else:
                pdf.Root.OutputIntents[0][f"/{key}"] = held

    return change


def two_intents(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents.append(pdf.Root.OutputIntents[0])


def shorter(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[3]


def linked(pdf: pikepdf.Pdf) -> None:
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[90, 90, 120, 100], F=4)
    pdf.pages[2].obj.Annots = Array([pdf.make_indirect(link)])


def scripted(pdf: pikepdf.Pdf) -> None:
    act = Dictionary(S=Name.JavaScript, JS=String("app.beep()"))
    pdf.Root.Names.JavaScript = Dictionary(Names=Array([String("a"), act]))


def attached(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["a.txt"] = b"a"


def packet(old: bytes, new: bytes) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        held = pdf.Root.Metadata.read_bytes()
        assert old in held
        stream = pdf.make_stream(held.replace(old, new))
        stream.Type, stream.Subtype = Name.Metadata, Name.XML
        pdf.Root.Metadata = stream

    return change


def codes(content: bytes, want: Wanted) -> set[str]:
    """What preflight finds."""
    return {fault.code for fault in preflight(content, want).faults}


def told(content: bytes, want: Wanted) -> set[str]:
    """What preflight says of it."""
    return {f"{fault.code} {fault.text}" for fault in preflight(content, want).faults}
