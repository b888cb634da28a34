"""Templates that a person's text can't break out of: for letters and pages alike."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.phrases import one_line


def environment(folder: Path, helpers: Iterable[Callable[..., Any]], *, html: bool) -> Environment:
    """The templates of a folder with their helpers, each by its function's name.

    A value is one line, everywhere: a person's text can't begin a line, a header or (escaped) an element.
    """
    made = Environment(
        loader=FileSystemLoader(folder),
        autoescape=html,
        finalize=_flat,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals.update({helper.__name__: helper for helper in helpers})
    return made


def _flat(value: object) -> object:
    """Collapse what a template prints; what macros made (Markup) was collapsed when they printed it."""
    return one_line(value) if isinstance(value, str) and not isinstance(value, Markup) else value
