"""The digest's small charts, its one page, and the week in which nothing changed."""

from dataclasses import replace
from decimal import Decimal

from collector.domain.rag import Rag
from collector.messages import MovedPoint
from collector.moved import MOST_CHARTS
from collector.signoff import sign
from collector.summary import digest
from tests.builders import HISTORY, OPENS, PARTNERSHIP, Office, at, figure, percent
from tests.support.orders import orders


def test_before_sign_off_a_chart_shows_the_figures_and_nothing_to_judge_by(office: Office) -> None:
    office.says("da", "DA06 153", at(20))
    (chart,) = digest(office.view(), at(21), OPENS).moved
    assert chart.title == "Short of DA06"
    assert chart.points == (
        MovedPoint("Q4 2014-15", Decimal(139)),
        MovedPoint("Q1 2015-16", Decimal(135)),
        MovedPoint("Q2 2015-16", Decimal(153)),
    )
    assert (chart.goal, chart.rag) == (None, None)
    assert chart.words == "Q4 2014-15 139, Q1 2015-16 135, Q2 2015-16 153"


def test_a_signed_figure_has_its_colour_and_its_target_and_red_comes_first(office: Office) -> None:
    office.says("yot", "RO06 28.8% (15 of 52)", at(20))
    office.says("da", "DA06 153, DA07 91%", at(20))
    orders(office, sign, "P1", by="dph", when=at(21))
    charts = digest(office.view(), at(22), OPENS).moved
    assert [(chart.title, chart.rag, chart.goal) for chart in charts] == [
        ("Short of DA06", Rag.RED, Decimal(340)),
        ("Short of RO06", Rag.GREEN, Decimal(50)),
    ]
    assert charts[0].words.endswith("; target 340")


def test_what_did_not_move_or_came_before_the_last_digest_has_no_chart(office: Office) -> None:
    office.says("yot", "RO06 43%", at(20))
    assert digest(office.view(), at(21), OPENS).moved == ()
    office.says("da", "DA06 153", at(20))
    assert digest(office.view(), at(22), at(21)).moved == ()


def test_the_due_date_itself_is_a_change_and_a_week_later_nothing_is(office: Office) -> None:
    assert digest(office.view(), at(26), at(16, 12)).unchanged_since is None
    assert digest(office.view(), at(30), at(26)).unchanged_since == at(26)


def test_a_large_round_still_makes_one_page(office: Office) -> None:
    codes = [f"AB{number:02d}" for number in range(30)]
    earlier = HISTORY[1].period
    office.loads(
        at(6),
        replace(
            PARTNERSHIP,
            definitions=(*PARTNERSHIP.definitions, *(percent(code) for code in codes)),
            responsibilities=(
                *PARTNERSHIP.responsibilities,
                *(replace(PARTNERSHIP.responsibilities[0], measure=code) for code in codes),
            ),
            history=(*HISTORY, *(figure(code, earlier, "50") for code in codes)),
        ),
    )
    office.clock.tick(at(7))
    for number, code in enumerate(codes[:13]):
        office.says("da", f"{code}: {'19% (15 of 52)' if number else '40%'}", at(8))
    page = digest(office.view(), at(9), OPENS)
    assert len(page.doubtful) == 11
    assert page.doubtful[-1].text == "and 2 more, which the coordinator can show you"
    assert len(page.moved) <= MOST_CHARTS
