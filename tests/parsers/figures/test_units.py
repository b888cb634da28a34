"""Units as definitions word them, quantities as officers write them, and how one is turned into another."""

from decimal import Decimal

import pytest

from parsers.figures.canvas import Canvas
from parsers.figures.measures import in_unit
from parsers.figures.quantities import quantity, take_quantities
from parsers.figures.units import Kind, wanted

HOUR, DAY, WEEK = 3600, 86_400, 604_800

SPELLINGS = [
    (Kind.PERCENT, 1, "percent|%|percentage|per cent|pc|proportion|share|Per-cent|PERCENT"),
    (
        Kind.POINTS,
        1,
        "percentage_points|percentage points|percentage point|pp|ppt|ppts|% points|points|Percentage-Points",
    ),
    (Kind.COUNT, 1, "count|Number|no|no.|cases|people|incidents"),
    (Kind.STAFF, 1, "FTE|ftes|wte|WTEs|full time equivalent|full-time equivalents"),
    (Kind.RANK, 1, "rank|Ranking|position|place"),
    (
        Kind.RATE,
        100_000,
        "rate_per_100k|per 100,000|per 100k|per 100 k|per 100000|rate per 100,000 population|per hundred thousand",
    ),
    (Kind.RATE, 10_000, "per_10k|per 10,000|per 10000|per ten thousand|rate per 10,000 adults"),
    (Kind.RATE, 1000, "per_1000|per 1,000|per 1k|per thousand|per 1,000 bed days|/1000|offences / 1,000|rate_per_1000"),
    (Kind.RATE, 100, "per hundred"),
    (Kind.RATE, 1_000_000, "per million|per 1,000,000|rate_per_million"),
    (Kind.MONEY, 1, "GBP|£|pounds|pound|pounds sterling|money|GBP per annum"),
    (Kind.MONEY, 1000, "£k|£000|£000s|£ thousands|GBP thousand|GBP_k"),
    (Kind.MONEY, 1_000_000, "£m|£mn|£ million|GBP millions"),
    (Kind.TIME, 1, "seconds|second|secs|sec|sec.|s"),
    (Kind.TIME, 60, "minutes|minute|mins|min|average minutes|median minutes"),
    (Kind.TIME, HOUR, "hours|hour|hrs|hr|h|hours per week"),
    (Kind.TIME, DAY, "days|day|d|working days|working_days|calendar days|mean days|days per FTE|days / FTE"),
    (Kind.TIME, WEEK, "weeks|week|wks|wk"),
    (Kind.WEIGHT, 1, "kg|kgs|kilos|kilogram|kilogrammes|kg per household"),
    (Kind.WEIGHT, 1000, "tonnes|tonne|t|tons"),
    (Kind.WEIGHT, 1_000_000, "kt|kilotonnes"),
]


@pytest.mark.parametrize(
    ("spelling", "kind", "scale"), [(each, kind, scale) for kind, scale, all_ in SPELLINGS for each in all_.split("|")]
)
def test_a_unit_is_known_however_it_is_spelt(spelling: str, kind: Kind, scale: int) -> None:
    unit = wanted(spelling)
    assert (unit.kind, unit.scale, unit.change, unit.known) == (kind, Decimal(scale), False, True)
    assert unit.words == spelling


@pytest.mark.parametrize("spelling", ["months", "month", "mths", "mnths", "years", "yrs"])
def test_a_month_and_a_year_are_lengths_of_no_fixed_size(spelling: str) -> None:
    unit = wanted(spelling)
    assert unit.kind is Kind.TIME
    assert unit.scale <= 0


@pytest.mark.parametrize(
    ("spelling", "kind", "scale"),
    [
        ("change_percent", Kind.PERCENT, 1),
        ("change in percent", Kind.PERCENT, 1),
        ("percent change", Kind.PERCENT, 1),
        ("change_count", Kind.COUNT, 1),
        ("change in tonnes", Kind.WEIGHT, 1000),
        ("change GBP", Kind.MONEY, 1),
        ("change in days", Kind.TIME, DAY),
        ("rate per 1,000 change", Kind.RATE, 1000),
    ],
)
def test_a_change_is_signed_and_keeps_its_unit(spelling: str, kind: Kind, scale: int) -> None:
    unit = wanted(spelling)
    assert (unit.kind, unit.scale, unit.change, unit.known) == (kind, Decimal(scale), True, True)
    assert unit.words == spelling


@pytest.mark.parametrize("spelling", ["kilometres", "ratio", "visits per officer", "score out of 10", "stars", ""])
def test_a_unit_nobody_told_us_about_is_kept_in_its_own_words(spelling: str) -> None:
    unit = wanted(spelling)
    assert (unit.kind, unit.known, unit.words) == (Kind.COUNT, False, spelling)


