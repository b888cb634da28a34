"""The partnership's own file: Medway's loads, and what is wrong with a file is said with line and key."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from collector.domain.figure import FigureStatus
from collector.domain.indicator import Basis, Polarity, Unit, in_force
from collector.domain.partnership import Partnership
from collector.domain.people import Role
from collector.domain.period import Quarter, Span
from collector.domain.target import Against, Base, Comparator, Confirmation, Deviation, Profile, Target
from parsers.partnership import PartnershipError, read_partnership

ROOT = Path(__file__).parents[2]
MEDWAY = ROOT / "examples" / "medway"
LABELLED = ROOT.parent / "shared" / "returns" / "medway_2014_16.jsonl"
Q3, Q4 = Quarter(2014, 3), Quarter(2014, 4)
Q1, Q2 = Quarter(2015, 1), Quarter(2015, 2)

CODES = {
    "A1-P1": "SA07 SA01 SA08 SA04 SA05 SA09",
    "A1-P2": "AE01 AE02 AE03 NI196a SF1a SF2 SF15",
    "A1-P3": "RO07 RO02 RO03 NI111 RO04 RO05 RO06",
    "A1-P4": "DA06 DA07 DA08 DA09 DA10 DA11",
    "A1-P5": "RS01 RS02 RS03 RS04 RS06 RS09 RS08",
    "A2-P1": "SA01 SA02 SA03 SA04 SA05 SA06",
    "A2-P2": "AE01 AE02 AE03 NI196a SF2 AE04 SF15 AE05",
    "A2-P3": "RO01 RO02 RO03 NI111 RO04 RO05 RO06",
    "A2-P4": "DA06 DA07 DA08 DA09 DA10 DA11",
    "A2-P5": "RS01 RS02 RS03 RS04 RS05 RS06 RS07 RS08",
}

SMALL = """\
id: small
name: Small Partnership
plan: 2013-16
mailbox: returns@small.example.org
priorities:
  - {code: P1, title: Be safe, lead: lead}
people:
  - {id: lead, title: Lead, organisation: Council, role: lead, addresses: [lead@council.example.org]}
  - {id: chair, title: Chair, organisation: Council, role: chair, addresses: [chair@council.example.org]}
  - {id: coordinator, title: Coordinator, organisation: Council, role: coordinator, addresses: [co@council.example.org]}
indicators:
  - code: AA01
    priority: P1
    owed_by: lead
    from: 2014-15Q3
    title: Satisfaction
    short: satisfaction
    unit: percent
    polarity: bigger_is_better
    target: {at_least: 85, wording: "85%"}
    aliases: [happy]
  - code: AA02
    priority: P1
    owed_by: lead
    from: 2014-15Q3
    title: Repeat victims
    short: repeat victims
    unit: count
    polarity: smaller_is_better
    target: none
    changes:
      - from: 2015-16Q1
        target: {at_most: 10}
        comparable: false
        why: A new count
"""

Write = Callable[..., Path]


@pytest.fixture(scope="module")
def medway() -> Partnership:
    return read_partnership(MEDWAY / "medway.yaml")


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes SMALL with some text replaced, and a history where given."""

    def write(old: str = "", new: str = "", history: str = "") -> Path:
        assert old in SMALL
        text = SMALL.replace(old, new, 1) if old else SMALL
        if history:
            text += "history: history.csv\n"
            (tmp_path / "history.csv").write_text(history, encoding="utf-8")
        path = tmp_path / "small.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def problems(path: Path) -> list[str]:
    with pytest.raises(PartnershipError) as caught:
        read_partnership(path)
    return caught.value.problems


def test_people_have_a_deputy_and_a_day_from_which_they_are_gone(write: Write) -> None:
    lead = "role: lead, addresses: [lead@council.example.org]"
    people = read_partnership(write(lead, f"{lead}, deputy: coordinator, left: 2015-11-30")).people
    assert (people[0].deputy, people[0].left) == ("coordinator", date(2015, 11, 30))


@pytest.mark.parametrize(("deputy", "words"), [("lead", "a deputy is somebody else"), ("nobody", "not 'nobody'")])
def test_a_deputy_is_somebody_else_in_the_file(write: Write, deputy: str, words: str) -> None:
    lead = "role: lead, addresses: [lead@council.example.org]"
    (problem,) = problems(write(lead, f"{lead}, deputy: {deputy}"))
    assert words in problem


