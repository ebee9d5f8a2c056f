"""
Pages: each unit is typeset alone, kept by digest, and the file is written of the parts.

Nothing in a part depends on where it stands in the volume. `press.typeset` gives parts and the page
map, `writing.write` the bytes of a medium. The engine runs in worker processes only
(`weasy` alone imports it), so the parent stays light.

What the engine expects of a style sheet:

* One geometry. `@page` describes a right-hand page: its left margin is the gutter. Left pages are
  moved as they are written: `:left`, `:right`, `:blank` and margin boxes are not used. `<body>` has
  `class="front|body|back"` and, for a title page and its like, `display`, for named pages.
* Notes are `.note { float: footnote }` with `::footnote-call` and `::footnote-marker`. Blocks in
  notes are `span` elements of class `block`, `list`, `item`, `table` and so on.
* Lines are planned for whole paragraphs (`engine/fit.py`), pages for whole units
  (`engine/breaks.py`), and each page takes its boxes from one endless page (`engine/slices.py`).
  The house says how far: `--letter-play` (parts of the size by which letters move), `--glyph-play`
  (parts of themselves by which glyphs are wider or narrower), `--optical-margins` (how much of
  `engine/protrusions.tsv` hangs over the measure), each 0 for not at all, and `--note-rule`, the
  length of the rule above the notes in em.
* Slots (`a.page-number`) are set with `font-variant-numeric: lining-nums tabular-nums`.
* Furniture is placed as on a right-hand page by `position: absolute` against the text block, and
  mirrored on left pages: `.running-head` (also `.verso` or `.recto`), `.page-range`, `.folio`,
  `.margin-number`, `.leaf-mark` and `.stamp`. For the two marks only the sideways place counts; the
  line that they belong to gives the height. Without rules they stand where `furniture.DEFAULTS`
  puts them.
* No `opacity`, gradients or transforms on text: what is drawn in a group cannot be tagged.
* A family must be one of the house's faces (`fonts.named` finds those that a sheet names in double
  quotes), with the weight and slope that are asked for; nothing stands in silently.
* Colours: grey, or `device-cmyk(0 0 0 k)`, is black ink in print and grey on screens; any other
  colour is kept on screens and turned to its lightness in print.
"""
