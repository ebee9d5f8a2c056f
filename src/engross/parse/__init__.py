"""Stage 2: files become values."""
