"""The timetable of a round, backwards from the papers (RULES 17), and what is wrong with one. Pure."""

from datetime import date
from itertools import pairwise

from collector.domain.partnership import Partnership
from collector.domain.period import Quarter, day
from collector.domain.timetable import Dates, Papers, Timetable
from collector.ports import Calendar


class WrongTimetable(Exception):
    """The dates of a timetable can't be kept; the message says which and why, a line each."""


def dates_of(timetable: Timetable, period: Quarter, calendar: Calendar) -> Dates:
    """All dates of a quarter's round: backwards from the SEG date where the file gives one, else from its end."""
    papers = timetable.papers_of(period)
    if papers is not None:
        return _backwards(timetable, papers, calendar)
    opens, due = (calendar.shift(period.span.end, days) for days in (timetable.opens_after, timetable.due_after))
    return Dates(calendar.at(opens, timetable.office_opens), calendar.at(due, timetable.due_at))


def _backwards(timetable: Timetable, papers: Papers, calendar: Calendar) -> Dates:
    # Clear days lie between the two: neither the day of publication nor that of the meeting counts (RULES 17).
    publication = papers.publication or calendar.shift(papers.seg, -timetable.clear_days - 1)
    clearance = papers.clearance or calendar.shift(publication, -timetable.clearance_before)
    draft = papers.draft or calendar.shift(clearance, -timetable.draft_before)
    freeze = papers.freeze or calendar.shift(draft, -timetable.freeze_before)
    due = papers.due or calendar.shift(freeze, -timetable.due_before)
    opens = papers.opens or calendar.shift(due, -timetable.opens_before)
    return Dates(
        opens=calendar.at(opens, timetable.office_opens),
        due=calendar.at(due, timetable.due_at),
        freeze=freeze,
        draft=draft,
        clearance=clearance,
        publication=publication,
        seg=papers.seg,
    )


def steps_of(dates: Dates) -> list[tuple[str, date]]:
    """The steps of a round in their order, each with its day; those after the due date where SEG's date is known."""
    steps = (
        ("opening", dates.opens.date()),
        ("due date", dates.due.date()),
        ("freeze", dates.freeze),
        ("draft", dates.draft),
        ("clearance", dates.clearance),
        ("publication", dates.publication),
        ("SEG", dates.seg),
    )
    return [(name, when) for name, when in steps if when is not None]


def check_timetable(partnership: Partnership, calendar: Calendar) -> None:
    """Make sure that every quarter's dates can be kept; WrongTimetable says all that is wrong, plainly.

    `calendar` is the partnership's own, with its closed days.
    """
    timetable = partnership.timetable
    told = [words for papers in timetable.papers for words in _wrong(timetable, papers, calendar)]
    opened = sorted((papers.period, calendar.opens(papers.period)) for papers in timetable.papers)
    for (period, opens), (after, opens_next) in pairwise(opened):
        if opens_next <= opens:
            told.append(f"The round of {after} opens no later than that of {period}. Check the SEG dates of both.")
    if told:
        raise WrongTimetable("\n".join(told))


def _wrong(timetable: Timetable, papers: Papers, calendar: Calendar) -> list[str]:
    dates = dates_of(timetable, papers.period, calendar)
    steps = steps_of(dates)
    told = [
        f"{papers.period}: {name}, {day(when)}, is no working day."
        for name, when in steps
        if not calendar.is_working_day(when)
    ]
    for (earlier, first), (later, second) in pairwise(steps):
        if second < first or (second == first and "opening" in (earlier, later)):
            told.append(f"{papers.period}: {later}, {day(second)}, does not come after {earlier}, {day(first)}.")
    ends = papers.period.span.end
    if dates.opens.date() <= ends:
        told.append(
            f"{papers.period}: the round would open on {day(dates.opens.date())}, before the quarter's end,"
            f" {day(ends)}. Move the SEG date, {day(papers.seg)}, or say when the round opens."
        )
    if papers.publication is not None:
        clear = calendar.working_days_between(papers.publication, papers.seg) - 1
        if clear < timetable.clear_days:
            told.append(
                f"{papers.period}: {max(clear, 0)} clear working days lie between publication,"
                f" {day(papers.publication)}, and SEG, {day(papers.seg)}; there must be {timetable.clear_days}."
            )
    return told
