from engross.model.text import Figure, leaves
from engross.parse.markdown import parse_markdown


def test_the_title_of_a_picture_stands_below_it_as_its_caption() -> None:
    body = parse_markdown('One.\n\n![A map](images/map.svg "Where *it* was.")\n', "t.md")
    figure = body.blocks[1]
    assert isinstance(figure, Figure)
    assert (figure.path, figure.alt) == ("images/map.svg", "A map")
    assert [(leaf.id, leaf.role, leaf.text) for leaf in leaves(body.blocks)] == [
        ("p-001", "paragraph", "One."),
        ("p-002", "caption", "Where it was."),
    ]


def test_a_picture_without_a_title_has_no_caption() -> None:
    (figure,) = parse_markdown("![A map](images/map.svg)\n", "t.md").blocks
    assert isinstance(figure, Figure)
    assert figure.caption is None
