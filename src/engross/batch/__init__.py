"""Many editions at once: which books, who builds them, what came of it, and their catalogue."""
