"""Nobody gets in under another's name, and genuine mail of each configured kind does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.mail.trust import MICROSOFT, Border, Internal, domains_of, internal_of
from parsers.mime import open_mail
from tests.bot.mail.forgeries import INSIDE, NAMED, TENANT, VICTIMS, WITHOUT_DMARC, forgeries

_INTERNAL = Internal(INSIDE, "Internal", TENANT)
OURS = Border(NAMED, _INTERNAL, WITHOUT_DMARC)
EXCHANGE = Border(MICROSOFT, _INTERNAL, WITHOUT_DMARC)


def accepted(raw: bytes, border: Border) -> str | None:
    """Whom a message is taken to be from, None where nobody is believed."""
    opened = open_mail(raw, len(raw), cut=False)
    trusted, _ = border.trusted(opened)
    return opened.senders[0] if trusted and opened.senders[0] in VICTIMS else None


def test_of_more_than_a_thousand_forgeries_none_is_accepted() -> None:
    made = list(forgeries(each=25))
    assert len(made) > 1000
    let_in = [one for one in made if accepted(one.raw, EXCHANGE if one.microsoft else OURS)]
    assert [(one.kind, one.number, one.raw[:600]) for one in let_in] == []


def genuine(sender: str, *headers: str) -> bytes:
    lines = (*headers, f"From: The Officer <{sender}>", "To: returns@csp.example.org", "Subject: Q2", "", "DA06 153")
    return "\r\n".join(lines).encode()


MICROSOFTS = (
    "Authentication-Results: spf=pass (sender IP is 192.0.2.7)\r\n smtp.mailfrom=police.example.org;"
    " dkim=pass (signature was verified)\r\n header.d=police.example.org;dmarc=pass action=none\r\n"
    " header.from=police.example.org;compauth=pass reason=100"
)


@pytest.mark.parametrize(
    ("border", "raw"),
    [
        (
            OURS,
            genuine(VICTIMS[0], f"Authentication-Results: {NAMED}; dmarc=pass header.from=police.example.org"),
        ),
        (
            OURS,
            genuine(
                VICTIMS[1], f"Authentication-Results: {NAMED} 1; spf=fail; DMARC=Pass header.from=Kent.Example.ORG"
            ),
        ),
        (EXCHANGE, genuine(VICTIMS[0], MICROSOFTS)),
        (EXCHANGE, genuine(VICTIMS[2], f"{INSIDE}: Internal", "X-MS-Exchange-Organization-SCL: -1")),
        (
            EXCHANGE,
            genuine(
                VICTIMS[3],
                "Authentication-Results: spf=pass smtp.mailfrom=bounces.health.example.org;dkim=none header.d=none;"
                "dmarc=bestguesspass action=none header.from=health.example.org;compauth=pass reason=109",
            ),
        ),
        (
            OURS,
            genuine(
                VICTIMS[3],
                f"Authentication-Results: {NAMED}; spf=softfail smtp.mailfrom=list.example.net;"
                " dkim=pass header.d=health.example.org; dmarc=none",
            ),
        ),
        (OURS, genuine(VICTIMS[3], f"Authentication-Results: {NAMED}; dkim=pass header.d=health.example.org")),
    ],
)
def test_genuine_mail_of_each_configured_kind_is_accepted(border: Border, raw: bytes) -> None:
    assert accepted(raw, border) in VICTIMS


@pytest.mark.parametrize(
    ("sender", "headers"),
    [
        # The mark vouches for the tenant's own domains only, once, with its very value.
        (VICTIMS[0], (f"{INSIDE}: Internal",)),
        (VICTIMS[2], (f"{INSIDE}: Anonymous",)),
        (VICTIMS[2], (f"{INSIDE}: Internal", f"{INSIDE}: Anonymous")),
        # A policy that fails is never waived, and what passed must be the sender's own domain.
        (
            VICTIMS[3],
            ("Authentication-Results: dkim=pass header.d=health.example.org;dmarc=fail",),
        ),
        (VICTIMS[3], ("Authentication-Results: spf=pass smtp.mailfrom=evilhealth.example.org;dmarc=none",)),
        (VICTIMS[3], ("Authentication-Results: spf=pass smtp.mailfrom=example.org;dmarc=none",)),
        (VICTIMS[3], ("Authentication-Results: spf=none smtp.mailfrom=health.example.org;dmarc=none",)),
        # Microsoft always says for which domain; and it signs with no name.
        (VICTIMS[0], ("Authentication-Results: spf=pass;dmarc=pass action=none",)),
        (VICTIMS[0], (f"Authentication-Results: {NAMED}; dmarc=pass header.from=police.example.org",)),
    ],
)
def test_half_a_proof_is_none(sender: str, headers: tuple[str, ...]) -> None:
    assert accepted(genuine(sender, *headers), EXCHANGE) is None


def test_without_settings_of_its_own_a_border_vouches_for_nothing_but_dmarc() -> None:
    assert accepted(genuine(VICTIMS[2], f"{INSIDE}: Internal"), Border(MICROSOFT)) is None
    signed = genuine(VICTIMS[3], f"Authentication-Results: {NAMED}; dkim=pass header.d=health.example.org; dmarc=none")
    assert accepted(signed, Border(NAMED)) is None


_FOLDS = st.sampled_from(["\r\n ", "\r\n\t", "\n  ", " ", "  "])


@given(st.lists(_FOLDS, min_size=4, max_size=4), st.booleans())
def test_however_a_header_is_folded_it_says_the_same(folds: list[str], named: bool) -> None:
    start = f"{NAMED};" if named else "spf=pass smtp.mailfrom=police.example.org;"
    words = (start, "dmarc=pass", "(p=reject)", "header.from=police.example.org")
    verdict = "Authentication-Results:" + "".join(fold + word for fold, word in zip(folds, words, strict=True))
    assert accepted(genuine(VICTIMS[0], verdict), OURS if named else EXCHANGE) == VICTIMS[0]


@given(st.text(min_size=1, max_size=3).filter(lambda odd: odd.strip()), st.integers(1, len(VICTIMS[1]) - 1))
def test_no_letter_that_is_added_to_an_address_is_overlooked(odd: str, at: int) -> None:
    spoilt = VICTIMS[1][:at] + odd + VICTIMS[1][at:]
    raw = b"Authentication-Results: border.example.org; dmarc=pass\r\nFrom: " + spoilt.encode("utf-8", "replace")
    assert accepted(raw + b"\r\nSubject: x\r\n\r\nDA06 1", OURS) in (None, spoilt.lower() if spoilt.isascii() else None)


@given(st.integers(0, len(VICTIMS[1]) - 1), st.characters(min_codepoint=128))
def test_no_letter_of_another_script_stands_for_one_of_ours(at: int, odd: str) -> None:
    spoilt = VICTIMS[1][:at] + odd + VICTIMS[1][at + 1 :]
    raw = b"Authentication-Results: border.example.org; dmarc=pass\r\nFrom: " + spoilt.encode("utf-8", "replace")
    assert accepted(raw + b"\r\nSubject: x\r\n\r\nDA06 1", OURS) is None


@given(st.text(max_size=200))
def test_no_verdict_in_another_name_is_believed_whatever_it_holds(text: str) -> None:
    verdict = f"Authentication-Results: mx.evil.example.net; {text}".replace("\n", " ").replace("\r", " ")
    assert accepted(genuine(VICTIMS[0], verdict), OURS) is None


def test_settings_are_read_as_an_it_officer_writes_them() -> None:
    domains = domains_of("Council.example.org, police.example.org")
    assert internal_of("X-MS-Exchange-Organization-AuthAs: Internal", domains) == Internal(INSIDE, "Internal", domains)
    assert internal_of(None, domains) is None


@pytest.mark.parametrize(
    ("header", "domains", "why"),
    [
        ("Internal", "council.example.org", "Name: value"),
        ("From: x", "council.example.org", "Name: value"),
        (f"{INSIDE}: Internal", "", "MAIL_INTERNAL_DOMAINS"),
        (f"{INSIDE}: Internal", "council example", "is not a domain"),
    ],
)
def test_a_setting_that_can_not_be_used_says_how_to_write_it(header: str, domains: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        internal_of(header, domains_of(domains))