# Medway


@pytest.mark.parametrize(("period", "indicators", "measures"), [(Q3, 33, 33), (Q4, 33, 33), (Q1, 35, 37), (Q2, 35, 37)])
def test_medway_has_the_rows_that_were_published(
    medway: Partnership, period: Quarter, indicators: int, measures: int
) -> None:
    held = in_force(medway.definitions, period)
    assert len(held) == measures
    assert len({definition.indicator for definition in held.values()}) == indicators


@pytest.mark.parametrize("period", [Q3, Q4, Q1, Q2])
def test_every_measure_in_force_is_owed_by_one_person(medway: Partnership, period: Quarter) -> None:
    owed = [line.measure for line in medway.responsibilities if line.holds(period)]
    assert sorted(owed) == sorted(in_force(medway.definitions, period))


def test_every_indicator_of_2015_16_is_owed_in_every_quarter(medway: Partnership) -> None:
    assert all(definition.owed_in == (1, 2, 3, 4) for definition in in_force(medway.definitions, Q2).values())


def test_measures_come_in_the_order_of_the_plan(medway: Partnership) -> None:
    codes = list(in_force(medway.definitions, Q2))
    assert codes[:3] == ["SA01", "SA02", "SA03"]
    assert codes.index("SF15a") + 1 == codes.index("SF15b") == codes.index("AE05") - 1


def test_an_indicator_that_is_split_later_keeps_its_earlier_measure_apart(medway: Partnership) -> None:
    assert "SF15" in in_force(medway.definitions, Q4)
    assert {"SF15a", "SF15b"} <= set(in_force(medway.definitions, Q1))
    assert "SF15" not in in_force(medway.definitions, Q1)


def test_a_change_keeps_what_it_does_not_mention(medway: Partnership) -> None:
    before = in_force(medway.definitions, Q4)["AE02"]
    after = in_force(medway.definitions, Q1)["AE02"]
    assert (before.unit, before.target.comparator, before.target.confirmed) == (Unit.COUNT, Comparator.CHANGE, False)
    assert (after.unit, after.basis, after.target.value) == (Unit.CHANGE_PERCENT, Basis.ROLLING_YEAR, Decimal(-5))
    assert (after.title, after.comparable_with_previous) == (before.title, False)
    assert after.why


def test_targets_are_structured_beside_their_wording(medway: Partnership) -> None:
    held = in_force(medway.definitions, Q2)
    assert held["DA08"].target.comparator is Comparator.BELOW
    assert held["DA08"].target.wording == "Below 28% CAADA benchmark"
    assert held["SA01"].target.value == Decimal("8.2")
    assert (held["RS05"].target.value, held["RS05"].target.per_year) == (Decimal(10), True)
    assert held["SA05"].target.comparator is Comparator.MILESTONE
    assert held["RS02"].target.comparator is Comparator.NONE
    assert held["DA06"].polarity is Polarity.UNCONFIRMED
    assert held["SA01"].lag_days == 56


def test_people_are_roles_with_one_address_each(medway: Partnership) -> None:
    assert [len(medway.with_role(role)) for role in Role] == [6, 5, 1, 1, 1]
    assert all(address.endswith(".example.org") for person in medway.people for address in person.addresses)


def test_a_figure_of_another_period_keeps_its_own(medway: Partnership) -> None:
    held = {(figure.measure, figure.period): figure for figure in medway.history}
    casualties = held["RS01", Q1]
    assert casualties.basis is Basis.CALENDAR_YEAR
    assert casualties.reference == Span(date(2015, 1, 1), date(2015, 3, 31))
    assert held["AE01", Q1].status is FigureStatus.NO_LONGER_COLLECTED


@pytest.mark.skipif(not LABELLED.exists(), reason="the labelled returns are not part of the project")
def test_the_history_holds_every_published_figure(medway: Partnership) -> None:
    held = {(figure.period, figure.measure): figure for figure in medway.history}
    wanted = {}
    for row in labelled():
        place, number = row["id"][:5], int(row["id"].split("-")[2])
        code = CODES[place].split()[number - 1]
        measures = {"RO01": ("RO01a", "RO01b"), "SF15": ("SF15a", "SF15b") if place == "A2-P2" else ("SF15",)}
        values = [part["value"] for part in row["components"] or ()] or [row["value"]] * 2
        for measure, value in zip(measures.get(code, (code,)), values, strict=False):
            wanted[Quarter.parse(row["period"]), measure] = (value, row["numerator"], row["denominator"])
    wanted = {key: counts for key, counts in wanted.items() if key[0] < Q2}
    assert held.keys() == wanted.keys()
    for key, counts in wanted.items():
        figure = held[key]
        said = [None if count is None else Decimal(str(count)) for count in counts]
        assert [figure.value, figure.numerator, figure.denominator] == said, key
        assert (figure.value is None) == (figure.status is not FigureStatus.REPORTED), key


