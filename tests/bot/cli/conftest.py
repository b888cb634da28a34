"""A command run in this process writes its log where the runner reads it; afterwards that place is closed."""

from collections.abc import Iterator

import pytest
import structlog


@pytest.fixture(autouse=True)
def own_log() -> Iterator[None]:
    yield
    structlog.reset_defaults()
