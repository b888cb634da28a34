"""Sentences made from a known figure read back as that figure, or are asked about: never as another one."""

from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.parsers.figures.asking import figures, read_list, read_one

COUNTS = st.integers(0, 99_999)
PERCENTS = st.decimals(0, 100, places=1)
SMALL = st.integers(1, 400)

COUNT_SENTENCES = st.sampled_from(
    [
        "{n}",
        "{n} referrals",
        "There were {n} clients referred this quarter",
        "Q1: {m}, Q2: {n}",
        "Q1 - {m} Q2 - {n}",
        "{n} (Q1: {m})",
        "{n} compared with {m} last quarter",
        "{n}, up from {m}",
        "from {m} to {n}",
        "{m} in Q1 and {n} in Q2",
        "{n} this quarter, {m} to date",
        "{n} (target {m})",
        "target {m}, actual {n}",
        "{n}. Year end total {m}",
        "{n}, not {m}",
        "{n} last quarter {m}",
        "{m} then {n}",
        "{m} down on {n}",
        "{n} up {m}",
        "{n}, {m} more than last quarter",
        "Last quarter {m}. {n} now.",
        "{n} for Jul-Sep, {m} for Apr-Jun",
    ]
)
PERCENT_SENTENCES = st.sampled_from(
    [
        "{n}%",
        "{n} per cent",
        "Q1 - {m}% Q2 - {n}%",
        "{n}% compared with {m}% last quarter",
        "{n}% against a target of {m}%",
        "{n}% v {m}% target",
        "from {m}% to {n}%",
        "up {m}% to {n}%",
        "{m}% in Q1, {n}% in Q2",
        "Q2 was {n}% and Q1 was {m}%",
        "{n}% ({m}% last year)",
        "{n}% {m}%",
        "{n}% lower than {m}%",
        "{n}% (England {m}%)",
    ]
)


@given(COUNTS, COUNTS, COUNT_SENTENCES, st.booleans())
def test_a_count_reads_back_or_is_asked_about(n: int, m: int, sentence: str, commas: bool) -> None:
    text = sentence.format(n=f"{n:,}" if commas else n, m=m)
    item = read_one(text)
    assert not item.certain or item.candidates[0].value == n


@given(PERCENTS, PERCENTS, PERCENT_SENTENCES)
def test_a_percentage_reads_back_or_is_asked_about(n: Decimal, m: Decimal, sentence: str) -> None:
    item = read_one(sentence.format(n=n, m=m), "percent")
    assert not item.certain or item.candidates[0].value == n


@given(SMALL, SMALL, st.integers(0, 100))
def test_a_percentage_is_certain_only_if_its_counts_bear_it_out(top: int, bottom: int, given_: int) -> None:
    item = read_one(f"{given_}% ({top} of {bottom})", "percent")
    if item.certain:
        assert item.candidates[0].value is not None
        assert abs(item.candidates[0].value - Decimal(100 * top) / bottom) <= Decimal("0.5")


@given(COUNTS, PERCENTS, st.permutations(["DA06 {n}", "DA07: {p}%", "SF2 - {n}"]))
def test_the_order_of_a_reply_changes_nothing(n: int, p: Decimal, lines: list[str]) -> None:
    assume(not 1900 <= n < 2100)  # such a number could be a year and is asked about
    found = figures(read_list("\n".join(lines).format(n=n, p=p)))
    assert found == {"DA06": Decimal(n), "DA07": p, "SF2": Decimal(n)}


@given(st.text(max_size=300))
def test_any_text_at_all_is_read_without_failing(text: str) -> None:
    read_one(text)
    read_list(text)
    assert read_one(text) == read_one(text)
