"""
The web edition: static pages that need no server, no script and nothing from elsewhere.

A page for each section, made from the same templates as print and EPUB; notes stand beside the
text where there is room, and open from below where there is not.
"""

from engross.make.web.site import Site, make_web

__all__ = ["Site", "make_web"]
