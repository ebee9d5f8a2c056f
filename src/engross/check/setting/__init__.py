"""
Typography, measured on the finished PDF: lines, grid, page breaks, hyphens, notes, figures.

`lines` reads the lines from the drawing and their meaning from the tags; `measures` judges them.
"""

from engross.check.setting.measures import Measure, measure

__all__ = ["Measure", "measure"]