def test_a_change_in_a_unit_nobody_told_us_about_is_not_known_either() -> None:
    unit = wanted("change in stars")
    assert (unit.change, unit.known) == (True, False)


QUANTITIES = [
    ("153", "153", Kind.COUNT, 1),
    ("1,234", "1234", Kind.COUNT, 1),
    ("1,234.5", "1234.5", Kind.COUNT, 1),
    ("0.85", "0.85", Kind.COUNT, 1),
    ("-3", "-3", Kind.COUNT, 1),
    ("1.2k", "1200", Kind.COUNT, 1),
    ("1.2K", "1200", Kind.COUNT, 1),
    ("1.2 thousand", "1200", Kind.COUNT, 1),
    ("3 million", "3000000", Kind.COUNT, 1),
    ("12.5%", "12.5", Kind.PERCENT, 1),
    ("12 %", "12", Kind.PERCENT, 1),
    ("43 per cent", "43", Kind.PERCENT, 1),
    ("43 percent", "43", Kind.PERCENT, 1),
    ("43pc", "43", Kind.PERCENT, 1),
    ("(4.2)%", "-4.2", Kind.PERCENT, 1),
    ("+6%", "6", Kind.PERCENT, 1),
    ("-6%", "-6", Kind.PERCENT, 1),
    ("£1,234", "1234", Kind.MONEY, 1),
    ("£ 5", "5", Kind.MONEY, 1),
    ("£187.40", "187.4", Kind.MONEY, 1),
    ("£1.2m", "1200000", Kind.MONEY, 1),
    ("£1.2mn", "1200000", Kind.MONEY, 1),
    ("£1.2 million", "1200000", Kind.MONEY, 1),
    ("£900k", "900000", Kind.MONEY, 1),
    ("£2bn", "2000000000", Kind.MONEY, 1),
    ("£(1.2)m", "-1200000", Kind.MONEY, 1),
    ("-£5", "-5", Kind.MONEY, 1),
    ("£-5", "-5", Kind.MONEY, 1),
    ("312 per 100K", "312", Kind.RATE, 100_000),
    ("312 per 100,000 population", "312", Kind.RATE, 100_000),
    ("9.7/100,000", "9.7", Kind.RATE, 100_000),
    ("2.3 per 10,000", "2.3", Kind.RATE, 10_000),
    ("4.1 per 1,000 bed days", "4.1", Kind.RATE, 1000),
    ("4.1 per 1,000 occupied bed-days", "4.1", Kind.RATE, 1000),
    ("4/1,000", "4", Kind.RATE, 1000),
    ("5 in every 1,000", "5", Kind.RATE, 1000),
    ("19 offences per thousand people", "19", Kind.RATE, 1000),
    ("7 per hundred", "7", Kind.RATE, 100),
    ("6 per million", "6", Kind.RATE, 1_000_000),
    ("45 seconds", "45", Kind.TIME, 1),
    ("45 secs", "45", Kind.TIME, 1),
    ("90 mins", "90", Kind.TIME, 60),
    ("3 hrs", "3", Kind.TIME, HOUR),
    ("28 days", "28", Kind.TIME, DAY),
    ("28 working days", "28", Kind.TIME, DAY),
    ("28 calendar days", "28", Kind.TIME, DAY),
    ("3 wks", "3", Kind.TIME, WEEK),
    ("6 months", "6", Kind.TIME, 0),
    ("2 years", "2", Kind.TIME, -1),
    ("2 hrs 15 min", "8100", Kind.TIME, 1),
    ("2 hrs and 15 mins", "8100", Kind.TIME, 1),
    ("2h 15", "8100", Kind.TIME, 1),
    ("1 hr 50", "6600", Kind.TIME, 1),
    ("9 min 32 s", "572", Kind.TIME, 1),
    ("1 hour 5 minutes 10 seconds", "3910", Kind.TIME, 1),
    ("3 days 4 hours", "273600", Kind.TIME, 1),
    ("7:35", "455", Kind.TIME, 1),
    ("07:35", "455", Kind.TIME, 1),
    ("7:35 mins", "455", Kind.TIME, 1),
    ("1:07:35", "4055", Kind.TIME, 1),
    ("12 kg", "12", Kind.WEIGHT, 1),
    ("5 kilos", "5", Kind.WEIGHT, 1),
    ("54.9 tonnes", "54.9", Kind.WEIGHT, 1000),
    ("61.2t", "61.2", Kind.WEIGHT, 1000),
    ("3kt", "3", Kind.WEIGHT, 1_000_000),
    ("30.4 FTE", "30.4", Kind.STAFF, 1),
    ("30.4 WTE", "30.4", Kind.STAFF, 1),
    ("29.6 full-time equivalents", "29.6", Kind.STAFF, 1),
    ("12 officers FTE", "12", Kind.STAFF, 1),
    ("1st", "1", Kind.RANK, 1),
    ("3rd", "3", Kind.RANK, 1),
    ("22nd", "22", Kind.RANK, 1),
    ("2.1pp", "2.1", Kind.POINTS, 1),
    ("2.1 ppts", "2.1", Kind.POINTS, 1),
    ("2.1 percentage points", "2.1", Kind.POINTS, 1),
    ("2.1% points", "2.1", Kind.POINTS, 1),
    ("-1.4 points", "-1.4", Kind.POINTS, 1),
]


