"""What speaks for a figure besides the title's words, and what a commentary says later that contradicts it."""

from decimal import Decimal

import pytest

from collector.domain.figure import plain
from tests.parsers.figures.test_commentaries import read

CERTAIN = [
    # Held against the indicator's own target, or beside its own past.
    ("percent", "Kennels clean on inspection", "90%", "The kennels visited came out at 84% against a mark of 90%.", 84),
    ("percent", "Calls given up", "", "7.1% of the people hung up. That compares with 9.4% in Q2.", 7.1),
    ("percent", "Lamps mended on time", "", "Turnaround fell to 71.5% in time (Q2 83%).", 71.5),
    ("days", "Hostel: average stay", "", "Families have to stay longer: 64 days on average, up from 51.", 64),
    # Worked out of counts that the title names.
    ("percent", "Boats inspected of those due", "", "- 143 boats were due\n- 131 inspected = 91.6%", 91.6),
    ("percent", "Homes that meet the warm standard", "", "31 of our 620 homes are cold, so 95% comply.", 95),
    ("percent", "Kiosks let", "", "Only 3 of our 60 kiosks are empty so we let 95%.", 95),
    ("percent", "Forms answered in time", "", "240 forms fell due and 180 of these were answered in time.", 75),
    ("percent", "Hens vaccinated", "", "Good at 97.5%. 5 of 200 hens were missed.", 97.5),
    ("rate_per_100k", "Spills per 100,000 trips", "", "120 spills on 300,000 trips, a rate of 40.0.", 40),
    # The whole and its parts.
    ("count", "Pool visits", "", "Ash 400; Elm 300; Oak 200. Total swims 900, 5% up.", 900),
    ("count", "Benefit claims", "", "Working age 420; pension age 310; all 730.", 730),
    ("percent", "Training done", "", "* Whole council 88.1%\n* Fire safety 79.2%\n* Lifting 93.0%", 88.1),
    ("count", "Kits handed out", "", "Oct 11, Nov 13, Dec 12: 36 kits in all. Wardens used them four times.", 36),
    ("count", "Tickets for parking", "", "47 tickets: drivers 29, cyclists 0, others 18. Of these 30 are paid.", 47),
    # Where, by how many and over how long.
    ("count", "Citizens welcomed at ceremonies", "", "312 citizens were welcomed at 13 ceremonies.", 312),
    ("count", "Visits to libraries", "", "Counters recorded 4,150 visits across the 22 libraries.", 4150),
    ("percent", "Wards staffed", "", "92% of wards were staffed. Five fell below 85%.", 92),
    ("percent", "Bicycles returned", "", "77% returned. December was slightly worse.", 77),
    ("percent", "Tenants heard", "", "77% of tenants were heard. There were none in Q1.", 77),
    ("count", "Plans opened", "", "143 plans in the quarter, bringing the total for the year to date to 301.", 143),
    ("count", "Points installed", "", "86 sockets and 12 chargers in the quarter: 98. There are now 742 points.", 98),
    ("count", "Indicators rated green", "", "15 indicators were rated green, 4 red", 15),
    # What else may stand there.
    ("count", "Letters received", "", "57,910 were received. Some were late.", 57910),
    ("percent", "Mothers with a nurse of their own (1:1)", "", "99.2% of mothers had one to one care.", 99.2),
    ("percent", "Staff jabbed", "", "The drive closed on 20 December with 77.3% of staff jabbed.", 77.3),
    ("percent", "Rent collected of rent due", "100%", "102.4% of rent due was collected.", 102.4),
    ("percent", "Fees paid", "90%", "Not met at 81% (target 90%).", 81),
    ("GBP", "Forecast overspend", "", "The forecast is an overspend of £412k, better than the £655k at Q2.", 412000),
    ("count", "No. of mixed ward breaches", "", "Regrettably 3 breaches were declared.", 3),
    ("count", "Visits and phone calls made", "", "1,320 visits and phone calls were made, 4% down from 1,378.", 1320),
    ("minutes", "Time to arrive", "", "8 minutes 14 seconds", 8 + 14 / 60),
]


@pytest.mark.parametrize(("unit", "title", "target", "words", "value"), CERTAIN)
def test_the_figure_is_certain(unit: str, title: str, target: str, words: str, value: float) -> None:
    item = read(unit, title, words, target=target)
    assert item.certain, item.doubts
    assert float(item.candidates[0].value or 0) == pytest.approx(value)


