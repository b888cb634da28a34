from decimal import Decimal
from typing import Any

import pytest

from collector.assessment import judge
from collector.domain.figure import FigureStatus, Reported
from collector.domain.indicator import Basis, Definition, Polarity, Unit
from collector.domain.period import Span
from collector.domain.rag import Rag
from collector.domain.target import NO_TARGET, Comparator, Target
from tests.builders import Q2, define


def target(comparator: Comparator, value: str, high: str | None = None, **more: Any) -> Target:
    return Target(comparator, f"{comparator} {value}", Decimal(value), Decimal(high) if high else None, **more)


def smaller(limit: Target) -> Definition:
    return define("X1", Unit.PERCENT, limit, polarity=Polarity.SMALLER)


def said(value: str | None, **more: Any) -> Reported:
    status = more.pop("status", FigureStatus.REPORTED)
    return Reported("X1", Q2, status, Decimal(value) if value else None, **more)


@pytest.mark.parametrize(
    ("limit", "value", "colour"),
    [
        (target(Comparator.AT_LEAST, "85"), "85", Rag.GREEN),
        (target(Comparator.AT_LEAST, "85"), "84.99", Rag.AMBER),
        (target(Comparator.AT_LEAST, "85"), "80.75", Rag.AMBER),
        (target(Comparator.AT_LEAST, "85"), "80.74", Rag.RED),
        (target(Comparator.ABOVE, "85"), "85", Rag.AMBER),
        (target(Comparator.AT_MOST, "28"), "28", Rag.GREEN),
        (target(Comparator.BELOW, "28"), "28", Rag.AMBER),
        (target(Comparator.BELOW, "28"), "29.4", Rag.AMBER),
        (target(Comparator.BELOW, "28"), "29.41", Rag.RED),
        (target(Comparator.BETWEEN, "10", "20"), "10", Rag.GREEN),
        (target(Comparator.BETWEEN, "10", "20"), "20", Rag.GREEN),
        (target(Comparator.BETWEEN, "10", "20"), "21", Rag.AMBER),
        (target(Comparator.BETWEEN, "10", "20"), "21.1", Rag.RED),
        (target(Comparator.AT_LEAST, "85", tolerance=Decimal(0)), "84.9", Rag.RED),
        (target(Comparator.AT_LEAST, "85", tolerance=Decimal(10)), "75", Rag.AMBER),
    ],
)
def test_a_figure_has_the_colour_its_distance_from_the_target_gives(limit: Target, value: str, colour: Rag) -> None:
    judged = judge(smaller(limit), said(value))
    assert judged.rag is colour
    assert judged.why.startswith(colour.word + ": ")


@pytest.mark.parametrize(
    ("polarity", "value", "colour"),
    [
        (Polarity.PLAN, "9.5", Rag.AMBER),
        (Polarity.PLAN, "9.4", Rag.RED),
        (Polarity.PLAN, "21.1", Rag.RED),
        (Polarity.SMALLER, "9.4", Rag.GREEN),
        (Polarity.SMALLER, "21.1", Rag.RED),
        (Polarity.BIGGER, "21.1", Rag.GREEN),
        (Polarity.BIGGER, "9.4", Rag.RED),
    ],
)
def test_better_than_a_band_is_a_miss_only_where_plan_is_best(polarity: Polarity, value: str, colour: Rag) -> None:
    definition = define("X1", Unit.PERCENT, target(Comparator.BETWEEN, "10", "20"), polarity=polarity)
    judged = judge(definition, said(value))
    assert judged.rag is colour
    assert ("is better than the target" in judged.why) == (colour is Rag.GREEN)


