"""Whether a message comes from whom it says. Only our own border server is believed, and only its topmost word."""

import re
from dataclasses import dataclass

from bot.mail.vouching import Verdict, domain_of, read_verdict
from collector.domain.submission import Opened, Refusal

#: Microsoft 365 signs its verdicts with no name; before it writes its own it renames those that came from outside.
MICROSOFT = "microsoft365"
#: What Microsoft says of a domain that has no DMARC policy and would have passed with one.
_NO_POLICY = ("none", "bestguesspass")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]", re.ASCII)


@dataclass(frozen=True)
class Internal:
    """The header by which the border marks mail that was signed in to inside, and whose domains it may vouch for.

    The border takes the header off whatever comes from outside (RULES 30).
    """

    header: str
    value: str
    domains: frozenset[str]

    def vouches(self, marks: tuple[tuple[str, str], ...], domain: str) -> bool:
        """Whether the mark is there, once, with its very value, on mail of one of the domains."""
        found = [value.strip().lower() for name, value in marks if name == self.header.lower()]
        return domain in self.domains and found == [self.value.lower()]


class Border:
    """Believes what the border server writes in Authentication-Results (RFC 8601).

    Without its name everybody is who they say they are: for rehearsals on machines that nobody else can reach.
    `without_dmarc` are domains known to have no DMARC policy: of these an SPF or DKIM pass for the very domain (or
    one below it) is enough.
    """

    def __init__(
        self,
        authserv_id: str | None,
        internal: Internal | None = None,
        without_dmarc: frozenset[str] = frozenset(),
    ) -> None:
        self._authserv_id = authserv_id.strip().lower() if authserv_id else None
        self._internal = internal
        self._without_dmarc = without_dmarc

    def trusted(self, opened: Opened | Refusal) -> tuple[bool, str]:
        """Whether the one From address is vouched for, and why or why not in plain words."""
        if len(opened.senders) != 1:
            return False, f"the From line names {len(opened.senders) or 'no'} addresses; exactly one is needed"
        if self._authserv_id is None:
            return True, "no border server is set: the From line is believed"
        domain = domain_of(opened.senders[0])
        if self._internal is not None and self._internal.vouches(opened.marks, domain):
            return True, f"the border server marks it as sent from inside {domain}"
        if not opened.verdicts:
            return False, f"it did not come through the border server {self._authserv_id}"
        microsoft = self._authserv_id == MICROSOFT
        verdict = read_verdict(opened.verdicts[0], named=not microsoft)
        if not verdict.whole or (not microsoft and verdict.name != self._authserv_id):
            return False, f"the topmost Authentication-Results header is not from {self._authserv_id}"
        return self._judged(verdict, domain, must_name=microsoft)

    def _judged(self, verdict: Verdict, domain: str, must_name: bool) -> tuple[bool, str]:
        """Every word on DMARC must be "pass", for the domain of the From line where one is named."""
        found = verdict.of("dmarc")
        if domain in self._without_dmarc and all(one.result in _NO_POLICY for one in found):
            return _without_policy(verdict, domain)
        if not found:
            return False, "the border server says nothing on DMARC"
        for one in found:
            if one.result != "pass":
                return False, f"the border server says dmarc={one.result}"
            named = one.domains("header.from")
            if must_name and not named:
                return False, "the border server does not say for which domain dmarc=pass holds"
            for vouched in named:
                if vouched != domain:
                    return False, f"the border server vouches for {vouched}, and the From line says {domain}"
        return True, f"the border server says dmarc=pass for {domain}"


def _without_policy(verdict: Verdict, domain: str) -> tuple[bool, str]:
    for method, named_in in (("dkim", "header.d"), ("spf", "smtp.mailfrom")):
        results = verdict.of(method)
        passed = [name for one in results if one.result == "pass" for name in one.domains(named_in)]
        # Of several signatures one is enough; of SPF there is one word, and any other speaks against it.
        contradicted = method == "spf" and any(one.result != "pass" for one in results)
        if not contradicted and any(name == domain or name.endswith(f".{domain}") for name in passed):
            return True, f"{domain} has no DMARC policy; the border server says {method}=pass for it"
    return False, f"{domain} has no DMARC policy, and the border server says neither SPF nor DKIM pass for it"


def internal_of(header: str | None, domains: frozenset[str]) -> Internal | None:
    """The mark as an IT officer writes it, "Name: value"; ValueError says what is wrong with it."""
    if not header:
        return None
    name, colon, value = (part.strip() for part in header.partition(":"))
    if not colon or not value or not re.fullmatch(r"x-[a-z0-9-]{1,100}", name.lower()):
        raise ValueError("write it as Name: value, like X-MS-Exchange-Organization-AuthAs: Internal")
    if not domains:
        raise ValueError("say with MAIL_INTERNAL_DOMAINS whose mail it vouches for")
    return Internal(name, value, domains)


def domains_of(written: str | None) -> frozenset[str]:
    """Domains with commas or spaces between them; ValueError names one that is none."""
    found = [one.lower().rstrip(".") for one in re.split(r"[\s,;]+", written or "") if one]
    wrong = [one for one in found if not _DOMAIN.fullmatch(one)]
    if wrong:
        raise ValueError(f"{wrong[0]} is not a domain")
    return frozenset(found)