def test_what_the_demo_must_end_with_names_every_measure_but_operation_enact(medway: Partnership) -> None:
    held = in_force(medway.definitions, Q2)
    expected = json.loads((MEDWAY / "expected-q2.json").read_text(encoding="utf-8"))
    assert [row["code"] for row in expected] == [code for code in held if code != "RS05"]
    for row in expected:
        definition, status = held[row["code"]], FigureStatus(row["status"])
        assert row["indicator"] == definition.indicator
        assert Basis(row["basis"]) in (definition.basis, Basis.TO_DATE)
        assert (row["value"] is not None) == (status is FigureStatus.REPORTED)
        assert (status is FigureStatus.NARRATIVE) == (definition.unit is Unit.MILESTONE)


def test_every_contributor_has_a_reply(medway: Partnership) -> None:
    replies = {path.stem for path in (MEDWAY / "replies").glob("*.txt")}
    assert {person.id for person in medway.with_role(Role.CONTRIBUTOR)} <= replies


@pytest.mark.skipif(not LABELLED.exists(), reason="the labelled returns are not part of the project")
def test_no_sentence_of_the_published_comments_stands_in_the_project() -> None:
    theirs = {run: row["id"] for row in labelled() for run in runs(row["comment_plain"] or "")}
    for folder in ("examples", "parsers"):
        for path in (ROOT / folder).rglob("*.*"):
            if path.is_file() and path.suffix != ".pyc":
                shared = runs(path.read_text(encoding="utf-8")) & theirs.keys()
                assert not shared, f"{path}: {shared}"


def labelled() -> list[dict[str, Any]]:
    return [json.loads(line) for line in LABELLED.read_text(encoding="utf-8").splitlines()]


def runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9]+", text.lower())
    return {tuple(words[at : at + 8]) for at in range(len(words) - 7)}


# Targets: structured, or as the plan words them


def target_of(path: Path, code: str = "AA01") -> Target:
    return in_force(read_partnership(path).definitions, Q2)[code].target


WORDED = '{at_least: 85, wording: "85%"}'


def test_a_wording_alone_is_a_proposal_without_effect(write: Write) -> None:
    target = target_of(write(WORDED, "{wording: Above 80%}"))
    assert (target.comparator, target.value, target.confirmed) == (Comparator.ABOVE, Decimal(80), False)


def test_a_wording_alone_has_effect_when_the_file_says_who_confirmed_it(write: Write) -> None:
    target = target_of(write(WORDED, "{wording: Above 80%, confirmed: {by: Coordinator, on: 2015-04-24}}"))
    assert target.confirmed
    assert target.confirmation == Confirmation("Coordinator", date(2015, 4, 24))


def test_a_wording_that_is_not_understood_loads_and_says_why(write: Write) -> None:
    target = target_of(write(WORDED, "{wording: Maintain}"))
    assert (target.comparator, target.note) == (Comparator.NOT_UNDERSTOOD, "it does not say at what level")


def test_the_wording_of_a_split_indicator_gives_each_measure_its_own_target(write: Write) -> None:
    split = "measures: [{code: AA01a, short: by day}, {code: AA01b, short: by night}]"
    path = write(WORDED, "{wording: 65%/75% respectively}")
    path.write_text(path.read_text(encoding="utf-8").replace("aliases: [happy]", split), encoding="utf-8")
    assert [target_of(path, code).value for code in ("AA01a", "AA01b")] == [Decimal(65), Decimal(75)]


