"""
What comes after the join: the file a printer or an archive takes, and the cover.

Everything here is a pure function of bytes and values. `profiles` finds what a printer takes, `fit`
says whether a book fits it, `pdfx` and `archive` finish a joined PDF, `wrap` draws the cover,
`booklet` imposes pages for a home printer. Nothing here judges its own work: that is preflight.
"""
