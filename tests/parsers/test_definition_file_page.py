"""The page about the definition file names every key that the file may hold."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from collector.domain.indicator import Polarity, Rhythm
from collector.domain.people import Role
from parsers.partnership_file import SHAPES

PAGE = (Path(__file__).parents[2] / "docs" / "definition-file.md").read_text(encoding="utf-8")
NAMED = {word for quoted in re.findall(r"`([^`]+)`", PAGE) for word in re.findall(r"\w+", quoted)}


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_every_key_is_on_the_page(shape: type[BaseModel]) -> None:
    keys = {field.alias or name for name, field in shape.model_fields.items()}
    assert keys - NAMED == set()


@pytest.mark.parametrize("kinds", [Role, Rhythm, Polarity])
def test_every_word_of_a_short_list_is_on_the_page(kinds: type[Role] | type[Rhythm] | type[Polarity]) -> None:
    assert {kind.value for kind in kinds} - NAMED == set()
