import pytest

from bot.mail.trust import Border
from collector.domain.submission import Opened, Refusal

BORDER = Border("Border.example.org")
PASS = "border.example.org; dmarc=pass header.from=police.example.org"


def opened(*verdicts: str, senders: tuple[str, ...] = ("commander@police.example.org",)) -> Opened:
    return Opened(senders, "Q2", "", "", "<1@police.example.org>", (), None, "f", verdicts=verdicts)


@pytest.mark.parametrize(
    "verdict",
    [
        PASS,
        "border.example.org; dmarc=pass",
        "BORDER.EXAMPLE.ORG 1; spf=pass smtp.mailfrom=police.example.org; dmarc=pass header.from=Police.Example.Org",
        "border.example.org (the (nested) border); dkim=fail; dmarc = pass (p=reject) header.from=police.example.org",
        'border.example.org; dmarc=pass reason="all; is (well)" header.from="police.example.org"',
        "border.example.org;\r\n dmarc=pass\r\n header.from=police.example.org.",
        "border.example.org; DMARC/1=PASS policy.dmarc=none header . from = police.example.org",
    ],
)
def test_what_the_border_server_vouches_for_is_trusted(verdict: str) -> None:
    assert BORDER.trusted(opened(verdict)) == (True, "the border server says dmarc=pass for police.example.org")


@pytest.mark.parametrize(
    ("verdict", "why"),
    [
        ("border.example.org; none", "says nothing on DMARC"),
        ("border.example.org; spf=pass; dkim=pass", "says nothing on DMARC"),
        ("border.example.org; dmarc=fail header.from=police.example.org", "dmarc=fail"),
        ("border.example.org; dmarc=none", "dmarc=none"),
        ("border.example.org; dmarc=passed", "dmarc=passed"),
        ("border.example.org; dmarc=pass; dmarc=fail", "dmarc=fail"),
        ("border.example.org; dmarc=pass header.from=evil.example.org", "vouches for evil.example.org"),
        ("border.example.org; dmarc=pass header.from=sub.police.example.org", "vouches for sub.police.example.org"),
        ("evil.example.org; dmarc=pass", "not from border.example.org"),
        ("border.example.org.evil.example.org; dmarc=pass", "not from border.example.org"),
        ("(border.example.org) evil.example.org; dmarc=pass", "not from border.example.org"),
        ("border.example.org; (dmarc=pass) spf=pass", "says nothing on DMARC"),
        ('border.example.org; spf=fail reason="; dmarc=pass "', "says nothing on DMARC"),
        ('border.example.org; spf=fail reason="\\"; dmarc=pass; \\""', "says nothing on DMARC"),
        ("border.example.org; (open dmarc=pass", "not from border.example.org"),
        ('border.example.org; "open dmarc=pass', "not from border.example.org"),
        ("border.example.org; x.dmarc=pass", "says nothing on DMARC"),
        ("", "not from border.example.org"),
        (";;;", "not from border.example.org"),
    ],
)
def test_anything_else_is_not_trusted(verdict: str, why: str) -> None:
    trusted, words = BORDER.trusted(opened(verdict))
    assert not trusted
    assert why in words


def test_only_the_topmost_header_counts() -> None:
    assert BORDER.trusted(opened("evil.example.org; dmarc=fail", PASS))[0] is False
    assert BORDER.trusted(opened(PASS, "evil.example.org; dmarc=fail"))[0] is True


def test_without_the_border_servers_word_nobody_is_trusted() -> None:
    assert BORDER.trusted(opened()) == (False, "it did not come through the border server border.example.org")


@pytest.mark.parametrize("senders", [(), ("a@police.example.org", "b@police.example.org"), ("a@x.example.org",) * 2])
def test_anything_but_one_sender_is_not_trusted(senders: tuple[str, ...]) -> None:
    assert BORDER.trusted(opened(PASS, senders=senders))[0] is False
    assert Border(None).trusted(opened(PASS, senders=senders))[0] is False


def test_in_a_rehearsal_the_from_line_is_believed() -> None:
    assert Border(None).trusted(opened())[0] is True
    assert Border("").trusted(opened())[0] is True


def test_a_message_that_can_not_be_opened_is_judged_by_its_headers() -> None:
    refusal = Refusal("too_big", "It is too big.", ("commander@police.example.org",), verdicts=(PASS,))
    assert BORDER.trusted(refusal)[0] is True


def test_a_long_hostile_header_takes_no_time() -> None:
    assert BORDER.trusted(opened("border.example.org; dmarc=pass header.from=" + "header.from= " * 5000))[0] is False
