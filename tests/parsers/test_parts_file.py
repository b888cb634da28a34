"""Several contributors to one figure, as the definition file lists them."""

from decimal import Decimal
from pathlib import Path

import pytest

from collector.domain.figure import FigureStatus
from collector.domain.indicator import Definition, in_force
from collector.domain.partnership import Partnership
from collector.domain.period import Quarter
from collector.domain.target import Comparator
from parsers.partnership import PartnershipError, read_partnership
from tests.parsers.test_partnership import SMALL

Q4 = Quarter(2014, 4)
PARTS = """\
  - code: AE01
    priority: P1
    from: 2014-15Q3
    title: Incidents of anti-social behaviour
    short: ASB incidents
    unit: count
    polarity: smaller_is_better
    target: {at_most: 300}
    plausible: [0, 500]
    aliases: [asb]
    parts:
      - {code: AE01-police, short: Kent Police, owed_by: lead}
      - {code: AE01-council, short: Medway Council, owed_by: coordinator, lag_days: 14, aliases: [wardens]}
"""


def read(tmp_path: Path, text: str, history: str = "") -> Partnership:
    path = tmp_path / "small.yaml"
    if history:
        (tmp_path / "history.csv").write_text(history, encoding="utf-8")
    small = SMALL.replace("plan: 2013-16", "plan: 2013-16\nhistory: history.csv") if history else SMALL
    path.write_text(small + text, encoding="utf-8")
    return read_partnership(path)


def defined(tmp_path: Path, text: str = PARTS) -> dict[str, Definition]:
    return in_force(read(tmp_path, text).definitions, Q4)


def problems(tmp_path: Path, text: str, history: str = "") -> str:
    with pytest.raises(PartnershipError) as caught:
        read(tmp_path, text, history)
    return "\n".join(caught.value.problems)


def test_a_part_says_whose_it_is_and_takes_the_rest_from_the_whole(tmp_path: Path) -> None:
    found = defined(tmp_path)
    whole, police, council = found["AE01"], found["AE01-police"], found["AE01-council"]
    assert (whole.parts, whole.part, police.part) == (("AE01-police", "AE01-council"), "", "Kent Police")
    assert police.title == "Incidents of anti-social behaviour (Kent Police)"
    assert police.short == "ASB incidents (Kent Police)"
    assert (police.unit, police.polarity, police.priority) == (whole.unit, whole.polarity, whole.priority)
    assert (police.lag_days, council.lag_days) == (0, 14)
    assert (police.aliases, council.aliases) == (("asb",), ("asb", "wardens"))


def test_target_and_plausible_range_are_the_wholes_unless_a_part_has_its_own(tmp_path: Path) -> None:
    own = PARTS.replace("owed_by: lead}", "owed_by: lead, target: {at_most: 200}, plausible: [0, 400]}")
    found = defined(tmp_path, own)
    assert (found["AE01"].target.value, found["AE01-police"].target.value) == (Decimal(300), Decimal(200))
    assert found["AE01-council"].target.comparator is Comparator.NONE
    assert found["AE01-police"].plausible == (Decimal(0), Decimal(400))
    assert found["AE01-council"].plausible is None


def test_each_part_is_owed_by_its_contributor_and_the_whole_by_nobody(tmp_path: Path) -> None:
    owed = {held.measure: held.person for held in read(tmp_path, PARTS).responsibilities}
    assert (owed["AE01-police"], owed["AE01-council"]) == ("lead", "coordinator")
    assert "AE01" not in owed


def test_a_figure_gets_several_contributors_from_a_quarter_on_and_loses_one_again(tmp_path: Path) -> None:
    before, _, after = PARTS.partition("    parts:\n")
    changes = (
        "    owed_by: lead\n    changes:\n      - from: 2015-16Q1\n        parts:\n"
        + "".join(f"    {line}\n" for line in after.splitlines())
        + "      - from: 2015-16Q2\n        parts:\n"
        + "          - {code: AE01-police, short: Kent Police, owed_by: lead}\n"
        + "          - {code: AE01-fire, short: Kent Fire, owed_by: lead}\n"
        + "      - from: 2015-16Q3\n        parts: []\n"
    )
    partnership = read(tmp_path, before + changes)
    parts = {number: in_force(partnership.definitions, Quarter(2015, number))["AE01"].parts for number in (1, 2, 3)}
    assert parts == {1: ("AE01-police", "AE01-council"), 2: ("AE01-police", "AE01-fire"), 3: ()}
    whole = [held for held in partnership.responsibilities if held.measure == "AE01"]
    assert [(held.since.key, held.until.key if held.until else "") for held in whole] == [
        ("2014-15Q3", "2015-16Q1"),
        ("2015-16Q3", ""),
    ]
    assert "AE01-council" not in in_force(partnership.definitions, Quarter(2015, 2))


def test_what_is_wrong_with_parts_is_said_with_line_and_key(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        PARTS.replace("unit: count", "unit: minutes")
        .replace(", owed_by: lead}", "}")
        .replace("short: Medway Council", "short: The council's community safety unit"),
    )
    assert "figures in minutes are not put together from parts; figures in count, change_count" in found
    assert "AE01-police from 2014-15Q3: nobody owes it; name somebody in owed_by" in found
    assert "small.yaml line 47, indicators[2].parts[0].owed_by" in found


def test_one_part_alone_is_no_sum(tmp_path: Path) -> None:
    alone = "\n".join(line for line in PARTS.splitlines() if "AE01-council" not in line) + "\n"
    assert "one part is no sum" in problems(tmp_path, alone)


def test_measures_and_parts_do_not_go_together(tmp_path: Path) -> None:
    both = PARTS + "    measures:\n      - {code: AE01a, short: by day, owed_by: lead}\n"
    assert "AE01 has either measures or parts, not both" in problems(tmp_path, both)


def test_a_key_that_a_part_does_not_take_is_named(tmp_path: Path) -> None:
    found = problems(tmp_path, PARTS.replace("owed_by: lead}", "owed_by: lead, unit: percent}"))
    assert "'unit' is not known here" in found


def test_a_part_and_the_whole_can_have_earlier_figures_but_not_of_one_quarter(tmp_path: Path) -> None:
    head = "period,code,status,value,numerator,denominator,basis,reference_from,reference_to,note\n"
    loaded = read(
        tmp_path, PARTS, head + "2014-15Q3,AE01,reported,290,,,,,,\n2014-15Q4,AE01-police,reported,200,,,,,,\n"
    )
    assert [reported.status for reported in loaded.history] == [FigureStatus.REPORTED] * 2
    both = head + "2014-15Q4,AE01,reported,290,,,,,,\n2014-15Q4,AE01-police,reported,200,,,,,,\n"
    assert "AE01 is put together from its parts in 2014-15Q4, and they are here: leave it out" in problems(
        tmp_path, PARTS, both
    )
