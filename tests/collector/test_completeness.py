"""How complete and timely a round is: what nobody could send is not counted."""

from collector.completeness import by_contributor, by_organisation, by_priority, of_round
from collector.who_owes import who_owes
from tests.builders import OPENS, Q2, Office, at
from tests.collector.people import lives_through
from tests.collector.test_absence import says_away


def test_a_figure_whose_source_has_not_published_is_not_owed_yet(office: Office) -> None:
    counted = of_round(office.view(), office.calendar, at(6))
    assert (counted.owed, counted.received, counted.waiting) == (4, 0, 1)
    assert of_round(office.view(), office.calendar, at(26, month=11)).owed == 5


def test_not_applicable_is_out_of_the_denominator(office: Office) -> None:
    office.says("da", "DA06 153, DA07: not applicable", at(12))
    (theirs,) = [one for one in by_contributor(office.view(), office.calendar, at(13)) if one.name.startswith("Domest")]
    assert theirs.words == "1 of 1 figure in (100%), 1 on time; not counted: 1 not applicable"


def test_what_waits_for_its_source_counts_from_the_day_it_was_promised_for(office: Office) -> None:
    office.says("da", "DA06: not available until 2 November", at(12))
    assert of_round(office.view(), office.calendar, at(13)).waiting == 2
    after = of_round(office.view(), office.calendar, at(3, month=11))
    assert (after.owed, after.received, after.overdue, after.waiting) == (4, 0, 4, 1)


def test_who_answered_that_there_is_no_figure_is_not_overdue(office: Office) -> None:
    office.says("da", "DA06: no longer collected\nDA07: not applicable", at(20))
    office.says("yot", "RO06: awaiting release approval\nRS08: not available yet, waiting for the police", at(20))
    found = {one.name: one.words for one in by_organisation(office.view(), office.calendar, at(27))}
    assert found["Council"] == ("0 of 0 figures in, 0 on time; not counted: 1 not applicable, 1 no longer collected")
    assert found["Youth Justice"] == "0 of 0 figures in, 0 on time; not counted: 2 awaiting source"
    again = of_round(office.view(), office.calendar, at(12, month=1, year=2016))
    assert (again.owed, again.overdue) == (3, 3)


def test_what_came_late_is_in_but_not_on_time(office: Office) -> None:
    office.says("da", "DA06 153", at(20))
    office.says("da", "DA07 91%", at(26))
    organisations = {one.name: one for one in by_organisation(office.view(), office.calendar, at(27))}
    assert organisations["Council"].words == "2 of 2 figures in (100%), 1 on time"
    assert organisations["Youth Justice"].words == "0 of 2 figures in (0%), 0 on time, 2 overdue"
    assert organisations["Youth Justice"].share_on_time == 0
    assert organisations["Public Health"].share_in is None
    (priority,) = by_priority(office.view(), office.calendar, at(27))
    assert priority.words == "2 of 4 figures in (50%), 1 on time, 2 overdue; not counted: 1 awaiting source"


def test_who_owes_shows_due_days_the_last_reminder_questions_and_who_is_away(office: Office) -> None:
    office.sends(OPENS)
    office.says("da", "DA07 91%", at(12))
    office.says("yot", "RO06 19% (15 of 52)\nRS08: Two discussions were held with riders in July.", at(12))
    says_away(office, "yot", 14, 20, deputy="da")
    lives_through(office, at(16), at(16))
    with office.books.begin() as unit:
        told = unit.outbox.told("reminder:2015-16Q2:", Q2)
    assert who_owes(office.view(), told, office.calendar, at(17)) == [
        "Domestic Abuse Coordinator (Council): last reminder Fri 16 Oct 2015",
        "  DA06 short of DA06: due 5pm Fri 23 Oct 2015",
        "Youth Offending Team Manager (Youth Justice): last reminder Mon 5 Oct 2015",
        "  The Youth Offending Team Manager is away until 20 Oct 2015. Asked instead: Domestic Abuse Coordinator.",
        "  RO06 short of RO06: due 5pm Fri 23 Oct 2015; asked on Mon 12 Oct 2015: You gave 19% and also 15 of 52, which"
        " is 28.8%.",
        "Director of Public Health (Public Health): last reminder Mon 5 Oct 2015",
        "  SA01 short of SA01: due 5pm Wed 25 Nov 2015",
    ]