@pytest.mark.parametrize(
    ("written", "held"),
    [
        ("{exactly: 4}", Target(Comparator.EXACTLY, value=Decimal(4))),
        ("{awaiting: From the court, wording: tbc}", Target(Comparator.AWAITING, "tbc", note="From the court")),
        (
            "{change_by: 2, of: last_year}",
            Target(Comparator.CHANGE, value=Decimal(2), against=Against(Base.LAST_YEAR, absolute=True)),
        ),
        *(
            (
                f"{{change: 2, of: {base}}}",
                Target(Comparator.CHANGE, value=Decimal(2), against=Against(Base(base))),
            )
            for base in ("last_year", "last_year_to_date", "previous_quarter")
        ),
        (
            "{change_by: 2, of: last_year, per_year: true}",
            Target(
                Comparator.CHANGE,
                value=Decimal(2),
                per_year=True,
                against=Against(Base.LAST_YEAR_TO_DATE, absolute=True),
            ),
        ),
        (
            "{change: 10, of: baseline, baseline: {name: 2013-14 out-turn, value: 62}}",
            Target(
                Comparator.CHANGE,
                value=Decimal(10),
                against=Against(Base.BASELINE, value=Decimal(62), name="2013-14 out-turn"),
            ),
        ),
        (
            "{at_least: 80, per_year: true, profile: {points: [10, 40, 70, 100], approved_by: SEG}}",
            Target(
                Comparator.AT_LEAST,
                value=Decimal(80),
                per_year=True,
                profile=Profile((Decimal(10), Decimal(40), Decimal(70), Decimal(100)), "SEG"),
            ),
        ),
        (
            "{at_least: 68, benchmark: CAADA, confirmed: false}",
            Target(Comparator.AT_LEAST, value=Decimal(68), benchmark="CAADA", confirmed=False),
        ),
        (
            "{at_least: 85, accepted: {until: 2015-12-31, by: SEG, why: New system}}",
            Target(
                Comparator.AT_LEAST, value=Decimal(85), deviation=Deviation(date(2015, 12, 31), "SEG", "New system")
            ),
        ),
    ],
)
def test_a_target_can_be_written_in_every_form(write: Write, written: str, held: Target) -> None:
    read = target_of(write(WORDED, written))
    assert replace(read, wording=held.wording) == held


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("{at_least: 85}", "at least 85%"),
        ("{between: [20, 40]}", "between 20% and 40%"),
        ("{change_by: 2, of: last_year}", "at least 2 percentage points higher than the same quarter last year"),
        ("{at_least: 80, per_year: true}", "at least 80%, over the year"),
        ('{at_least: 85, wording: "85%"}', "85%"),
        ("{none: Only watched}", ""),
    ],
)
def test_a_target_without_the_plans_wording_is_printed_as_what_it_means(write: Write, written: str, words: str) -> None:
    assert target_of(write(WORDED, written)).wording == words


# What can be wrong


@pytest.mark.parametrize(
    "written",
    [
        '{at_least: 0.85, wording: "0.85%"}',
        "{at_least: 0.85, confirmed: {by: Coordinator, on: 2015-04-24}}",
        '{at_least: 0.85, wording: "0.85 per cent"}',
    ],
)
def test_a_percentage_below_one_is_fine_where_its_wording_or_a_person_says_so(write: Write, written: str) -> None:
    assert target_of(write('{at_least: 85, wording: "85%"}', written)).value == Decimal("0.85")


@pytest.mark.parametrize(
    ("rhythm", "basis"),
    [("annual", Basis.ANNUAL), ("academic_year", Basis.ANNUAL), ("six_monthly", Basis.QUARTER)],
)
def test_a_rhythm_says_what_a_figure_covers_where_no_basis_does(write: Write, rhythm: str, basis: Basis) -> None:
    loaded = read_partnership(write("    unit: percent", f"    rhythm: {rhythm}\n    unit: percent"))
    assert loaded.definitions[0].basis is basis


def test_the_small_file_is_fine(write: Write) -> None:
    partnership = read_partnership(write())
    assert [definition.code for definition in partnership.definitions] == ["AA01", "AA02", "AA02"]
    assert len(partnership.responsibilities) == 2


