"""The command line: the edge where findings are printed."""
