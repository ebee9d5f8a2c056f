"""
Records that travel with an edition: for shops, libraries, reference managers and search engines.

`files.make_records` gives every file of `metadata/`; `accessibility` is the one statement that
package, ONIX and JSON-LD share. An EPUB takes that alone, so nothing is loaded here.
"""
