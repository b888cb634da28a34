"""What a paper says about the figures, sentence by sentence, held against the books. The sentences here are ours."""

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from bot.cli.books import MEDWAY
from collector.domain.draft import Direction, Draft, Verdict
from collector.domain.figure import Figure, FigureStatus, Reported, Source
from collector.domain.period import Quarter
from collector.domain.round import Round, RoundState
from collector.draft_check import Finding, asked_of, check_draft
from collector.view import RoundView
from parsers.draft_claims import statements
from parsers.partnership import read_partnership
from tests.builders import DUE, OPENS

REFERENCE = Path(__file__).parents[3] / "shared" / "reference" / "medway-annual-scrutiny-2015.txt"
LAST = Quarter(2015, 2)
#: Figures of the published appendices that these papers speak of; the history beside the definitions has the others.
SAID = {"DA08": "33.7", "DA06": "153", "DA07": "91"}


@pytest.fixture(scope="module")
def view() -> RoundView:
    """The books of the example, with the figures of the second half-year that the papers are about."""
    partnership = read_partnership(MEDWAY)
    source = Source(1, "da", "record", OPENS, OPENS, OPENS, "test")
    history: dict[Quarter, dict[str, Figure]] = {}
    for held in partnership.history:
        history.setdefault(held.period, {})[held.measure] = Figure(held, source, 1)
    figures = {
        code: Figure(Reported(code, LAST, FigureStatus.REPORTED, Decimal(value)), source, 1)
        for code, value in SAID.items()
    }
    figures = {**history.pop(LAST, {}), **figures}
    locked = Round(LAST, OPENS, DUE, RoundState.LOCKED)
    return RoundView(replace(partnership, history=()), locked, (), figures, history, (), ())


def checked(view: RoundView, *paragraphs: str) -> list[Finding]:
    return check_draft(view, statements(Draft("paper.txt", paragraphs), asked_of(view), LAST.span))


def one(view: RoundView, sentence: str) -> Finding:
    (found,) = checked(view, sentence)
    return found


def test_a_claimed_reduction_in_repeat_victimisation_differs_and_the_figures_say_so(view: RoundView) -> None:
    found = one(view, "Repeat victimisation of those at higher risk of harm has been reduced.")
    assert (found.statement.codes, found.verdict) == (("DA08",), Verdict.DIFFERS)
    for figure in ("27.7%", "35.3%", "32%", "33.7%"):
        assert figure in found.why


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("Repeat victimisation stood at 33.7%.", Verdict.AGREES),
        ("Repeat victimisation stood at 33.7% in Q2 2015-16.", Verdict.AGREES),
        ("Repeat victimisation stood at 33.7% in Q1 2015-16.", Verdict.DIFFERS),
        ("Repeat victimisation rose to 33.7%.", Verdict.AGREES),
        ("Repeat victimisation fell to 21%.", Verdict.DIFFERS),
        ("DA08: 32% in Q1 2015-16.", Verdict.AGREES),
        ("DA08 was 32% against a target of 28%.", Verdict.AGREES),
        ("DA08 was 32% against a target of 40%.", Verdict.DIFFERS),
        ("DA08 exceeded its target.", Verdict.DIFFERS),
        ("DA08: 32 people.", Verdict.UNJUDGED),
        ("The new bandstand was opened 14 times.", Verdict.NOT_MATCHED),
        ("Numbers of swans increased.", Verdict.NOT_MATCHED),
    ],
)
def test_figures_targets_and_directions_are_held_against_the_books(
    view: RoundView, sentence: str, verdict: Verdict
) -> None:
    found = one(view, sentence)
    assert found.verdict is verdict, found.line


def test_every_sentence_with_a_number_or_a_direction_is_listed_and_no_other(view: RoundView) -> None:
    paper = ("Partners met. 12 of them came! Crime fell.", "", "We thank everybody.", "Six schools took part.")
    found = checked(view, *paper)
    assert [each.statement.words for each in found] == ["12 of them came!", "Crime fell.", "Six schools took part."]
    assert [each.statement.place for each in found] == [0, 0, 3]


