"""Commentaries as performance reports hold them: what is certain in them, and what is asked about."""

from decimal import Decimal

import pytest

from collector.domain.submission import Asked, ReadingTask, ReadItem
from parsers.figures import TextReader
from parsers.figures.dates import wanted_span

PERIOD = "2024-25 Q3"


def read(unit: str, title: str, words: str, period: str = PERIOD, target: str = "") -> ReadItem:
    task = ReadingTask(period, wanted_span(period), (Asked(1, "AB01", title, unit, target=target),))
    return TextReader().read(words, task).items[0]


CERTAIN = [
    # Whose number it is, where others stand beside it.
    (
        "percent",
        "Letters posted on time",
        "93.2% of letters (1,305) were on time, 4.1% of letters (57) were late.",
        93.2,
    ),
    ("count", "Loans in person", "Loans across the 9 branches: 4,120 loans.", 4120),
    ("count", "Goods seized", "Nationally 12,000 goods seized. Locally 65 goods seized, 13 fined.", 65),
    (
        "percent",
        "Bins emptied on the day",
        "Bins emptied on the day: target 96%, actual 94.1% (1.9% under target).",
        94.1,
    ),
    ("count", "Taxi drivers licensed", "Drivers 640 (hackney 150, private hire 490).", 640),
    ("count", "Visits to the pool", "Usage of 41,300 fell about 900 short of the 42,200 we had profiled.", 41300),
    (
        "count",
        "Clients of the clinic waiting over 52 weeks",
        "The list has 5,120 clients. 31 clients waited over 52 weeks.",
        31,
    ),
    ("count", "Waits over an hour", "84 waits were over 60 minutes and 12 over two hours.", 84),
    ("count", "Patients waiting over 65 weeks", "List 5,118. >52w 640 (12%). >65w 12, all ENT. >78w nil.", 12),
    ("count", "Patients waiting over 78 weeks", "List 5,118. >52w 640 (12%). >65w 12, all ENT. >78w nil.", 0),
    ("count", "Red 2 alarms answered", "Red 1 alarms answered: 14. Red 2 alarms answered: 33.", 33),
    ("count", "Fires in sheds", "There were no fires in sheds or garages this quarter.", 0),
    ("percent", "Appeals allowed", "None of the 11 appeals decided was allowed.", 0),
    # Other times and what they are of.
    ("percent", "Forms returned", "For the month it fell to 71% (November 78%), leaving quarter three at 76.2%.", 76.2),
    ("count", "Courses finished", "940 courses finished since April. 312 of these in Q3.", 312),
    ("count", "Parcels handed out", "Parcels for April to December: 9,060 (Q1 3,010; Q2 2,950; Q3 3,100).", 3100),
    ("percent", "Jobs kept", "Jun-24: 44.1 | Sep-24: 45.0 | Dec-24: 46.3", 46.3),
    ("percent", "Requests closed in time", "Jul-Sep 40 closed, 31 in time (77.5%); Oct-Dec 50, 45 (90%).", 90),
    (
        "count",
        "Households on the housing register",
        "The number on the register came down from 820 in Q2 to 790 in Q3.",
        790,
    ),
    (
        "count",
        "Garages let",
        "Two garages burnt in August, 310 garages let. Demand has fallen every year since 2016.",
        310,
    ),
    ("count", "Rooms booked", "212 rooms booked (2026 target is 240 rooms).", 212),
    # Numbers that are not the figure.
    ("count", "Wardens in post", "There are 5 wardens (3 x full time, 1 x part time, 1 x term time).", 5),
    (
        "seconds",
        "Average wait for an answer",
        "78% answered in 20 seconds; average wait 41 seconds (target: no more than 30).",
        41,
    ),
    ("days", "Average stay in the hostel", "Average of 6 weeks and 3 days for 11 residents.", 45),
    ("FTE", "Vacancies", "Vacancies: 31 FTE on an establishment of 402.", 31),
    ("rank", "Position among similar forces", "Ranked third out of eight.", 3),
    ("per_10k", "Children on a plan per 10,000", "Rate per 10k: 44, that is 212 children.", 44),
    # Changes.
    ("change_count", "Change in staff", "812 at 30 September, 790 at 31 December: down 22.", -22),
    ("change_count", "Change in days lost", "1,040 days lost, 160 fewer than the quarter before.", -160),
    ("change_percent", "Emissions: change on the baseline", "Emissions are 21% below the 2018/19 baseline.", -21),
    (
        "change_percent",
        "Change in thefts on the same quarter last year",
        "Thefts: 40, a 9% fall on the previous quarter and a 20% fall on the same quarter last year.",
        -20,
    ),
    # Shares.
    ("percent", "Walkers who came by bus", "By bus 102 walkers came and 698 came on foot, so 12.8% by bus.", 12.8),
    ("percent", "Visitors content", "The content share has gone from 81% to 88%, even though calls were 9% fewer.", 88),
    # Abbreviations of the field, and words that mean the same.
    ("percent", "Business rates collected", "NNDR 81.9%, council tax 82.6%.", 81.9),
    ("percent", "Smoking at time of delivery", "SATOD 8.9%, down from 9.6% in Q2.", 8.9),
    ("percent", "Sickness rate", "Absence was 4.1% in Q3.", 4.1),
]


