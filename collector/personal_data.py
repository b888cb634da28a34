"""Finds personal data in what people write beside their figures. Pure, and quiet about figures.

NHS numbers (ten digits, modulus 11 check; NHS Data Dictionary), National Insurance numbers (HMRC's prefixes), phone
numbers (by the numbering plans that `phonenumbers` keeps), full postcodes (with the inward code; a district like ME7 is
no address), email addresses, and dates beside words of birth. A number that says what it counts is a figure.
"""

import re
from collections.abc import Iterator

from phonenumbers import Leniency, PhoneNumberMatcher, is_valid_number
from stdnum.gb import nhs

from collector.domain.personal import Found, Kind

_LONGEST = 20_000
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}(?![\w-])")
_NINO = re.compile(
    r"(?<![A-Z\d])(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?-?"
    r"\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[A-D](?![A-Z\d])",
    re.I,
)
_POSTCODE = re.compile(
    r"(?<![A-Z\d])(?:GIR ?0AA|(?:[A-PR-UWYZ]\d{1,2}|[A-PR-UWYZ][A-HK-Y]\d{1,2}|[A-PR-UWYZ]\d[A-HJKPS-UW]"
    r"|[A-PR-UWYZ][A-HK-Y]\d[ABEHMNPRV-Y]) ?\d[ABD-HJLNP-UW-Z]{2})(?![A-Z\d])"
)
_POSTCODE_IN_SMALL = re.compile(_POSTCODE.pattern.replace(" ?", " "), re.I)
_TEN = re.compile(r"(?<![\d.,£/-])(?:\d{3}[ -]\d{3}[ -]\d{4}|\d{10})(?![\d%/-]|[.,]\d)")
_PERSON = re.compile(
    r"\b(?:nhs|patients?|clients?|victims?|person|service users?|mr|mrs|ms|miss|child|case|dob|born)\b", re.I
)
_REFERENCE = re.compile(
    r"\b(?:ref(?:erence)?|invoice|order|purchase order|po|account|crime|incident|log|ticket|job|contract|grant|uprn)"
    r"(?: (?:no|number|id))?\.?[:# ]*$",
    re.I,
)
_COUNTED = re.compile(r"^ ?(?:%|per cent|pounds?|people|incidents?|calls?|crimes?|visits?|hits|views|records?)\b", re.I)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAY = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?[ ./-](?:\d{{1,2}}|{_MONTH}),?[ ./-](?:19|20)?\d{{2}}"
    rf"|(?:19|20)\d{{2}}-\d{{2}}-\d{{2}}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d{{2}})"
)
_BIRTH = r"(?:d\.?o\.?b\.?|date of birth|birth ?dates?|birthday|born(?: on)?|\baged?(?: \d{1,3})?)"
_BORN = re.compile(rf"(?<!\w){_BIRTH}(?!\w)[\s:(,-]{{0,4}}(?:is |was |on |the )?(?P<day>{_DAY})(?!\d)", re.I)
_BORN_BEHIND = re.compile(rf"(?<!\d)(?P<day>{_DAY})[\s:(,-]{{0,4}}\(?(?:d\.?o\.?b\.?|date of birth)(?!\w)", re.I)
#: No figure begins with a nought and ten digits, or with a plus and a country.
_DIALLED = re.compile(r"\(?(?:0[1-35-9]|\+\d)")
_FEWEST_DIGITS = 10
_CALLING = re.compile(
    r"\b(?:tel|telephone|phone|mobile|mob|call|ring|text|fax|contact|number|on|dial|whatsapp)\b\W*$", re.I
)


def personal_data(words: str) -> tuple[Found, ...]:
    """Everything found in some words, in their order; of overlapping finds the longer or the checked one."""
    words = words[:_LONGEST]
    found = sorted({*_all(words)}, key=lambda one: (one.start, -one.end, one.kind is Kind.PHONE))
    kept: list[Found] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def kinds_in(words: str) -> tuple[Kind, ...]:
    """The kinds of personal data in some words, each once."""
    return tuple(dict.fromkeys(found.kind for found in personal_data(words)))


def without_values(words: str) -> str:
    """The words with "[phone number]" in the place of what was found."""
    told, at = [], 0
    for found in personal_data(words):
        told += [words[at : found.start], f"[{found.kind.value}]"]
        at = found.end
    return "".join((*told, words[at:]))


def _all(words: str) -> Iterator[Found]:
    for kind, pattern in ((Kind.EMAIL, _EMAIL), (Kind.NATIONAL_INSURANCE, _NINO), (Kind.POSTCODE, _POSTCODE)):
        yield from (Found(kind, m.start(), m.end()) for m in pattern.finditer(words))
    yield from (Found(Kind.POSTCODE, m.start(), m.end()) for m in _POSTCODE_IN_SMALL.finditer(words))
    for pattern in (_BORN, _BORN_BEHIND):
        yield from (Found(Kind.BIRTH, m.start("day"), m.end("day")) for m in pattern.finditer(words))
    yield from _nhs_numbers(words)
    yield from _phones(words)


def _nhs_numbers(words: str) -> Iterator[Found]:
    """Ten digits with a right check digit, written in threes and a four or beside words about a person."""
    for m in _TEN.finditer(words):
        before, behind = words[max(0, m.start() - 80) : m.start()], words[m.end() : m.end() + 40]
        if not nhs.is_valid(m[0]) or len(set(m[0])) < 3 or _REFERENCE.search(before) or _COUNTED.match(behind):
            continue
        if not m[0].isdigit() or _PERSON.search(before) or _PERSON.search(behind):
            yield Found(Kind.NHS_NUMBER, m.start(), m.end())


def _phones(words: str) -> Iterator[Found]:
    """Numbers that a phone could ring: begun with 0 or +, or with words of calling before them."""
    if sum(sign.isdigit() for sign in words) < 9:
        return
    for match in PhoneNumberMatcher(words, "GB", leniency=Leniency.POSSIBLE):
        before, behind = words[max(0, match.start - 40) : match.start], words[match.end : match.end + 12]
        if _REFERENCE.search(before) or before.rstrip().endswith("£") or _COUNTED.match(behind):
            continue
        begun = _DIALLED.match(match.raw_string) and sum(sign.isdigit() for sign in match.raw_string) >= _FEWEST_DIGITS
        if begun or (_CALLING.search(before) and is_valid_number(match.number)):
            yield Found(Kind.PHONE, match.start, match.end)
