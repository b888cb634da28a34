"""What the keys of a partnership's file are made of: text, codes, numbers, quarters and days. No rules across keys."""

from collections.abc import Sized
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator

from collector.domain.period import Quarter

Z = TypeVar("Z", bound=Sized)


def one_line(text: str) -> str:
    """Text with its white space made one blank each; ValueError where something in it can't be printed."""
    joined = " ".join(text.split())
    if not joined.isprintable():
        raise ValueError("there is a character in it that can't be printed")
    return joined


def some(given: Z) -> Z:
    """A list or text with something in it; ValueError otherwise."""
    if not len(given):
        raise ValueError("there is nothing here")
    return given


def _range(given: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    if len(given) != 2 or given[0] >= given[1]:
        raise ValueError("this needs two numbers, the lower first: [40, 60]")
    return given


def _quarter(text: Any) -> Quarter:
    return Quarter.parse(str(text))


def a_date(text: Any) -> date:
    """A day as the file writes it; ValueError otherwise."""
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise ValueError(f"a date is written like 2015-05-31, not {text!r}") from None


Note = Annotated[str, Field(max_length=1000), AfterValidator(one_line)]
Text = Annotated[Note, AfterValidator(some)]
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,29}$")]
Address = Annotated[str, Field(max_length=200, pattern=r"^[^@\s<>,;:\"]+@[^@\s<>,;:\"]+\.[A-Za-z]+$")]
LowerAddress = Annotated[Address, AfterValidator(str.lower)]
SlackId = Annotated[str, Field(pattern=r"^[TE][A-Z0-9]{2,20}/[UWCG][A-Z0-9]{2,20}$")]
Number = Annotated[Decimal, Field(max_digits=15, decimal_places=6)]
Range = Annotated[tuple[Number, ...], AfterValidator(_range)]
Period = Annotated[Quarter, PlainValidator(_quarter)]
Day = Annotated[date, PlainValidator(a_date)]


class Shape(BaseModel):
    """Keys nobody knows are problems, not decoration."""

    model_config = ConfigDict(extra="forbid", frozen=True)