WRONG = [
    ("{at_least: 85,", "{at leats: 85,", 20, "indicators[0].target", "'at leats' is not a comparator; use at_least"),
    ('{at_least: 85, wording: "85%"}', "{note: x}", 20, "indicators[0].target", "a target needs one comparator"),
    ("{at_least: 85,", "{at_least: 85, below: 90,", 20, "indicators[0].target", "here are 2"),
    ("{at_least: 85,", "{at_least: ,", 20, "indicators[0].target", "at_least has no value"),
    ("{at_least: 85,", "{at_least: lots,", 20, "indicators[0].target.at_least", "'lots' is not a number"),
    ("{at_least: 85,", "{at_least: .nan,", 20, "indicators[0].target.at_least", "'.nan' is not a number"),
    ("{at_least: 85,", "{at_least: 850,", 20, "indicators[0].target", "a percentage is between 0 and 100"),
    ("{at_least: 85,", "{between: [40],", 20, "indicators[0].target.between", "this needs two numbers"),
    ("{at_least: 85,", "{between: [60, 40],", 20, "indicators[0].target.between", "the lower first"),
    ("{at_least: 85,", "{change: 5,", 20, "indicators[0].target", "of: last_year"),
    ("{at_least: 85,", "{change: 5, of: yore,", 20, "indicators[0].target.of", "is not known here; use last_year"),
    ("{at_least: 85,", "{change: 5, of: baseline,", 20, "indicators[0].target", "names its baseline"),
    ("{at_least: 85,", "{change: -5, of: last_year,", 20, "indicators[0].target", "-5 and bigger_is_better pull apart"),
    ("{at_least: 85,", "{change: 5, of: previous_quarter, per_year: true,", 20, "indicators[0].target", "a quarter"),
    ("{at_least: 85,", "{at_least: 85, profile: {points: [1, 2, 3, 4]},", 20, "indicators[0].target", "per_year: true"),
    (
        "{at_least: 85,",
        "{at_least: 85, per_year: true, profile: {points: [1, 2, 3, 4]},",
        20,
        "indicators[0].target",
        "a profile ends with 100 (shares) or with the target of the year",
    ),
    (
        "{at_least: 85,",
        "{at_least: 85, per_year: true, profile: {points: [50, 20, 75, 100]},",
        20,
        "indicators[0].target.profile.points",
        "four numbers that build up",
    ),
    ("{at_least: 85,", "{at_least: 85, due: 2015-05-31,", 20, "indicators[0].target", "only a milestone is due"),
    ("{at_least: 85,", "{at_least: 85, confirmed: soon,", 20, "indicators[0].target.confirmed", "who has confirmed it"),
    (
        "{at_least: 85,",
        "{at_least: 85, confirmed: {by: SEG, on: May},",
        20,
        "indicators[0].target.confirmed",
        "a date is written like",
    ),
    (
        '{at_least: 85, wording: "85%"}',
        "{wording: Maintain, confirmed: {by: Coordinator, on: 2015-04-24}}",
        20,
        "indicators[0].target",
        "what is not understood can't be confirmed: it does not say at what level",
    ),
    (
        "{at_least: 85,",
        "{at_least: 85, accepted: {until: 2015-12-31, by: SEG},",
        20,
        "indicators[0].target.accepted",
        "'why'",
    ),
    ("{at_least: 85,", "{milestone: Done,", 20, "indicators[0].target", "no target for a figure in percent"),
    (
        '{at_least: 85, wording: "85%"}',
        "{at_least: 0.85}",
        20,
        "indicators[0].target",
        "0.85 may mean 0.85% or 85%; write 85",
    ),
    (
        "    unit: percent",
        "    rhythm: annual\n    basis: quarter\n    unit: percent",
        19,
        "indicators[0].basis",
        "covers a year, not a",
    ),
    ("{at_least: 85,", "{below: 85,", 20, "indicators[0].target", "below and bigger_is_better pull apart"),
    ('wording: "85%"', 'wordin: "85%"', 20, "indicators[0].target", "did you mean 'wording'?"),
    ("    target: none\n", "", 22, "indicators[1].target", "AA02 from 2014-15Q3: 'target' is missing"),
    ("    polarity: bigger_is_better\n", "", 12, "indicators[0].polarity", "'polarity' is missing; use bigger"),
    ("bigger_is_better", "better", 19, "indicators[0].polarity", "'better' is not a polarity; use bigger_is_better"),
    ("unit: percent", "unit: percant", 18, "indicators[0].unit", "'percant' is not a unit; use percent, count"),
    ("unit: count", "unit: milestone", 33, "indicators[1].changes[0].target", "a milestone has none; use milestone"),
    ("    title: Satisfaction\n", "", 12, "indicators[0].title", "'title' is missing"),
    ("    short: satisfaction\n", "    shrot: x\n", 17, "indicators[0]", "'shrot' is not known here; did you mean"),
    ("from: 2014-15Q3", "from: 2014-16Q3", 15, "indicators[0].from", "a quarter is written like 2015-16Q2"),
    ("owed_by: lead", "owed_by: nemo", 14, "indicators[0].owed_by", "nobody in people is 'nemo'"),
    ("    owed_by: lead\n", "", 12, "indicators[0].owed_by", "nobody owes it"),
    ("why: A new count", "owed_by:", 35, "indicators[1].changes[0].owed_by", "AA02 from 2015-16Q1: nobody owes it"),
    ("priority: P1", "priority: P9", 13, "indicators[0].priority", "no priority has the code 'P9'; there are P1"),
    ("code: AA02", "code: aa01", 22, "indicators[1].code", "'aa01' is here twice, first on line 12"),
    ("code: AA01", "code: A/1", 12, "indicators[0].code", "'A/1' is not a code"),
    ("target: none\n", "target: none\n    aliases: [Happy]\n", 31, "indicators[1].aliases[0]", "alias of AA01 already"),
    ("2015-16Q1\n", "2014-15Q3\n", 32, "indicators[1].changes[0].from", "a definition from 2014-15Q3 already"),
    ("target: none\n", "target: none\n    retired: 2015-16Q1\n", 31, "indicators[1].retired", "can't be retired"),
    ("aliases: [happy]", "plausible: [9, 3]", 21, "indicators[0].plausible", "the lower first"),
    ("aliases: [happy]", "plausible: [9]", 21, "indicators[0].plausible", "this needs two numbers"),
    ("aliases: [happy]", "measures: [{code: A1}]", 21, "indicators[0].measures[0]", "'short' is missing"),
    ("lead: lead", "lead: nemo", 6, "priorities[0].lead", "nobody in people is 'nemo'"),
    ("id: chair", "id: lead", 9, "people[1].id", "the person 'lead' is here twice, first on line 8"),
    ("role: lead", "role: chair", 7, "people", "there must be one chair; here are 2"),
    ("role: coordinator", "role: seg", 7, "people", "there must be one coordinator; here are none"),
    ("chair@c", "LEAD@c", 9, "people[1].addresses[0]", "lead@council.example.org is the address of lead already"),
    ("lead@council", "lead at council", 8, "people[0].addresses[0]", "is not an email address"),
    ("lead@council.", "returns@small.", 8, "people[0].addresses[0]", "the partnership's own mailbox already"),
    ("id: small\n", "history: ../x.csv\nid: small\n", 1, "history", "is not the name of a CSV file beside this one"),
    ("id: small\n", "id: small\nid: other\n", 2, "id", "this key is here twice"),
    ("id: small\n", "timetable: {due_after: 2}\nid: small\n", 1, "timetable", "opens (opens_after) before it is due"),
    ("id: small\n", "timetable: {weekly_on: Fryday}\nid: small\n", 1, "timetable.weekly_on", "not a day of the week"),
    ("id: small\n", "timetable: {timezone: ../etc}\nid: small\n", 1, "timetable.timezone", "is not a time zone"),
    ("Small Partnership", '"Small\\u202e"', 2, "name", "a character in it that can't be printed"),
]


