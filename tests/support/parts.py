"""Which real servers the tests ran against; with CI=true a stand-in is a failure."""

import os

import pytest

IN_CI = os.environ.get("CI", "").lower() == "true"

#: What was used so far in this process, by part.
used: dict[str, str] = {}


def note(part: str, what: str, real: bool) -> None:
    """Note what a fixture got hold of; fails in CI where that is no real server."""
    used[part] = what if real else f"{what} (stand-in)"
    if IN_CI and not real:
        pytest.fail(f"CI=true and no real {part}: {what}. Run .ci/install.", pytrace=False)
