"""Forged mail by the hundred: somebody who owns evil.example.net tries to be one of the people we know.

What the border server says on top is what an honest one says; everything below it is the forger's.
"""

import random
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass

NAMED = "border.example.org"
INSIDE = "X-MS-Exchange-Organization-AuthAs"
#: The people we know: with DMARC, with a k that has a double, inside our own tenant, and without DMARC.
VICTIMS = (
    "commander@police.example.org",
    "kate.risk@kent.example.org",
    "officer@council.example.org",
    "dph@health.example.org",
)
TENANT, WITHOUT_DMARC = frozenset({"council.example.org"}), frozenset({"health.example.org"})
_OWN = "evil.example.net"

Maker = Callable[[random.Random, str], "Forged"]


@dataclass(frozen=True)
class Forged:
    """A message as the forger writes it, and what the border found: `passed` is the domain DMARC passed for."""

    headers: tuple[bytes, ...]
    passed: str = ""
    named: bool = True
    body: str = "DA06 999\n"


@dataclass(frozen=True)
class Arrived:
    """A forged message behind a border server."""

    kind: str
    number: int
    microsoft: bool
    raw: bytes


def forgeries(each: int, seed: int = 20151005) -> Iterator[Arrived]:
    """So many messages of each kind, behind each sort of border; the same every time."""
    for kind in KINDS:
        for number in range(each):
            chance = random.Random(f"{seed}:{kind.__name__}:{number}")
            forged = kind(chance, chance.choice(VICTIMS))
            for microsoft in (False, True):
                yield Arrived(kind.__name__, number, microsoft, behind_border(forged, microsoft, chance))


def behind_border(forged: Forged, microsoft: bool, chance: random.Random) -> bytes:
    """Its own verdict on top of everything; the mark of inside mail taken off."""
    passed, victim = forged.passed, "police.example.org"
    spf = f"spf=pass smtp.mailfrom={_OWN}"
    named = f" header.from={passed or victim}" if forged.named or microsoft else ""
    dmarc = f"dmarc={'pass' if passed else chance.choice(('fail', 'none', 'temperror', 'permerror'))}{named}"
    dkim = f"dkim=pass header.d={_OWN}"
    results = ("; " if not microsoft else ";").join((spf, dkim, dmarc))
    verdict = results if microsoft else f"{NAMED}; {results}"
    headers = [line for line in forged.headers if not line.lower().startswith(INSIDE.lower().encode() + b":")]
    top = (
        b"Authentication-Results: " + verdict.encode(),
        b"Received: from evil by border; Mon, 5 Oct 2015 09:00:00 +0000",
    )
    rest = (b"To: returns@csp.example.org", b"Subject: Q2", b"Date: Mon, 5 Oct 2015 10:00:00 +0100")
    identity = f"Message-ID: <{chance.getrandbits(64):x}@{_OWN}>".encode()
    return b"\r\n".join((*top, *headers, *rest, identity, b"", forged.body.encode()))


def _from(value: str) -> bytes:
    return f"From: {value}".encode()


def plain(chance: random.Random, victim: str) -> Forged:
    return Forged((_from(chance.choice((victim, f"<{victim}>", f"The Commander <{victim}>", victim.upper()))),))


def display_name(chance: random.Random, victim: str) -> Forged:
    name = chance.choice((f'"{victim}"', f'"Commander <{victim}>"', f"'{victim}'", f'"{victim}" (Kent)', "Commander"))
    return Forged((_from(f"{name} <mallory@{_OWN}>"),), _OWN)


def address_as_name(chance: random.Random, victim: str) -> Forged:
    value = chance.choice(
        (f"{victim} <m@{_OWN}>", f"{victim}<m@{_OWN}>", f"<{victim}> <m@{_OWN}>", f"{victim} m@{_OWN}")
    )
    return Forged((_from(value),), _OWN, named=chance.random() < 0.5)


def lookalike_domain(chance: random.Random, victim: str) -> Forged:
    local, _, domain = victim.partition("@")
    fake = chance.choice(
        (
            f"{domain}.{_OWN}",
            domain.replace("example.org", "example.net"),
            domain.replace(".", "-", 1),
            domain.replace("l", "1").replace("o", "0"),
            f"x{domain}",
            f"mail.{domain}",
            domain + "g",
            domain.replace("e", "3", 1),
        )
    )
    return Forged((_from(f"{local}@{fake}"),), fake)


def two_addresses(chance: random.Random, victim: str) -> Forged:
    pair = [victim, f"m@{_OWN}"]
    chance.shuffle(pair)
    return Forged((_from(chance.choice((", ", ",", " , ,", "; ")).join(pair)),), _OWN, named=chance.random() < 0.5)


def two_from_headers(chance: random.Random, victim: str) -> Forged:
    lines = [_from(victim), _from(f"m@{_OWN}"), *([_from(victim)] if chance.random() < 0.3 else [])]
    chance.shuffle(lines)
    return Forged(tuple(lines), _OWN, named=chance.random() < 0.5)