@pytest.mark.parametrize(("old", "new", "line", "key", "words"), WRONG)
def test_a_problem_names_its_line_and_key(write: Write, old: str, new: str, line: int, key: str, words: str) -> None:
    found = problems(write(old, new))
    assert len(found) == 1, found
    assert found[0].startswith(f"small.yaml line {line}, {key}: "), found
    assert words in found[0]


def test_all_problems_come_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(SMALL.replace("owed_by: lead", "owed_by: nemo").replace("lead: lead", "lead: nemo"))
    assert [re.findall(r"line (\d+)", problem)[0] for problem in problems(path)] == ["6", "14", "24"]


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    assert "can't be opened" in problems(tmp_path / "none.yaml")[0]


# Hostile files


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: &a [1]\nb: [*a, *a]\n", "line 1: anchors (&) and aliases (*) are not used here"),
        ("a: 1\nb: *a\n", "line 2: anchors (&) and aliases (*) are not used here"),
        ("id: !!python/object/apply:os.system [ls]\n", "line 1: tags (!) are not used here"),
        ("id: !local x\n", "line 1: tags (!) are not used here"),
        ("id: " + "[" * 5000, "line 1: this is nested more than 20 deep"),
        ("a: 1\n---\nb: 2\n", "line 2: a second document"),
        ("? [a]\n: 1\n", "line 1: a key must be a plain word"),
        ("a: [1\nb: 2\n", "this can't be read as YAML"),
        ("a: \x00\n", "this can't be read as YAML"),
        ("", "this should hold keys and values"),
        ("- a\n", "this should hold keys and values"),
        ("id: " + "9" * 6000 + "\n", "is not a code"),
    ],
)
def test_yaml_that_could_bite_is_refused(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(text, encoding="utf-8")
    assert any(words in problem for problem in problems(path)), problems(path)


def test_a_billion_laughs_are_not_laughed(tmp_path: Path) -> None:
    levels = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    path = tmp_path / "bomb.yaml"
    path.write_text("\n".join(["a0: &a0 ha", *levels]))
    assert len(problems(path)) == 1


def test_a_file_of_a_million_little_things_is_given_up_early(tmp_path: Path) -> None:
    path = tmp_path / "many.yaml"
    path.write_text("a:\n" + "- [1, 2, {a: b}]\n" * 100_000)
    assert [problem.partition(": ")[2] for problem in problems(path)] == [
        "there are more than 50,000 keys and values up to here"
    ]


def test_a_file_over_two_megabytes_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    path.write_bytes(b"#" * 3_000_000)
    assert problems(path) == ["big.yaml line 1: the file is over 2 MB; a partnership's own file is far smaller"]


def test_a_file_that_is_not_utf_8_is_said(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes("id: café".encode("latin-1"))
    assert "not UTF-8" in problems(path)[0]


# The history

HEAD = "period,code,status,value,numerator,denominator,basis,reference_from,reference_to,note\n"


def test_a_history_takes_the_basis_of_its_definition(write: Write) -> None:
    partnership = read_partnership(write(history=HEAD + "2014-15Q3,AA01,reported,77.8,,,,,,\n"))
    assert partnership.history[0].value == Decimal("77.8")
    assert partnership.history[0].basis is Basis.QUARTER


@pytest.mark.parametrize(
    ("lines", "line", "words"),
    [
        ("2014-15Q3,AA09,reported,1,,,,,,", 2, ", code: no measure 'AA09' is in force in 2014-15Q3"),
        ("2014-15Q2,AA01,reported,1,,,,,,", 2, ", code: no measure 'AA01' is in force in 2014-15Q2"),
        ("2014-15Q9,AA01,reported,1,,,,,,", 2, ", period: a quarter is written like"),
        ("2014-15Q3,AA01,gone,,,,,,,", 2, ", status: 'gone' is not a status; use reported"),
        ("2014-15Q3,AA01,reported,many,,,,,,", 2, ", value: 'many' is not a number"),
        ("2014-15Q3,AA01,reported,,,,,,,", 2, ", value: reported needs a value"),
        ("2014-15Q3,AA01,not_available,0,,,,,,", 2, ", value: not available has no value"),
        ("2014-15Q3,AA01,reported,120,,,,,,", 2, ", value: 120 is not between 0 and 100"),
        ("2014-15Q3,AA01,reported,12,1,0,,,,", 2, ", denominator: a denominator is above 0"),
        ("2014-15Q3,AA01,reported,12,,,,2014-10-01,,", 2, ", reference_to: reference_from and reference_to come"),
        ("2014-15Q3,AA01,reported,12,,,,soon,2014-10-01,", 2, ", reference_from: a date is written like"),
        ("2014-15Q3,AA01,reported,12", 2, ": there should be 10 cells"),
        ("2014-15Q3,AA01,reported,12,,,,,,a,b", 2, ": there should be 10 cells"),
        ("2014-15Q3,AA01,reported,1,,,,,,\n2014-15Q3,AA01,reported,2,,,,,,", 3, ", code: AA01 has a figure for"),
    ],
)
def test_a_problem_in_the_history_names_its_line(write: Write, lines: str, line: int, words: str) -> None:
    found = problems(write(history=HEAD + lines + "\n"))
    assert len(found) == 1, found
    assert found[0].startswith(f"history.csv line {line}{words}"), found


def test_a_history_with_other_columns_is_refused(write: Write) -> None:
    assert "must name the columns period,code" in problems(write(history="quarter,code\n2014-15Q3,AA01\n"))[0]