ASKED = [
    # Contradicted by what follows.
    ("percent", "Complaints answered in time", "48 came and 36 of these were in time, so it is 82%."),
    ("percent", "Rates collected", "Collection was 83.4%. Work went on. At 82.4% we are ahead."),
    ("percent", "Assessments done", "We did 93.2%. Forms were on paper. The 92.3% for the quarter is a fall."),
    ("percent", "Reviews held", "We finished above the 95% standard at 93.7% for the quarter."),
    ("count", "Requests received", "We received 640 requests, which is 55 more than the 605 of Q2."),
    ("count", "Falls with harm", "Seven falls were reported. Reviews are done for all nine falls."),
    ("count", "Homes fitted", "49 homes were fitted. This was lower than the 46 in Q2."),
    ("percent", "Rent collected", "We collected £13.42m of the £13.66m due, giving 99.6%."),
    ("count", "Complaints re-opened", "Total 26 re-opened: Beds 11, Baths 8, Meals 4, Doors 5."),
    ("count", "Residents helped", "241 residents were helped. By area this was 96 Central, 88 North and 67 South."),
    # Another thing than was asked for.
    ("days", "Days lost per FTE", "812 days were lost from a workforce of 402 FTE."),
    ("count", "Jobs created", "The firm should bring 120 jobs. Fifteen have started."),
    ("count", "Families in hotels over six weeks", "None passed the six week limit. Eleven families were placed."),
    ("percent", "Flats occupied", "Occupancy was 96% at Larch House and 90% at Dell Court."),
    ("percent", "Fridges tested (all types)", "Type 1 testing was 76%. All-type testing becomes 85%."),
    ("count", "Points installed", "98 more in the quarter. There are now 742 points."),
    ("count", "Open cases", "The list is down to 468 from 531. The team closed 187 and opened 124."),
    ("count", "Jobs made and kept", "Jobs made and kept stood at 4,360, of which 168 in the quarter."),
    ("percent", "Lorries recycled", "We report one quarter in arrears. 52% was achieved."),
    ("count", "Special jobs", "Special jobs rose by 14.1% (176 jobs)."),
    ("count", "Cases of flu", "The limit of 21 was exceeded by three cases."),
    ("seconds", "Time to answer", "It used to take 14 seconds."),
]


@pytest.mark.parametrize(("unit", "title", "words"), ASKED)
def test_it_is_asked_about(unit: str, title: str, words: str) -> None:
    item = read(unit, title, words)
    assert not item.certain, item.candidates
    assert item.doubts


TRAPS = [
    # What is told of the part is not what was asked, or the other side of it.
    ("percent", "Visits completed", "200 visits were due. 15 of these were refused."),
    ("percent", "Complaints upheld", "98.9%. 2 of 180 were upheld."),
    ("percent", "Tenants in arrears", "18 of 180 tenants are in arrears, so 90%"),
    ("percent", "Calls abandoned", "Of 1,200 calls, 1,100 were answered, so 91.7%."),
    ("percent", "Bins missed", "200 bins, 190 collected, that is 95%"),
    ("percent", "Leavers not in education", "80 leavers. 60 are in education, 75%."),
    # The title's own verb denied; another thing with a past or a target of its own.
    ("percent", "Repairs meeting the standard", "12% not meeting the standard"),
    ("percent", "Staff appraised", "Sickness 4.2%, up from 3.9%"),
    ("percent", "Calls answered in time", "Complaints 78% against a target of 85"),
    # Other times and other things.
    ("count", "Complaints", "45 for the three months of April to June"),
    ("count", "Cases closed", "45 cases closed on 31 May"),
    ("count", "Visits", "450 annual visits"),
    ("percent", "Users content with collection", "118%"),
    ("percent", "Category 1 and category 2 calls on time", "category 1 88%"),
    ("hours", "Vacant shifts, time to fill", "12 shifts"),
]


@pytest.mark.parametrize(("unit", "title", "words"), TRAPS)
def test_a_likely_but_other_number_is_not_recorded(unit: str, title: str, words: str) -> None:
    item = read(unit, title, words, target="85" if "target" in words else "")
    assert not item.certain, item.candidates


@pytest.mark.parametrize(
    "words", ["45 in the first half of the year", "45 since January", "45 by the end of May", "45 since launch"]
)
def test_only_all_of_a_first_quarter_is_the_quarter(words: str) -> None:
    assert not read("count", "Number of complaints", words, period="2024-25 Q1").certain


def test_a_title_that_ends_in_no_is_read() -> None:
    assert read("percent", "Answered, yes or no", "82%").candidates


def test_a_first_quarter_to_date_is_the_quarter() -> None:
    assert read("GBP", "Capital spend", "Spend to the end of June of £2,734k.", period="2024-25 Q1").certain
    assert not read("GBP", "Capital spend", "Spend to the end of December of £2,734k.").certain


def test_what_is_turned_into_another_unit_is_shown_in_four_decimals() -> None:
    item = read("minutes", "Time to arrive", "8 minutes 14 seconds")
    value = item.candidates[0].value
    assert value is not None
    assert plain(value) == "8.2333"
    assert plain(Decimal("8.233333")) == "8.233333"