@pytest.mark.parametrize(("unit", "title", "words", "value"), CERTAIN, ids=[case[2][:70] for case in CERTAIN])
def test_the_figure_is_certain(unit: str, title: str, words: str, value: float) -> None:
    item = read(unit, title, words)
    assert item.certain, item.doubts
    assert item.candidates[0].value == Decimal(str(value))


ASKED = [
    (
        "count",
        "Homes inspected",
        "Although inspections are down we wrote to 140 homes. Most could not be recorded as inspected.",
    ),
    ("count", "Offences recorded", "There has been 1 theft, 1 fraud and 1 arson."),
    ("minutes", "Average time to arrive", "One hour for one call and about 15 minutes for another call."),
    ("count", "People searched", "For example, on a recent Saturday 16 people were searched."),
    ("count", "Offences recorded in Eastmere", "Six calls came from Eastmere; one about noise, five about dogs."),
    ("percent", "Recycling rate", "The recycling rate is now lower than the rate of England (44.1%)."),
    ("count", "Average weekly attendance of the club", "The club has 56 members, between 40-50 attend every week."),
    ("percent", "Sessions filled", "Filled sessions stayed at around mid-80% of all sessions."),
    ("GBP", "Adjusted surplus", "A surplus of £4.4m. Excluding the revaluation it was £1.2m."),
    ("percent", "Satisfied tenants overall", "Sheltered tenants 84% satisfied, general needs 61%. All tenants 66%."),
    ("percent", "Letters answered in 10 days", "52 letters came, 44 answered inside ten days, 76%."),
    ("percent", "Absence", "6.3% total: long-term 3.9%, short-term 2.9%."),
    ("percent", "Plans finished in 20 days", "84.2%, an improvement on 86.0% in Q2."),
    ("percent", "Staff from the islands", "Islanders are 4.2% of the county's population."),
    ("minutes", "Average time to attend", "We took 11 minutes to get to grade 1 jobs; grade 2 is 52 minutes."),
    ("percent", "Test purchases failed", "Vapes: 26 purchases, 27% failed. Alcohol: 14 purchases, 7% failed."),
    ("count", "Arrests", "In Q2 there were 18 arrests and 7 cautions. Arrests rose."),
    (
        "count",
        "Visits to the hall",
        "Visits rose by 8% to 203, which is 4% lower than the same quarter of 2023/24 (188).",
    ),
    ("score", "Hospital standardised mortality ratio", "The ratio is 104.2, lower than expected."),
    ("percent", "Tests seen in time", "Target achieved. 86.9% of tests were seen in time against 90%."),
    ("percent", "Calls abandoned", "Calls answered: 91%."),
    ("percent", "Victims content", "97% of prisoners content. Of victims only 14 were asked, too few to publish."),
]


@pytest.mark.parametrize(("unit", "title", "words"), ASKED, ids=[case[2][:70] for case in ASKED])
def test_it_is_asked_about(unit: str, title: str, words: str) -> None:
    item = read(unit, title, words)
    assert not item.certain
    assert item.doubts


def test_a_calendar_year_is_the_period_where_it_is_asked_for() -> None:
    item = read("percent", "Core standards met", "We met 74% of the core standards in 2024.", "2024")
    assert item.certain, item.doubts
    assert item.candidates[0].value == 74


def test_months_that_head_what_is_said_of_them_part_it() -> None:
    item = read("percent", "Requests answered", "Feb 26 - 60 sent, 92.5%. Jan 26 - 55 sent, 94.2%.", "February 2026")
    assert item.certain, item.doubts
    assert item.candidates[0].value == Decimal("92.5")


def test_a_year_to_date_is_not_the_month() -> None:
    words = "93% in November against 95%. That brings the year to date to 94%."
    item = read("percent", "Seen in four hours, year to date", words, "November 2024")
    assert [c.value for c in item.candidates] == [94]


def test_what_looks_like_a_code_is_a_name_where_nothing_asked_has_one() -> None:
    task = ReadingTask(PERIOD, wanted_span(PERIOD), (Asked(1, "#1", "Waiting six weeks or more", "percent"),))
    item = TextReader().read("DM01: 18.7% had waited six weeks or more.", task).items[0]
    assert item.certain, item.doubts
