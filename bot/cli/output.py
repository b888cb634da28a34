"""What every command that writes a file asks first: is its place free, and what is it to be written as."""

from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from bot.cli.support import CommandError

Form = TypeVar("Form", bound=StrEnum)


def need_free(file: Path, force: bool) -> None:
    """CommandError where a file is there that nobody said to write over."""
    if file.exists() and not force:
        raise CommandError(f"{file} is there already. Give another name, or write over it with --force")


def form_of(forms: type[Form], said: Form | None, output: Path) -> Form:
    """What is written: as said, or by the file's ending; CommandError where that is none of them."""
    if said is not None:
        return said
    try:
        return forms(output.suffix.lower().removeprefix("."))
    except ValueError as error:
        known = ", ".join(forms)
        raise CommandError(f"Say what to write with --format: {known}; or give the file such an ending.") from error
