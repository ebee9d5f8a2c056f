"""What a release freezes, and what a later edition may do about it: values only."""
