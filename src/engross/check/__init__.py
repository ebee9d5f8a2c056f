"""Stage 6: outputs are read back and judged."""
