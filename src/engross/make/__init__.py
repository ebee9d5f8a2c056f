"""Stage 5: sections become the bytes of each output."""
