"""Whole replies: which words belong to which indicator, and choices taken."""

from decimal import Decimal

import pytest

from collector.domain.submission import Asked, OpenChoice
from tests.parsers.figures.asking import asked_about, figures, read_list

REPLIES: list[tuple[str, dict[str, str]]] = [
    ("DA06 was 153, DA07 91% and DA08 33.7%", {"DA06": "153", "DA07": "91", "DA08": "33.7"}),
    ("da 06: 153\nDA-07: 91%", {"DA06": "153", "DA07": "91"}),
    ("1. 153\n2) 91%\n3: 33.7%\n5 - 12", {"DA06": "153", "DA07": "91", "DA08": "33.7", "SF2": "12"}),
    ("1) 153, 2) 91%, 3) 33.7%", {"DA06": "153", "DA07": "91", "DA08": "33.7"}),
    ("1\t153\n2\t91%", {"DA06": "153", "DA07": "91"}),
    ("153 for DA06, 91% for DA07 and 33.7% for DA08", {"DA06": "153", "DA07": "91", "DA08": "33.7"}),
    ("DA06:\n153\nDA07:\n91%", {"DA06": "153", "DA07": "91"}),
    ("* DA06 - 153\n* DA07 - 91%", {"DA06": "153", "DA07": "91"}),
    ("2. DA06 153", {"DA06": "153"}),
    ("For Q2: DA06 153, DA07 91%", {"DA06": "153", "DA07": "91"}),
    ("DA06 Q2 153 Q1 135\nDA07 Q2 91% Q1 84%", {"DA06": "153", "DA07": "91"}),
    ("Cleints refered for specialist: 153", {"DA06": "153"}),
    ("Risk reduced: 91%\nLittering notices - 12", {"DA07": "91", "SF2": "12"}),
    ("First-time entrants: 80 (395 per 100k)", {"NI111": "395"}),
    ("Code | Q1 | Q2 | Target\nDA06 | 135 | 153 | 340\nDA07 | 84% | 91% |", {"DA06": "153", "DA07": "91"}),
    ("Indicator\tFigure\tComment\nDA06\t153\tUp on 135 last quarter\nDA07\t91%\t", {"DA06": "153", "DA07": "91"}),
    ("DA06 153\nYear to date:\nDA07 91%", {"DA06": "153"}),
    ("DA06 153 (IOM2 cohort, A&E)", {"DA06": "153"}),
    ("DA06 should be 135", {"DA06": "135"}),
    ("Here are our figures for Q2 2015-16.\nDA06 153", {"DA06": "153"}),
    ("Further to your email of 5 October\nDA06 153", {"DA06": "153"}),
    ("Hi,\n\nDA06 153\n\nThanks\nPerformance team\n01634 555 0142 | ext 2219", {"DA06": "153"}),
    ("DA06 153\n\nOn Mon, 5 Oct 2015 at 09:00, Returns <returns@example.org> wrote:\n> 2. DA07 (84%)", {"DA06": "153"}),
]


@pytest.mark.parametrize(("text", "certain"), REPLIES)
def test_each_figure_goes_to_the_indicator_it_was_written_for(text: str, certain: dict[str, str]) -> None:
    assert figures(read_list(text)) == {code: Decimal(value) for code, value in certain.items()}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("153 DA06, 91% DA07", {"DA06", "DA07"}),
        ("DA06 and DA07 were 153 and 91%", {"DA06", "DA07"}),
        ("Referrals: 153", {"DA06", "DA08"}),
        ("DA06\t153\t340", {"DA06"}),
        ("DA06 153\nDA06 135", {"DA06"}),
        ("Since April: DA06 288, DA07 91%", {"DA06", "DA07"}),
        ("Q1 figures below:\nDA06 135\nDA07 84%", {"DA06", "DA07"}),
        ("Here are our figures for Q1 2015-16.\nDA06 153", {"DA06"}),
        ("DA06 153, DA07 91% - both since April", {"DA06", "DA07"}),
        ("Code\tQ1\tQ2\nDA06\t135", {"DA06"}),
        ("I do not think DA06 is 153", {"DA06"}),
        ("ask the analyst about DA06, he has 153", {"DA06"}),
        ("DA06 by Friday", {"DA06"}),
        ("DA06: 153\n\nWe have had 3 advisers leave and 2 join.", {"DA06"}),
    ],
)
def test_words_that_fit_more_than_one_reading_are_asked_about(text: str, codes: set[str]) -> None:
    reading = read_list(text)
    assert figures(reading) == {}
    assert asked_about(reading) == codes


