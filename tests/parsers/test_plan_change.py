"""From one plan to the next: what is introduced, retired, redefined, renamed, split or moved, and its history."""

from pathlib import Path

import pytest

from collector.domain.indicator import by_code, in_force, lineage
from collector.domain.partnership import Partnership
from collector.domain.period import Quarter
from collector.domain.series import Series
from collector.rounds import owed_in
from parsers.partnership import PartnershipError, read_partnership
from tests.parsers.test_partnership import SMALL

LAST, FIRST = Quarter(2015, 4), Quarter(2016, 1)

#: Two plans in one file: 2013-16 ends with Q4 2015-16. The measures are made up.
PLANS = (
    SMALL[: SMALL.index("indicators:")].replace("plan: 2013-16", "plan: 2016-20")
    + """\
  - {id: analyst, title: Analyst, organisation: Council, role: contributor, addresses: [an@council.example.org]}
indicators:
  - code: HA01
    priority: P1
    owed_by: lead
    from: 2013-14Q1
    retired: 2016-17Q1
    title: Street lamps mended within a week
    short: lamps
    unit: percent
    polarity: bigger_is_better
    target: {at_least: 90}
  - code: HA02
    priority: P1
    owed_by: lead
    from: 2013-14Q1
    title: Visits to parks in the evening
    short: park visits
    unit: count
    polarity: bigger_is_better
    target: {at_least: 500}
    changes:
      - {from: 2016-17Q1, priority: P6, title: Visits to parks after dark, owed_by: analyst, why: Renamed and moved}
  - code: HA03
    priority: P1
    owed_by: lead
    from: 2013-14Q1
    title: Noise complaints
    short: noise
    unit: count
    polarity: smaller_is_better
    target: {at_most: 80}
    changes:
      - {from: 2016-17Q1, title: Noise complaints that were upheld, comparable: false, why: Upheld ones only}
  - code: HA04
    priority: P1
    owed_by: lead
    from: 2013-14Q1
    title: Bicycle thefts
    short: bicycle thefts
    unit: count
    polarity: smaller_is_better
    target: {at_most: 60}
    changes:
      - from: 2016-17Q1
        comparable: false
        measures:
          - {code: HA04a, short: thefts at stations, continues: HA04}
          - {code: HA04b, short: thefts elsewhere}
  - code: HB01
    priority: P6
    owed_by: analyst
    from: 2016-17Q1
    continues: HA01
    title: Street lamps mended within a week
    short: lamps
    unit: percent
    polarity: bigger_is_better
    target: {at_least: 95}
  - code: HB02
    priority: P6
    owed_by: analyst
    from: 2016-17Q1
    rhythm: six_monthly
    title: Young people in the mentoring scheme
    short: mentoring
    unit: count
    polarity: bigger_is_better
    target: none
"""
).replace("lead: lead}\n", "lead: lead}\n  - {code: P6, title: Be at ease after dark, lead: lead}\n", 1)


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Partnership:
    path = tmp_path_factory.mktemp("plans") / "plans.yaml"
    path.write_text(PLANS, encoding="utf-8")
    return read_partnership(path)


def test_each_quarter_is_asked_under_the_plan_then_in_force(plans: Partnership) -> None:
    assert list(in_force(plans.definitions, LAST)) == ["HA01", "HA02", "HA03", "HA04"]
    assert sorted(in_force(plans.definitions, FIRST)) == ["HA02", "HA03", "HA04a", "HA04b", "HB01", "HB02"]
    assert in_force(plans.definitions, Quarter(2012, 4)) == {}


def test_who_owes_what_follows_the_plan_and_a_half_yearly_measure_waits_for_its_quarter(plans: Partnership) -> None:
    assert {measure: person for measure, person, _ in owed_in(plans, FIRST)} == {
        "HA02": "analyst",
        "HA03": "lead",
        "HA04a": "lead",
        "HA04b": "lead",
        "HB01": "analyst",
    }
    assert "HB02" in {measure for measure, _, _ in owed_in(plans, FIRST.next)}


def test_a_renamed_measure_that_moved_to_another_priority_keeps_its_code_and_says_why(plans: Partnership) -> None:
    before, after = in_force(plans.definitions, LAST)["HA02"], in_force(plans.definitions, FIRST)["HA02"]
    assert (before.priority, before.title) == ("P1", "Visits to parks in the evening")
    assert (after.priority, after.title, after.why) == ("P6", "Visits to parks after dark", "Renamed and moved")


@pytest.mark.parametrize(
    ("measure", "then", "found"),
    [
        ("HA02", LAST, ("HA02", True)),
        ("HA03", LAST, ("HA03", False)),
        ("HA03", FIRST, ("HA03", True)),
        ("HA04a", LAST, ("HA04", False)),
        ("HA04a", Quarter(2013, 1), ("HA04", False)),
        ("HA04b", LAST, None),
        ("HB01", LAST, ("HA01", True)),
        ("HB01", Quarter(2012, 4), None),
        ("HB02", LAST, None),
    ],
)
def test_a_series_goes_on_breaks_or_begins_with_the_new_plan(
    plans: Partnership, measure: str, then: Quarter, found: tuple[str, bool] | None
) -> None:
    series = Series(lineage(by_code(plans.definitions), measure))
    stood = series.definition(then)
    assert (None if stood is None else (stood.code, not series.why_broken(then, FIRST.next))) == found


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("continues: HA01", "continues: HA99", "HB01 can't continue 'HA99': no indicator or measure has that code"),
        ("continues: HA01", "continues: HB02", "HB01 can't continue HB02: that is not defined before 2016-17Q1"),
        (
            "priority: P6, title: Visits",
            "priority: P9, title: Visits",
            "no priority has the code 'P9'",
        ),
        ("rhythm: six_monthly", "rhythm: six_monthly\n    owed_in: [1, 2]", "owed in [2, 4] or in [1, 3]"),
        ("rhythm: six_monthly", "rhythm: annual\n    owed_in: [1, 2]", "is owed in one quarter, like [4]"),
        ("rhythm: six_monthly", "rhythm: academic_year\n    owed_in: []", "owed_in names each quarter once"),
        ("rhythm: six_monthly", "rhythm: fortnightly", "'fortnightly' is not a rhythm"),
    ],
)
def test_a_plan_that_does_not_fit_together_is_said_with_its_key(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in PLANS
    path = tmp_path / "plans.yaml"
    path.write_text(PLANS.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PartnershipError, match=r"plans\.yaml line") as caught:
        read_partnership(path)
    assert len(caught.value.problems) == 1
    assert told in caught.value.problems[0]
