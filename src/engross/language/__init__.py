"""What a language has of its own: words, plural forms, dates, quotation marks, order."""

from engross.language.catalogue import Catalogue, begun, own_catalogue, primary
from engross.language.direction import direction
from engross.language.words import Words

__all__ = ["Catalogue", "Words", "begun", "direction", "own_catalogue", "primary"]
