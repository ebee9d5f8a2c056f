"""A picture on the cover."""

import pytest
from PIL import Image
from tests.golden.sample import edition

from engross.language import Words
from engross.make.typeset.writing.colour import inks
from engross.render.frames import Frames
from engross.schema.manifest import Cover


@pytest.mark.parametrize(("finished", "titles"), [(False, 1), (True, 0)])
def test_title_and_people_stand_over_it_unless_it_says_that_it_holds_them(
    finished: bool, titles: int
) -> None:
    made = edition()
    cover = Cover(image="estuary.jpg", alt="An estuary.", finished=finished)
    object.__setattr__(made, "manifest", made.manifest.model_copy(update={"cover": cover}))
    front = Frames(made, {}).cover_front("edition:/cover-image")
    assert front.count('<h1 class="title">') == titles
    assert front.count(Words("en").say("role-edt", name="First Person")) == titles
    assert '<img class="front-image" src="edition:/cover-image" alt="An estuary."/>' in front


def test_its_colours_become_inks_that_no_printer_refuses() -> None:
    colours = [(0, 0, 0), (255, 255, 255), (255, 0, 0), (10, 40, 200)]
    picture = Image.new("RGB", (4, 1))
    picture.putdata(colours)
    assert list(inks(picture).get_flattened_data()) == [
        (0, 0, 0, 255),
        (0, 0, 0, 0),
        (0, 255, 255, 0),
        (190, 160, 0, 55),
    ]
