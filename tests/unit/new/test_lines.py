"""Lines that a typist ended on purpose stay lines."""

from engross.new.plain import laid_out

TYPED = """TO: Mr. Sample
FROM: A. Muster

The harbour was closed on Monday and was opened again on
Thursday, as the board had asked in its letter, which
nobody had read until then.

12 Quay Street
Muster

The ice went down the river
  and left the channel bare,
The board sat round the table
  and no one else was there.

The lamp upon the jetty
  burned low and burned alone,
1. The dredger in the offing
  lay heavy as a stone.

Year     Vessels     Tons
-------------------------
1921     112         48,310
"""
WANTED = r"""TO: Mr. Sample\
FROM: A. Muster

The harbour was closed on Monday and was opened again on Thursday, as the board had asked in its letter, which nobody had read until then.

12 Quay Street\
Muster

::: verse
The ice went down the river
  and left the channel bare,
The board sat round the table
  and no one else was there.

The lamp upon the jetty
  burned low and burned alone,
1\. The dredger in the offing
  lay heavy as a stone.
:::

| Year | Vessels | Tons |
|---|---|---|
| 1921 | 112 | 48,310 |
"""  # noqa: E501


def test_verse_addresses_heads_and_tables_keep_their_lines_and_prose_does_not() -> None:
    text, told = laid_out(TYPED)
    assert text == WANTED
    assert told == [
        "what lines 1-2 are: kept as a head",
        "what lines 8-9 are: kept as lines",
        "what lines 11-19 are: kept as verse",
        "what lines 21-23 are: kept as a table",
    ]


def test_a_stanza_beside_verse_is_verse_though_its_lines_are_the_longest() -> None:
    text = (
        "Tell me where is fancy bred,\n  Or in the heart or in the head?\nHow begot, how\n"
        "  Reply, reply.\n\nIt is engend'red in the eyes,\nWith gazing fed; and fancy dies\n"
        "In the cradle where it lies.\n"
    )
    made, told = laid_out(text)
    assert told == ["what lines 1-8 are: kept as verse"]
    assert made.count(":::") == 2
