"""The report of a build: a page that an editor prints and files."""

from engross.report.page import report

__all__ = ["report"]
