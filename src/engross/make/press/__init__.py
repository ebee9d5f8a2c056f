"""
What a printer or an archive asks of the file, and the cover.

Everything here is a pure function of bytes and values. `profiles` finds what a printer takes, `fit`
says whether a book fits it, `pdfx` and `archive` what is written into a file, `wrap` measures and
`cover` draws the cover, `booklet` imposes pages for a home printer. Nothing here judges its own
work: that is preflight.
"""