@pytest.mark.parametrize(
    ("value", "colour", "shown"),
    [
        ("29.4", "Amber", "29.4%"),
        ("29.41", "Red", "29.41%"),
        ("29.404", "Red", "29.404%"),
        ("28.35", "Amber", "28.35%"),
    ],
)
def test_the_line_never_contradicts_itself_at_the_edge_of_the_tolerance(value: str, colour: str, shown: str) -> None:
    why = judge(smaller(target(Comparator.BELOW, "28")), said(value)).why
    assert why.startswith(f"{colour}: {shown} misses the target, below 28%,")
    assert why.endswith("tolerance (to 29.4%).")


def test_a_computed_value_is_told_apart_from_the_edge_of_the_tolerance() -> None:
    reported = said("29.4", numerator=Decimal(5), denominator=Decimal(17))
    assert judge(smaller(target(Comparator.BELOW, "28")), reported).why == (
        "Red: 29.41% misses the target, below 28%, and its tolerance (to 29.4%); only 17 in the denominator."
    )


def test_the_edge_of_a_reduction_is_told_as_people_say_it() -> None:
    definition = define("X1", Unit.CHANGE_PERCENT, target(Comparator.AT_MOST, "-5"), polarity=Polarity.SMALLER)
    assert judge(definition, said("-4.8")).why == (
        "Amber: 4.8% reduction misses the target, a reduction of at least 5%, by no more than the tolerance"
        " (to a reduction of 4.75%)."
    )


def test_a_target_for_a_reduction_is_told_as_people_say_it() -> None:
    definition = define("X1", Unit.CHANGE_PERCENT, target(Comparator.AT_MOST, "-5"), polarity=Polarity.SMALLER)
    assert judge(definition, said("-72.7")).why == (
        "Green: 72.7% reduction meets the target, a reduction of at least 5%."
    )
    assert judge(definition, said("3")).rag is Rag.RED


def test_the_counts_are_judged_and_not_the_rounded_percentage() -> None:
    definition = define("X1", Unit.PERCENT, target(Comparator.AT_LEAST, "33.3"))
    judged = judge(definition, said("33", numerator=Decimal(1), denominator=Decimal(3)))
    assert judged.rag is Rag.GREEN, "33.33... is at least 33.3 though it is given as 33"
    assert "only 3 in the denominator" in judged.why


@pytest.mark.parametrize(
    ("definition", "reported", "why"),
    [
        (define("X1", Unit.PERCENT), said("50"), "no target is set"),
        (define("X1", Unit.PERCENT, Target(Comparator.MILESTONE, "done")), said("50"), "not one figure to compare"),
        (define("X1", Unit.COUNT, Target(Comparator.CHANGE, "5% less", Decimal(-5))), said("50"), "not one figure"),
        (
            define("X1", Unit.PERCENT, target(Comparator.AT_LEAST, "5", confirmed=False)),
            said("50"),
            "nobody has confirmed yet",
        ),
        (
            define("X1", Unit.PERCENT, target(Comparator.AT_LEAST, "5"), polarity=Polarity.UNCONFIRMED),
            said("50"),
            "whether more or less is better",
        ),
        (define("X1", Unit.COUNT, target(Comparator.AT_LEAST, "10", per_year=True)), said("3"), "for the whole year"),
        (define("X1", Unit.PERCENT, target(Comparator.AT_LEAST, "5")), said("50", basis=Basis.TO_DATE), "to date"),
        (
            define("X1", Unit.PERCENT, target(Comparator.AT_LEAST, "5")),
            said("50", reference=Span(Q2.last_year.span.start, Q2.last_year.span.end)),
            "the figure covers 1 Jul 2014",
        ),
        (
            define("X1", Unit.PERCENT, target(Comparator.AT_LEAST, "5")),
            said(None, status=FigureStatus.NOT_AVAILABLE),
            "no figure to judge",
        ),
        (define("X1", Unit.MILESTONE, NO_TARGET), said(None, status=FigureStatus.NARRATIVE), "a progress note"),
    ],
)
def test_honest_there_is_no_colour_without_what_it_needs(definition: Definition, reported: Reported, why: str) -> None:
    judged = judge(definition, reported)
    assert judged.rag is None
    assert why in judged.why
