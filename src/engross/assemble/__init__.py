"""Stage 3: values become one edition."""
