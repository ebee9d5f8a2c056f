"""A new book from little or from a file: forms to fill in, and what could be read in place."""