def test_the_published_summary_of_progress_is_judged_line_by_line(view: RoundView) -> None:
    text = REFERENCE.read_text(encoding="utf-8").partition("## Summary of progress")[2].partition("\n## ")[0]
    cells = [re.sub(r"<[^>]+>", "", cell).replace("&lt;", "<") for cell in re.split(r"</p>|\n|\t", text)]
    found = checked(view, *cells)
    by_code: dict[str, set[Verdict]] = {}
    for each in found:
        for code in each.statement.codes:
            by_code.setdefault(code, set()).add(each.verdict)
    assert len(found) >= 15
    assert by_code["DA08"] == {Verdict.DIFFERS}
    numbered = [cell for cell in cells if re.search(r"\d", cell)]
    assert all(any(each.statement.words in cell or cell in each.statement.words for each in found) for cell in numbered)


def test_a_bare_figure_in_a_table_is_about_its_row_and_the_quarter_of_its_column(view: RoundView) -> None:
    cells = {
        0: ("Repeat victimisation", "Q1 2015-16"),
        1: ("Repeat victimisation", "Q2 2015-16"),
        2: ("Repeat victimisation", "Target"),
        3: ("Repeat victimisation", "Progress"),
    }
    words = ("32%", "35%", "28%", "We met 12 times with partners")
    paper = Draft("paper.docx", words, cells)
    found = check_draft(view, statements(paper, asked_of(view), LAST.span))
    assert [each.verdict for each in found] == [
        Verdict.AGREES,
        Verdict.DIFFERS,
        Verdict.AGREES,
        Verdict.NOT_MATCHED,
    ]


def test_a_paper_that_is_one_long_line_is_read_to_its_end(view: RoundView) -> None:
    line = "The group has met and talked about it. " * 4_000 + "Repeat victimisation was reduced."
    assert [found.verdict for found in checked(view, line)] == [Verdict.DIFFERS]


def test_a_title_that_speaks_of_a_reduction_hides_no_other_word_for_one(view: RoundView) -> None:
    found = one(view, "First time entrants to the youth justice system fell.")
    assert (found.statement.codes, found.statement.directions) == (("NI111",), (Direction.DOWN,))
    found = one(view, "The reduction in first time entrants into the youth justice system was 395.")
    assert found.statement.directions == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "Repeat victimisation did not rise in Q2.",
        "There has been no increase in IDVA referrals.",
        "Neither IDVA referrals nor repeat victimisation rose.",
        "Repeat victimisation has doubled since Q3 2014-15.",
        "Repeat victimisation increased sixfold.",
        "IDVA referrals nearly doubled in Q2 2015-16.",
        "IDVA referrals rose by a third in Q2 2015-16.",
        "IDVA referrals halved.",
        "IDVA referrals are unchanged at 153.",
        "Repeat victimisation remains stable.",
        "Repeat victimisation is at its lowest for a year.",
        "Repeat victimisation is Green at 33.7%.",
        "There were around 150 IDVA referrals in Q2.",
        "Nine in ten clients saw risk reduced as a result of IDVA intervention.",
        "Repeat victimisation fell from 35.3% in Q4 2014-15 to 32% in Q1 2015-16.",
    ],
)
def test_what_only_a_person_can_check_never_agrees_and_is_never_passed_over(view: RoundView, sentence: str) -> None:
    assert one(view, sentence).verdict is Verdict.UNJUDGED


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("Repeat victimisation is 33.7%, below the 28% limit.", Verdict.DIFFERS),
        ("Repeat victimisation is 33.7%, above the 28% limit.", Verdict.AGREES),
        ("Repeat victimisation was below the 28% limit in Q2 2015-16.", Verdict.DIFFERS),
        ("Repeat victimisation was above the 28% limit in Q2 2015-16.", Verdict.AGREES),
        ("Repeat victimisation went from 33.7% to 27.7%.", Verdict.DIFFERS),
        ("Risk reduced as a result of IDVA intervention worsened from 91% to 84%.", Verdict.DIFFERS),
        ("Repeat victimisation rose from 32% to 33.7% in Q2 2015-16.", Verdict.AGREES),
        ("Repeat victimisation fell from 32% to 33.7% in Q2 2015-16.", Verdict.DIFFERS),
        ("Repeat victimisation within the year was 33.7% against a target of 28%.", Verdict.AGREES),
    ],
)
def test_a_side_of_the_target_and_the_order_of_two_figures_are_held_against_the_books(
    view: RoundView, sentence: str, verdict: Verdict
) -> None:
    assert one(view, sentence).verdict is verdict
