"""Several hundred returns and replies in our own words: none is recorded wrongly, few plain ones are asked about."""

from collections.abc import Iterable

import pytest

from tests.parsers.figures.examples import COMMENTARIES, REPLIES, SINGLES, Judged, Outcome, judged, outcome

RIGHT_OR_ASKED_SINGLES = 291
RIGHT_OR_ASKED_COMMENTARIES = 721
RIGHT_OR_ASKED_REPLIES = 329
NEEDLESS_SINGLES = 18
NEEDLESS_COMMENTARIES = 149
NEEDLESS_REPLIES = 100
MISSED_REPLIES = 5


@pytest.mark.parametrize("name", [*SINGLES, *COMMENTARIES, *REPLIES])
def test_an_example_is_never_recorded_wrongly(name: str) -> None:
    wrong = [str(one) for one in judged(name) if one.outcome is Outcome.WRONG]
    assert not wrong


def _all(names: Iterable[str]) -> list[Judged]:
    return [one for name in names for one in judged(name)]


@pytest.mark.parametrize(
    ("names", "least"),
    [(SINGLES, RIGHT_OR_ASKED_SINGLES), (COMMENTARIES, RIGHT_OR_ASKED_COMMENTARIES), (REPLIES, RIGHT_OR_ASKED_REPLIES)],
    ids=["one", "reported", "many"],
)
def test_most_figures_are_right_or_fairly_asked_about(names: dict[str, object], least: int) -> None:
    good = [one for one in _all(names) if one.outcome in (Outcome.RIGHT, Outcome.ASKED)]
    assert len(good) >= least, f"{len(good)} of {len(_all(names))} are right or fairly asked about, it was {least}"


@pytest.mark.parametrize(
    ("names", "most"),
    [(SINGLES, NEEDLESS_SINGLES), (COMMENTARIES, NEEDLESS_COMMENTARIES), (REPLIES, NEEDLESS_REPLIES)],
    ids=["one", "reported", "many"],
)
def test_few_plain_figures_are_asked_about(names: dict[str, object], most: int) -> None:
    needless = [one.id for one in _all(names) if one.outcome is Outcome.NEEDLESS]
    assert len(needless) <= most, f"{len(needless)} plain figures are asked about, it was {most}: {needless}"


def test_hardly_a_figure_of_a_whole_reply_is_passed_over() -> None:
    missed = [one.id for one in _all(REPLIES) if one.outcome is Outcome.MISSED]
    assert len(missed) <= MISSED_REPLIES, missed
    assert not [one.id for one in _all([*SINGLES, *COMMENTARIES]) if one.outcome is Outcome.MISSED]


def test_there_are_at_least_three_hundred_examples() -> None:
    assert len(SINGLES) >= 300
    assert len(COMMENTARIES) >= 700
    assert len(REPLIES) >= 100


PLAIN = {"value": 12, "unit": "count", "status": "reported", "period": "2024-25 Q2", "confidence": "clear"}
ANNUAL = PLAIN | {"status": "annual_only"}
RECORDED = {"outcome": "recorded", "value": 12}
ASKED = {"outcome": "asked", "value": None}
NOTHING = {"outcome": "none", "value": None}


@pytest.mark.parametrize(
    ("label", "given", "expected"),
    [
        (PLAIN, RECORDED, Outcome.RIGHT),
        (PLAIN, RECORDED | {"value": 13}, Outcome.WRONG),
        (PLAIN, ASKED, Outcome.NEEDLESS),
        (PLAIN, NOTHING, Outcome.MISSED),
        (PLAIN | {"value": None}, NOTHING, Outcome.RIGHT),
        (PLAIN | {"value": None}, RECORDED, Outcome.WRONG),
        (PLAIN | {"acceptable_values": [12, 13]}, RECORDED | {"value": 13}, Outcome.RIGHT),
        (PLAIN | {"inconsistency_kind": "arithmetic"}, RECORDED, Outcome.WRONG),
        (PLAIN | {"inconsistency_kind": "contradiction"}, ASKED, Outcome.ASKED),
        (PLAIN | {"inconsistency_kind": "rounding"}, RECORDED, Outcome.RIGHT),
        (PLAIN | {"confidence": "judgement"}, ASKED, Outcome.ASKED),
        (PLAIN | {"value_basis": "cumulative"}, ASKED, Outcome.ASKED),
        (ANNUAL, RECORDED, Outcome.WRONG),
        (ANNUAL | {"period": "2024-25"}, RECORDED, Outcome.RIGHT),
        (
            PLAIN | {"unit": "percent", "value": 83, "numerator": 10, "denominator": 12},
            RECORDED | {"value": 83.3},
            Outcome.RIGHT,
        ),
    ],
)
def test_an_answer_is_judged_by_its_label(
    label: dict[str, object], given: dict[str, object], expected: Outcome
) -> None:
    assert outcome(label, given) is expected
