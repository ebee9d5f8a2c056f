"""Stage 4: the edition becomes XHTML sections."""