def odd_from_name(chance: random.Random, victim: str) -> Forged:
    name = chance.choice(("From ", "FROM", "From\t", "fRoM "))
    return Forged((f"{name}: {victim}".encode(), _from(f"m@{_OWN}")), _OWN, named=chance.random() < 0.5)


def comments(chance: random.Random, victim: str) -> Forged:
    value = chance.choice(
        (
            f"m@{_OWN} ({victim})",
            f"({victim}) m@{_OWN}",
            f"{victim}(<m@{_OWN}>",
            f"m@{_OWN} (a (nested {victim}) one)",
            f"commander(comment)@police.example.org <m@{_OWN}>",
            f"<{victim} (really m@{_OWN})>",
            f"{victim} (\\) <m@{_OWN}>",
        )
    )
    return Forged((_from(value),), _OWN, named=chance.random() < 0.5)


def groups(chance: random.Random, victim: str) -> Forged:
    value = chance.choice((f"Police: {victim};", f"{victim}: m@{_OWN};", f"a:{victim},m@{_OWN};", f"x:;, {victim}"))
    return Forged((_from(value),), _OWN, named=False)


def encoded_words(chance: random.Random, victim: str) -> Forged:
    coded = b64encode(victim.encode()).decode()
    quoted = victim.replace("@", "=40").replace(".", "=2E")
    value = chance.choice(
        (
            f"=?utf-8?B?{coded}?= <m@{_OWN}>",
            f"=?utf-8?Q?{quoted}?= <m@{_OWN}>",
            f"<=?utf-8?Q?{quoted}?=>",
            f"=?utf-8?B?{coded}?=",
            f"=?us-ascii?Q?{quoted}_=3Cm?= <m@{_OWN}>",
        )
    )
    return Forged((_from(value),), _OWN, named=chance.random() < 0.5)


def folding(chance: random.Random, victim: str) -> Forged:
    fold = chance.choice(("\r\n ", "\r\n\t", "\n ", "\r\n  \t "))
    value = chance.choice(
        (f"{victim}{fold}<m@{_OWN}>", f"Commander{fold}<{victim}>{fold}<m@{_OWN}>", f"{fold}{victim},{fold}m@{_OWN}")
    )
    return Forged((_from(value),), _OWN, named=chance.random() < 0.5)


def broken_lines(chance: random.Random, victim: str) -> Forged:
    line = chance.choice((b"\r", b"\x00", b"\x0b", b"\x0c", b"\r\r\n", b"\x1c", b"\xc2\x85", b"\xe2\x80\xa8"))
    tricked = f"m@{_OWN}".encode() + line + b"From: " + victim.encode()
    return Forged((b"From: " + tricked,), _OWN, named=chance.random() < 0.5)


def unseen_characters(chance: random.Random, victim: str) -> Forged:
    at = chance.randrange(1, len(victim))
    odd = chance.choice(("\x00", "\u200b", "\u00ad", "\u202e", "\ufeff", "\u2060", "\x7f", "\x08", "\u00a0"))
    return Forged((_from(victim[:at] + odd + victim[at:]),), _OWN, named=False)


def homographs(chance: random.Random, victim: str) -> Forged:
    doubles = {
        "a": "\u0430",
        "c": "\u0441",
        "e": "\u0435",
        "o": "\u043e",
        "p": "\u0440",
        "k": "\u212a",
        "s": "\u017f",
        "i": "\u0131",
    }
    doubles |= {"x": "\uff58", "@": "\uff20", ".": "\u3002"}
    swaps = [letter for letter in doubles if letter in victim]
    letter = chance.choice(swaps)
    count = 1 if chance.random() < 0.5 else -1
    return Forged((_from(victim.replace(letter, doubles[letter], count)),), victim.partition("@")[2], named=False)


def idn(chance: random.Random, victim: str) -> Forged:
    local = victim.partition("@")[0]
    fake = chance.choice(("xn--plice-2of.example.org", "xn--kent-8cd.example.org", "xn--police.example.org"))
    return Forged((_from(f"{local}@{fake}"),), fake)


def subdomains(chance: random.Random, victim: str) -> Forged:
    local, _, domain = victim.partition("@")
    fake = chance.choice((f"m.{domain}", f"{domain}.", f"a.b.{domain}", domain.partition(".")[2], f".{domain}"))
    sender = chance.choice((f"{local}@{fake}", victim))
    return Forged((_from(sender),), fake.strip(".") if fake.strip(".") != domain else _OWN)


def header_from_mismatch(chance: random.Random, victim: str) -> Forged:
    return Forged((_from(victim),), chance.choice((_OWN, f"x.{victim.partition('@')[2]}", "example.org", "org")))


