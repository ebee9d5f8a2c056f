"""What a language has of its own: words, plural forms, dates, quotation marks, order."""

from engross.language.direction import direction
from engross.language.words import Words, spoken, titles, unread

__all__ = ["Words", "direction", "spoken", "titles", "unread"]