@pytest.mark.parametrize(("words", "value", "kind", "scale"), QUANTITIES)
def test_a_quantity_says_what_it_counts(words: str, value: str, kind: Kind, scale: int) -> None:
    given = quantity(words)
    assert given is not None
    assert (given.value, given.kind, given.scale) == (Decimal(value), kind, Decimal(scale))


@pytest.mark.parametrize(("words", "value", "kind", "scale"), QUANTITIES)
def test_a_quantity_is_taken_whole_out_of_a_sentence(words: str, value: str, kind: Kind, scale: int) -> None:
    (given,) = take_quantities(Canvas(f"We had {words}\nas you know."))
    assert (given.value, given.kind, given.scale) == (Decimal(value), kind, Decimal(scale))


@pytest.mark.parametrize(
    "words", ["", "nil", "£", "%", "007", "1.2.3", "1,23", "2,0000", "1.234.567", "12abc", "1/2", "1 027", "1e5", "5-6"]
)
def test_what_is_no_one_quantity_is_not_guessed_at(words: str) -> None:
    assert quantity(words) is None


@pytest.mark.parametrize(
    ("words", "decimals", "signed"),
    [("43", 0, False), ("43.0%", 1, False), ("£187.40", 2, False), ("+6%", 0, True), ("(4.2)%", 1, True)],
)
def test_a_quantity_keeps_its_precision_and_whether_it_had_a_sign(words: str, decimals: int, signed: bool) -> None:
    given = quantity(words)
    assert given is not None
    assert (given.decimals, given.signed) == (decimals, signed)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("1234", "1,234"),
        ("1.2k", "1,200"),
        ("43 per cent", "43%"),
        ("£1.2m", "£1,200,000"),
        ("312 per 100K", "312 per 100,000"),
        ("2 hrs 15 min", "2 hrs 15 min"),
        ("28 working days", "28 working days"),
        ("3rd", "3rd"),
        ("2.1pp", "2.1pp"),
    ],
)
def test_a_quantity_is_written_back_so_that_people_know_it(words: str, shown: str) -> None:
    assert str(quantity(words)) == shown


CONVERTED = [
    ("2 weeks", "days", "14"),
    ("36 hours", "days", "1.5"),
    ("1 hour", "days", "0.0416666667"),
    ("2 days", "hours", "48"),
    ("90 mins", "hours", "1.5"),
    ("10 minutes", "hours", "0.1666666667"),
    ("10 minutes", "minutes", "10"),
    ("45 seconds", "minutes", "0.75"),
    ("2 hrs 15 min", "minutes", "135"),
    ("2 hrs 15 min", "seconds", "8100"),
    ("9 min 32 s", "seconds", "572"),
    ("7:35", "seconds", "455"),
    ("7:35", "minutes", "7.5833333333"),
    ("7:35", "hours", "7.5833333333"),
    ("1:07:35", "seconds", "4055"),
    ("1:07:35", "hours", "1.1263888889"),
    ("28 working days", "days", "28"),
    ("28 working days", "working days", "28"),
    ("3 months", "months", "3"),
    ("2 years", "years", "2"),
    ("1,500 kg", "tonnes", "1.5"),
    ("1.5 tonnes", "kg", "1500"),
    ("2kt", "tonnes", "2000"),
    ("54.9 tonnes", "tonnes", "54.9"),
    ("£1.2m", "GBP", "1200000"),
    ("£1.2m", "£m", "1.2"),
    ("£1.2m", "£000s", "1200"),
    ("£900", "£k", "0.9"),
    ("30.4 WTE", "FTE", "30.4"),
    ("3rd", "rank", "3"),
    ("2.1pp", "percentage_points", "2.1"),
]


@pytest.mark.parametrize(("words", "unit", "value"), CONVERTED)
def test_a_quantity_is_turned_into_the_unit_asked_for(words: str, unit: str, value: str) -> None:
    given = quantity(words)
    assert given is not None
    assert in_unit(given, wanted(unit)) == Decimal(value)


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("3 months", "days"),
        ("3 months", "weeks"),
        ("12 weeks", "months"),
        ("2 years", "months"),
        ("24 months", "years"),
        ("2 years", "days"),
        ("2 hrs 15 min", "months"),
    ],
)
def test_months_and_years_are_turned_into_nothing_else(words: str, unit: str) -> None:
    given = quantity(words)
    assert given is not None
    assert in_unit(given, wanted(unit)) is None
