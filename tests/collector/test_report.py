"""The quarter's report as data: drafts, what a snapshot holds, footnotes, plans, ranges (RULES 14 to 20, 27)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from collector.acting import NotDone
from collector.domain.orders import LegalCheckDone, PublishWords, TakeOutText, TextOrder
from collector.domain.period import Quarter, Span
from collector.domain.publication import Handling, Publication, WithoutCounts
from collector.domain.rag import Rag
from collector.domain.round import RoundState
from collector.domain.target import Comparator, Target
from collector.locking import lock, reopen, reopen_figure
from collector.publication_words import about_text
from collector.report import Cell, Report, Row
from collector.report_published import Published, PublishedKind
from collector.reporting import NothingToReport, report_of
from collector.signoff import sign
from storage.books import SqlBooks
from tests.builders import DEFINITIONS, PARTNERSHIP, Office, at
from tests.support.orders import orders

Q4, Q1, Q2 = Quarter(2014, 4), Quarter(2015, 1), Quarter(2015, 2)
NOVEMBER = at(30, month=11)
TEXTS = at(26)


def reported(
    office: Office,
    *quarters: Quarter,
    published: Sequence[Published] = (),
    commentary: bool = False,
    now: datetime = NOVEMBER,
) -> Report:
    with office.books.begin() as unit:
        return report_of(unit, office.calendar, now, quarters or (Q2,), published, commentary)


def row(report: Report, code: str, part: int = -1) -> Row:
    return next(row for table in report.parts[part].tables for row in table.rows if row.code == code)


def cell(report: Report, code: str) -> Cell:
    return row(report, code).cells[-1]


def notes(report: Report, code: str) -> list[str]:
    return [report.footnotes[number - 1] for number in cell(report, code).notes]


def collected(office: Office) -> Office:
    office.says("da", "DA06 153, DA07 91%", at(20))
    office.says("yot", "RO06 28.8% (15 of 52)\n\nRS08: two talks were held with the county.", at(20))
    return office


def test_before_the_lock_it_is_a_draft_that_says_what_is_missing_and_gives_no_colour(office: Office) -> None:
    report = reported(collected(office))
    assert report.mark == "Draft. Unpublished, not for quotation"
    assert report.standing == ("Q2 2015-16 (Jul to Sep 2015): open.",)
    assert report.missing[:2] == (
        "Q2 2015-16 (Jul to Sep 2015) is not locked.",
        "P1 Tackle everything: not signed off.",
    )
    assert "Public Health: 1 indicator outstanding." in report.missing
    assert {cell(report, definition.code).rag for definition in DEFINITIONS} == {None}
    assert cell(report, "DA06").why == "No colour before the priority is signed off."
    assert row(report, "RO06").direction == ""
    assert cell(report, "SA01").words == "outstanding"
    assert [line.code for line in report.attention] == ["SA01"]


def test_several_of_one_organisation_that_are_out_alike_need_one_line(office: Office) -> None:
    everybody = replace(PARTNERSHIP, people=tuple(replace(p, organisation="County") for p in PARTNERSHIP.people))
    told = reported(Office(office.books, partnership=everybody).prepare())
    (line,) = told.attention
    assert (line.code, line.title, line.period) == ("County", "5 figures", Q2)
    assert line.text == "Outstanding: DA06, DA07, RO06, SA01, RS08."


def test_what_is_signed_has_its_colour_direction_and_arithmetic(office: Office) -> None:
    orders(collected(office), sign, "P1", by="dph", when=at(26))
    report = reported(office)
    found = cell(report, "RO06")
    assert (found.rag, found.why) == (Rag.GREEN, "Green: 28.8% meets the target, below 50%.")
    assert row(report, "RO06").direction == "better than Q1 2015-16"
    assert report.draft, "one figure is out"
    counts = report.parts[0].counts[0]
    assert (counts.indicators, counts.red, counts.green, counts.none, counts.out) == (5, 1, 2, 1, 1)
    assert [line.rag for line in report.attention] == [Rag.RED, None]


def test_a_locked_round_is_final_and_silence_stands_as_a_footnote(office: Office) -> None:
    orders(collected(office), lock)
    report = reported(office)
    assert (report.draft, report.mark) == (False, "")
    assert report.standing[0].startswith("Q2 2015-16 (Jul to Sep 2015): locked on 9 Nov 2015, snapshot 1 (")
    assert cell(report, "DA06").rag is Rag.RED
    assert notes(report, "DA06") == ["Not signed off by the priority's lead."]
    assert cell(report, "SA01").words == "not due before the round was locked"
    earlier = reported(office, now=at(24, month=11))
    assert cell(earlier, "SA01").words == "awaiting source, published about 25 Nov 2015"


def test_what_was_locked_is_never_judged_anew_when_a_definition_is_rewritten(office: Office) -> None:
    orders(collected(office), lock)
    easier = Target(Comparator.AT_LEAST, "100", Decimal(100))
    rewritten = [replace(d, target=easier, title="Another title") if d.code == "DA06" else d for d in DEFINITIONS]
    office.loads(at(10, month=11), replace(PARTNERSHIP, definitions=tuple(rewritten)))
    report = reported(office)
    assert (cell(report, "DA06").rag, row(report, "DA06").target) == (Rag.RED, "340")
    assert row(report, "DA06").title == "Number of clients referred for IDVA support"
    assert "at least 340" in cell(report, "DA06").why


def test_what_the_file_no_longer_holds_stays_in_the_report_as_it_was_locked(office: Office) -> None:
    orders(collected(office), lock)
    office.loads(at(10, month=11), replace(PARTNERSHIP, definitions=tuple(d for d in DEFINITIONS if d.code != "DA06")))
    report = reported(office)
    assert (cell(report, "DA06").words, cell(report, "DA06").rag) == ("153", Rag.RED)


def test_a_restated_figure_shows_what_it_was_and_why(office: Office) -> None:
    orders(collected(office), lock)
    orders(office, reopen_figure, "DA06", "two clients were missed", when=at(10, month=11))
    office.says("da", "DA06 155", at(11, month=11))
    report = reported(office)
    assert cell(report, "DA06").words == "155"
    assert "153" not in cell(report, "DA06").why
    assert notes(report, "DA06")[0] == (
        "Restated on 11 Nov 2015: was 153 when the round was locked. two clients were missed."
    )


def test_a_round_that_was_opened_again_is_a_draft_again(office: Office) -> None:
    orders(collected(office), lock)
    orders(office, reopen, "the police sent new figures")
    report = reported(office)
    assert report.draft
    assert cell(report, "DA06").rag is None


def test_senders_words_stay_out_unless_asked_for_and_are_marked_as_unedited(office: Office) -> None:
    collected(office)
    assert cell(reported(office), "RS08").commentary == ""
    shown = cell(reported(office, commentary=True), "RS08")
    assert "two talks were held" in shown.commentary
    assert shown.unedited


def about(office: Office, order: TextOrder, by: str = "coordinator", when: datetime = TEXTS) -> tuple[str, ...]:
    return orders(office, about_text, order, by=by, when=when)


def test_what_is_written_for_publication_stands_in_place_of_the_senders_words(office: Office) -> None:
    told = about(collected(office), PublishWords("rs08", "Road safety was  talked about."), by="dph")
    assert told[0] == "The report prints this with RS08, Q2 2015-16 (Jul to Sep 2015)."
    for commentary in (False, True):
        found = cell(reported(office, commentary=commentary), "RS08")
        assert (found.commentary, found.unedited) == ("Road safety was talked about.", False)
    office.says("yot", "RS08: one talk was held with the county.", at(27))
    assert "The figure was changed after the text beside it was written." in notes(reported(office), "RS08")
    about(office, TakeOutText("RS08"), when=at(28))
    found = cell(reported(office, commentary=True), "RS08")
    assert (found.commentary, found.unedited) == ("one talk was held with the county.", True)
    with office.books.begin() as unit:
        reasons = [line.reason for line in unit.audit.lines("RS08 2015-16Q2") if "text" in line.action]
    assert reasons == ["Road safety was talked about."] * 2


def test_a_text_that_waits_for_a_legal_check_is_not_printed_before_it_is_done(office: Office) -> None:
    about(collected(office), PublishWords("DA06", "A record number of clients.", legal_check=True), by="dph")
    assert cell(reported(office), "DA06").commentary == "The text for publication waits for a legal check."
    with pytest.raises(NotDone, match="coordinator notes"):
        about(office, LegalCheckDone("DA06"), by="dph")
    about(office, LegalCheckDone("DA06"))
    assert cell(reported(office), "DA06").commentary == "A record number of clients."


@pytest.mark.parametrize(
    ("order", "by", "why"),
    [
        (PublishWords("DA06", "Words"), "yot", "written by the lead of its priority or the coordinator"),
        (PublishWords("ZZ99", "Words"), "dph", "not a code of"),
        (PublishWords("DA06", " "), "dph", "Say what is to be printed"),
        (PublishWords("DA06", "word " * 101), "dph", "has 101 words; 100 is the most"),
        (PublishWords("DA06", "Ring 07700 900123"), "dph", r"personal data \(phone number\)"),
        (LegalCheckDone("DA06"), "coordinator", "waits for a legal check"),
        (TakeOutText("DA06"), "dph", "There is no text"),
    ],
)
def test_a_text_that_can_not_stand_is_answered_with_the_reason(
    office: Office, order: TextOrder, by: str, why: str
) -> None:
    with pytest.raises(NotDone, match=why):
        about(office, order, by=by)
    assert cell(reported(collected(office)), "DA06").commentary == ""


def test_words_that_are_held_back_are_shown_as_held_back_with_or_without_commentary(office: Office) -> None:
    office.says("yot", "RS08: Met. The next group is arranged by lead@council.example.org.", at(20))
    for commentary in (False, True):
        report = reported(office, commentary=commentary)
        assert cell(report, "RS08").commentary == "Words held back: they seem to hold personal data."
        assert not cell(report, "RS08").unedited
        assert "lead@council" not in str(report)


def test_what_the_public_does_not_see_is_marked_figure_by_figure_and_on_every_page(books: SqlBooks) -> None:
    rules = Publication(
        20, 1, Handling.PUBLIC, WithoutCounts.PUBLISH, partnership_only=("DA07",), embargoed={"DA06": date(2015, 12, 1)}
    )
    election = Span(date(2015, 11, 20), date(2015, 12, 10))
    rules = replace(rules, pre_election=(election,))
    office = Office(books, partnership=replace(PARTNERSHIP, publication=rules)).prepare()
    orders(collected(office), lock)
    report = reported(office)
    assert report.mark == "For the partnership only: it holds figures that are not for the public"
    assert "Embargoed until 1 Dec 2015: not to be passed on." in notes(report, "DA06")
    assert "For the partnership only: not to be passed on." in notes(report, "DA07")
    assert any(note.startswith("Suppressed in what is published ([c])") for note in notes(report, "RO06"))
    assert report.standing[-1] == (
        "Pre-election period, 20 Nov 2015 to 10 Dec 2015: nothing of it is published before the monitoring officer"
        " agrees."
    )


def test_a_range_parts_into_half_years_and_says_what_was_loaded(office: Office) -> None:
    report = reported(collected(office), Q4, Q1, Q2)
    assert [part.title for part in report.parts] == [
        "Q4 2014-15 (Jan to Mar 2015)",
        "Q1 and Q2 2015-16 (Apr to Sep 2015)",
    ]
    first, second = row(report, "DA06").cells
    assert (first.words, second.words) == ("135", "153")
    assert first.rag is Rag.RED, "what was published before was signed elsewhere"
    assert report.footnotes[first.notes[0] - 1].startswith("From an earlier report")
    assert row(report, "DA06").trend.words == "Q4 2014-15 139, Q1 2015-16 135, Q2 2015-16 153"


def test_a_half_year_says_that_its_target_was_another_one_in_between(office: Office) -> None:
    lower = Target(Comparator.AT_LEAST, "300", Decimal(300))
    held = [replace(d, target=lower, from_period=Q2) for d in DEFINITIONS if d.code == "DA06"]
    office.loads(at(6), replace(PARTNERSHIP, definitions=(*DEFINITIONS, *held)))
    report = reported(collected(office), Q1, Q2)
    assert row(report, "DA06").target == "300"
    (note,) = row(report, "DA06").notes
    assert report.footnotes[note - 1] == "The target in Q1 2015-16 (Apr to Jun 2015) was 340."


def test_a_break_in_the_series_is_a_footnote_and_ends_the_picture(office: Office) -> None:
    held = [
        replace(d, from_period=Q2, comparable_with_previous=False, why="Counted anew")
        for d in DEFINITIONS
        if d.code == "DA06"
    ]
    office.loads(at(6), replace(PARTNERSHIP, definitions=(*DEFINITIONS, *held)))
    report = reported(collected(office))
    (told,) = (text for text in notes(report, "DA06") if text.startswith("Break in the series"))
    assert told == (
        "Break in the series: from Q2 2015-16 (Jul to Sep 2015) on it can't be compared with before. Counted anew."
    )
    assert row(report, "DA06").trend.points == ()


def test_a_provisional_figure_says_until_when(office: Office) -> None:
    office.says("da", "DA07 91% (provisional until 1 December 2015)", at(20))
    found = reported(office)
    assert any(text.startswith("Provisional") for text in notes(found, "DA07"))


def test_a_red_figure_shows_its_plan_or_that_there_is_none(office: Office) -> None:
    collected(office)
    office.says("da", "DA06 Reason: one post is empty. Action: recruit. Owner: the council. By: 31 January", at(21))
    orders(office, lock)
    (action,) = reported(office).actions
    assert (action.code, action.reason, action.action) == ("DA06", "one post is empty", "recruit")
    assert action.owner == "the council"


def test_what_seg_has_to_decide_comes_first_and_once(office: Office) -> None:
    office.says("da", "DA07: no longer collected", at(20))
    report = reported(office, Q1, Q2)
    (decision,) = report.decisions
    assert decision.code == "DA07"
    assert decision.text.endswith("(agreed target: 74%).")


def test_what_a_request_quotes_of_its_sender_is_told_only_where_that_was_asked_for(office: Office) -> None:
    office.says("da", "DA07: 91%. The target is now 80%.", at(20))
    (bare,), (quoted,) = reported(office).decisions, reported(office, commentary=True).decisions
    assert bare.text == "The target is said to have changed (agreed target: 74%)."
    assert "now 80%" in quoted.text


def test_a_quarter_that_the_books_know_nothing_of_is_no_report(office: Office) -> None:
    with pytest.raises(NothingToReport, match="The books hold nothing for Q2 2020-21"):
        reported(office, Quarter(2020, 2))


def test_what_was_asked_and_what_was_recorded_on_it_is_a_finding(office: Office) -> None:
    office.says("yot", "RO06: 19% (15 of 52)", at(20))
    (open_one,) = reported(office).findings
    assert open_one.text.endswith("No answer yet.")
    office.says("yot", "2", at(21))
    (found,) = reported(office).findings
    assert "28.8%" in found.text
    assert found.text.startswith("Youth Justice was asked on 20 Oct 2015: ")
    assert "Recorded: 28.8% (15 of 52)." in found.text


PRINTED = (
    ("FIGURE", "19", "15", "Published as 19% with 15 of 52, which is 28.8%. The books hold 28.8% (15 of 52)."),
    ("FIGURE", "29", "15", "Published as 29%. The books hold 28.8% (15 of 52)."),
    ("FIGURE", "28.8", "15", ""),
    ("COUNTS", None, "10", "Published elsewhere as 10 of 52, which is 19.2%. The books hold 28.8% (15 of 52)."),
    ("COUNTS", None, "15", ""),
    ("PREDICTED", "60", None, "60% predicted for the year, which misses the target, 50% (< 50%)."),
    ("PREDICTED", "40", None, ""),
    ("YEAR", "99", None, "With Q1 2015-16 at 43% and Q2 2015-16 at 28.8% it is at most 68%"),
    ("YEAR", "10", None, "it is at least 18%"),
    ("YEAR", "50", None, ""),
)


def test_what_was_printed_is_held_against_the_books(office: Office) -> None:
    collected(office)
    for kind, value, top, expected in PRINTED:
        printed = Published(
            "RO06",
            Q2,
            PublishedKind[kind],
            Decimal(value) if value else None,
            Decimal(top) if top else None,
            Decimal(52) if top else None,
        )
        told = [line.text for line in reported(office, published=[printed]).findings]
        assert len(told) == bool(expected), (kind, value, told)
        assert expected in "".join(told)


def test_a_snapshot_that_is_taken_says_the_same_as_the_books_did(office: Office) -> None:
    orders(collected(office), sign, "P1", by="dph", when=at(26))
    before = reported(office)
    orders(office, lock)
    after = reported(office)
    assert office.view().round.state is RoundState.LOCKED
    for code in ("DA06", "DA07", "RO06", "RS08"):
        assert cell(before, code) == cell(after, code)