def reply_to_and_sender(chance: random.Random, victim: str) -> Forged:
    other = chance.choice(("Reply-To", "Sender", "Return-Path", "X-Original-From", "X-Sender", "Apparently-From"))
    return Forged((f"{other}: <{victim}>".encode(), _from(f"m@{_OWN}")), _OWN)


def resent(chance: random.Random, victim: str) -> Forged:
    lines = [f"Resent-From: {victim}".encode(), f"Resent-Sender: {victim}".encode(), _from(f"m@{_OWN}")]
    chance.shuffle(lines)
    return Forged(tuple(lines), _OWN)


def own_verdict(chance: random.Random, victim: str) -> Forged:
    """Verdicts that the forger wrote below the border's, in the border's name and in others'."""
    domain = victim.partition("@")[2]
    good = f"dmarc=pass header.from={domain}"
    written = [
        f"Authentication-Results: {NAMED}; {good}",
        f"Authentication-Results: {NAMED} 1; spf=pass smtp.mailfrom={domain}; dkim=pass header.d={domain}; {good}",
        f"AUTHENTICATION-RESULTS : {NAMED};\r\n {good}",
        f"Authentication-Results: spf=pass smtp.mailfrom={domain};dkim=pass header.d={domain};{good}",
        f"Authentication-Results-Original: {NAMED}; {good}",
        f"ARC-Authentication-Results: i=1; {NAMED}; {good}",
        f"X-Authentication-Results: {NAMED}; {good}",
        f"Authentication-Results: mx.{_OWN}; {good}",
    ]
    chosen = chance.sample(written, chance.randint(1, 4))
    return Forged((*(line.encode() for line in chosen), _from(victim)), chance.choice(("", _OWN)))


def inside_mark(chance: random.Random, victim: str) -> Forged:
    """The mark of inside mail as the border would not recognise it, so that it does not take it off."""
    name = chance.choice((f"{INSIDE} ", f"X-{INSIDE}", INSIDE.replace("-AuthAs", "AuthAs"), "X-MS-Exchange-AuthAs"))
    value = chance.choice(("Internal", "internal", "Internal "))
    twice = (f"{name}: {value}".encode(),) * chance.choice((1, 2))
    victim = chance.choice(("officer@council.example.org", victim))
    lines = (*twice, _from(victim)) if name.strip() != INSIDE else (_from(f"m@{_OWN}"), *twice)
    return Forged(lines, chance.choice(("", _OWN)))


def no_from(chance: random.Random, victim: str) -> Forged:
    return Forged(
        (chance.choice((b"From:", b"From: ", b"From: <>", f"Form: {victim}".encode(), b"From: undisclosed:;")),)
    )


def routes(chance: random.Random, victim: str) -> Forged:
    local, _, domain = victim.partition("@")
    value = chance.choice(
        (
            f"<@{_OWN}:{victim}>",
            f"<{local}%{domain}@{_OWN}>",
            f"<{_OWN}!{local}@{domain}@{_OWN}>",
            f'<"{victim}"@{_OWN}>',
            f"<{victim}@{_OWN}>",
            f"<{local}@[{domain}]>",
            f'"{local}"@{domain}',
            f"{local} @ {domain} <m@{_OWN}>",
        )
    )
    return Forged((_from(value),), _OWN, named=False)


def guessed_token(chance: random.Random, victim: str) -> Forged:
    """A guess at the address and the reference that name a message of ours: no rights come of it."""
    token = f"{chance.getrandbits(104):026x}"
    lines = (
        f"Delivered-To: returns+{token}@csp.example.org".encode(),
        f"References: <{token}@csp.example.org>".encode(),
    )
    return Forged((*lines, _from(chance.choice((victim, f"m@{_OWN}")))), chance.choice(("", _OWN)))


def second_header_block(chance: random.Random, victim: str) -> Forged:
    """Headers behind a line that ends the block for one reader and not for another."""
    gap = chance.choice((b" ", b"\t", b"x", b"\x00", b"-- ", b">From x"))
    lines = (_from(f"m@{_OWN}"), gap, f"Authentication-Results: {NAMED}; dmarc=pass".encode(), _from(victim))
    return Forged(lines, _OWN, named=chance.random() < 0.5)


def long_headers(chance: random.Random, victim: str) -> Forged:
    filler = b"X-Filler: " + b"a" * chance.choice((8_000, 9_000, 70_000))
    return Forged((filler, _from(victim), _from(f"m@{_OWN}")), _OWN, named=False)


KINDS: tuple[Maker, ...] = (
    plain,
    display_name,
    address_as_name,
    lookalike_domain,
    two_addresses,
    two_from_headers,
    odd_from_name,
    comments,
    groups,
    encoded_words,
    folding,
    broken_lines,
    unseen_characters,
    homographs,
    idn,
    subdomains,
    header_from_mismatch,
    reply_to_and_sender,
    resent,
    own_verdict,
    inside_mark,
    no_from,
    routes,
    guessed_token,
    second_header_block,
    long_headers,
)