def test_a_code_nobody_knows_is_named_and_its_figure_goes_nowhere() -> None:
    reading = read_list("DA06: 153\nDA99: 12")
    assert reading.unknown_codes == ("DA99",)
    assert figures(reading) == {"DA06": Decimal(153)}


@pytest.mark.parametrize("text", ["Q2 was busy", "A&E referrals", "see the IOM2 report"])
def test_ordinary_words_with_digits_are_no_codes(text: str) -> None:
    assert read_list(text).unknown_codes == ()


def test_greetings_thanks_and_signatures_are_left_over() -> None:
    reading = read_list("Hello all,\nDA06 153\nKind regards,\nPerformance team\n01634 555 0142")
    assert reading.left_over == "Hello all,\nKind regards,\nPerformance team\n01634 555 0142"


def test_a_label_with_nothing_after_it_asks_for_the_figure() -> None:
    (item, other) = read_list("DA06\nDA07 91%").items
    assert (item.code, item.candidates, other.certain) == ("DA06", (), True)
    assert item.doubts


def test_a_number_alone_in_a_reply_to_many_questions_is_nobodys() -> None:
    reading = read_list("2")
    assert (reading.items, reading.left_over) == ((), "2")


CHOICES = (OpenChoice(1, "DA07", Decimal(19)), OpenChoice(2, "DA07", Decimal("28.8")))
TWO_QUERIES = (*CHOICES, OpenChoice(3, "DA08", Decimal(5)), OpenChoice(4, "DA08", Decimal(50)))


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("1", (1,)),
        ("2", (2,)),
        ("option 2", (2,)),
        ("1 please", (1,)),
        ("the second", (2,)),
        ("Reply 2", (2,)),
        ("2.", (2,)),
        ("2 - thanks", (2,)),
        ("Hi,\n2\nThanks", (2,)),
        ("1\n4", (1, 4)),
        ("1, 3", (1, 3)),
    ],
)
def test_a_choice_is_taken_by_its_number(text: str, chosen: tuple[int, ...]) -> None:
    assert read_list(text, TWO_QUERIES).chosen == chosen


@pytest.mark.parametrize("text", ["28.8%", "28.8", "it should be 28.8", "28.8% is right"])
def test_a_choice_is_taken_by_repeating_its_figure(text: str) -> None:
    assert read_list(text, CHOICES).chosen == (2,)


def test_another_figure_than_those_offered_is_read_for_the_open_query() -> None:
    reading = read_list("16 of 52", CHOICES)
    assert (reading.chosen, figures(reading)) == ((), {"DA07": Decimal("30.8")})


def test_a_list_number_with_a_figure_is_no_choice() -> None:
    reading = read_list("1. 153", TWO_QUERIES)
    assert (reading.chosen, figures(reading)) == ((), {"DA06": Decimal(153)})


def test_two_choices_for_one_query_are_asked_about() -> None:
    reading = read_list("1 and 2", TWO_QUERIES)
    assert (reading.chosen, asked_about(reading)) == ((), {"DA07"})


def test_a_number_that_is_one_choices_number_and_anothers_figure_is_asked_about() -> None:
    choices = (OpenChoice(1, "SF2", Decimal(2)), OpenChoice(2, "SF2", Decimal(5)))
    reading = read_list("2", choices)
    assert (reading.chosen, asked_about(reading)) == ((), {"SF2"})


def test_a_figure_can_come_with_a_choice_for_something_else() -> None:
    reading = read_list("DA06 153\n2", CHOICES[:0] + TWO_QUERIES)
    assert (reading.chosen, figures(reading)) == ((2,), {"DA06": Decimal(153)})


def test_titles_that_begin_alike_are_told_apart_only_by_what_differs() -> None:
    asked = (
        Asked(1, "A1", "Share of leavers in paid work", "percent"),
        Asked(2, "A2", "Share of leavers in settled homes", "percent"),
    )
    assert figures(read_list("Share of leavers in settled: 60%", asked=asked)) == {"A2": Decimal(60)}
    assert asked_about(read_list("Share of leavers in: 60%", asked=asked)) == {"A1", "A2"}
