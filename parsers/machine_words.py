"""What the subject and the first words of a message say of the program that wrote it.

Programs write whole phrases at fixed places. A person may use the same words about their work ("Delivery failure:
parcels", "Automatic response units"), so a phrase in a subject counts only where it stands as programs put it.
"""

import re

_READ = 4000
_FIRST = 600
_BEFORE = re.compile(
    r"\s*(?:(?:re|fwd?|sv|aw|antw|wg|tr|vs|rv|r)\s*(?:\[\d{1,3}\])?\s*:\s*|\[[^\]]{0,20}\bexternal\b[^\]]{0,20}\]\s*"
    r"|external\s*:\s*)",
    re.IGNORECASE,
)
_PASSED_ON = re.compile(r"\s*(fwd?|wg|tr|vs|rv)\s*(\[\d{1,3}\])?\s*:", re.IGNORECASE)
_ENDS = r"\s*(?:$|[:\uff1a\-\u2013\u2014(\[,.!;/|])"

# --- somebody is away -------------------------------------------------------------------------------------------------

_AUTO = (
    r"(?:auto(?:matic|mated|matically)?[ -]?(?:reply|response|answer|responder|replied|generated|acknowledge?ment)"
    r"(?:[ -]to\s*:)?|out[ -]of[ -](?:the[ -])?office(?:[ -](?:auto\w*|reply|response|message|notification))*"
    r"|(?:vacation|absence|holiday|away) (?:reply|response|message|notification|auto-?reply)|ooo(?= re:)|ooo"
    r"|automatische (?:antwort|r\u00fcckantwort|abwesenheitsnotiz)|abwesenheits(?:notiz|nachricht|meldung)|abwesend"
    r"|abwesenheit|r[e\u00e9]ponse automatique|message d['\u2019]absence|absence du bureau"
    r"|(?:notification )?d['\u2019]absence"
    r"|ateb awtomatig|ymateb awtomatig|allan o['\u2019]r swyddfa|freagra uathoibr[i\u00ed]och"
    r"|respuesta autom[a\u00e1]tica|fuera de (?:la )?oficina|resposta autom[a\u00e1]tica|risposta automatica"
    r"|fuori (?:sede|ufficio)|automatisch (?:antwoord|bericht)|afwezig(?:heids(?:bericht|assistent))?|autosvar"
    r"|automatiskt? svar|fr\u00e5nvaromeddelande|frav\u00e6rs(?:assistent|besked|melding)|automaattinen vastaus"
    r"|poissaoloviesti|automatyczna odpowied\u017a|odpowied\u017a automatyczna|automatick\u00e1 odpov\u011b\u010f"
    r"|automatick\u00e1 odpove\u010f|automatikus v\u00e1lasz|r\u0103spuns automat|otomatik yan\u0131t|otomatik cevap"
    r"|\u03b1\u03c5\u03c4\u03cc\u03bc\u03b1\u03c4\u03b7 \u03b1\u03c0\u03ac\u03bd\u03c4\u03b7\u03c3\u03b7"
    r"|\u0430\u0432\u0442\u043e\u043c\u0430\u0442\u0438\u0447\u0435\u0441\u043a\u0438\u0439"
    r" \u043e\u0442\u0432\u0435\u0442"
    r"|\u0430\u0432\u0442\u043e\u043e\u0442\u0432\u0435\u0442|\u81ea\u52d5\u5fdc\u7b54|\u81ea\u52d5\u8fd4\u4fe1"
    r"|\u81ea\u52a8\u56de\u590d"
    r"|\u81ea\u52d5\u56de\u8986|\uc790\ub3d9 \ud68c\uc2e0)"
)
_OPENS_AUTO = re.compile(rf"(?:[\[(]{_AUTO}[\])]|{_AUTO}{_ENDS}|auto-?reply to\s*:)", re.IGNORECASE)
_CLOSES_AUTO = re.compile(rf".*(?:[\[(]{_AUTO}[\])]|\s[-\u2013:]\s*{_AUTO})\s*$", re.IGNORECASE)
#: What people write of themselves as well: it counts only where no figure comes with it.
_OPENS_EITHER = re.compile(rf"{_AUTO}\s+(?:from|re:)|this is an auto(?:matic|mated)\b", re.IGNORECASE)
_SURELY_AUTO = re.compile(r"\W*(?:re:\s*)?auto|.*\bauto(?:matic|mated)?[ -]?(?:reply|response)", re.IGNORECASE)
#: "AUTO: Officer is out of the office (returning 2 November)", "Officer is out of the office."
_IS_OUT = re.compile(
    r"(?:auto\s*:\s*)?.{0,80}\b(?:is|am|are|will be)\s+(?:currently\s+)?(?:out of|away from)\s+(?:the\s+|my\s+)?office"
    r"\s*(?:[.!]?\s*(?:$|\()|\(?(?:until|till|from|returning|back)\b.*$)",
    re.IGNORECASE,
)
_AUTO_LABEL = re.compile(r"auto\s*:\s.*(?:\(returning|\baway\b|\babsent\b|\bout of\b|\bon (?:\w+ )?leave\b)", re.I)
_OUT_UNTIL = re.compile(
    r"(?:(?:i am |i'm )?(?:currently )?(?:out of (?:the |my )?office|away from (?:the |my )?(?:office|desk|mail"
    r"|e-?mail))"
    r"|(?:on (?:\w+ )?|annual |maternity |paternity |parental |sick )leave|i['\u2019]m away|i am away)\s*(?:re:.*$"
    r"|[.!]?\s*$|(?:until|till|from|returning|back)\b.*$)",
    re.IGNORECASE,
)
_ABSENT = re.compile(
    r"\b(?:away|absent|out of (?:the |my )?office|on (?:\w+ )?(?:leave|holiday|vacation)|not in the office|abwesend)\b",
    re.IGNORECASE,
)
_ABOUT_WORK = re.compile(r"\b(?:figures?|returns?|data|kpi|q[1-4]|numbers?)\b", re.IGNORECASE)
_OF_FIGURES = re.compile(r"\b(?:figures?|returns?)\b", re.IGNORECASE)
_REPORTS = re.compile(r"\b[A-Z]{2,4} ?\d{1,3}[a-z]?\s*[:=]?\s+\d|\d\s*%|\b\d+ (?:of|out of) \d+|:\s*\d{1,4}\s*(?:\n|$)")
_SAYS_AUTOMATIC = re.compile(
    r"(?:^[ \t>*#=-]{0,8}|[.!] )(?:note:[ \t]*)?this (?:is|e-?mail is|message is|mail is|e-?mail was"
    r"|message was|mail was)"
    r"(?: an?)?[ \t]+auto(?:matic(?:ally)?|mated)?[ -]?(?:generated|created|sent|reply|response|message|e-?mail"
    r"|notification|acknowledge?ment)\b",
    re.IGNORECASE | re.MULTILINE,
)

# --- a letter came back -----------------------------------------------------------------------------------------------

#: How delivery reports are titled that say so nowhere else; they count only where their words say it too.
_RETURNED = re.compile(
    r"(?:\[postmaster\]\s*|notification\s*:\s*)?"
    r"(?:undeliver(?:able|ed)\b|delivery status notification|failure notice|returned? mail\b"
    r"|(?:permanent |message |mail |e-?mail )*(?:delivery|send) (?:failed|failure|failures|problems?|error"
    r"|report|warning"
    r"|system|subsystem|notification|has failed|status|was not possible|not possible)|mail (?:system )?error"
    r"|mail (?:returned|failed|not delivered|could not be delivered)|(?:failed|rejected|bounced) (?:mail|message)"
    r"|(?:non-?deliverable|non-?delivery|message undeliverable|message not delivered|could not send message)"
    r"|(?:your |the )?(?:message|mail|e-?mail) .{0,200}(?:could not be|was not|cannot be) delivered"
    r"|warning: (?:message .{1,60} delayed|could not send)|automatically rejected mail|user unknown|unknown user"
    r"|message status - undeliver|\[postmaster\])",
    re.IGNORECASE,
)
_RETURNED_ABROAD = re.compile(
    r"(?:non remis|unzustellbar|nicht zugestellt|\u00e9chec de (?:la )?remise|non recapitabile|impossibile recapitare"
    r"|no se puede entregar|onbestelbaar|niet bezorgd|ej levererat|kan inte levereras|kan ikke leveres|ikke levert"
    r"|niedostarczone|n\u00e3o foi poss\u00edvel entregar|nedoru\u010diteln\u00e9)\s*:",
    re.IGNORECASE,
)
_CLOSES_RETURNED = re.compile(
    r".*[:(]\s*(?:non remis|undeliverable|delivery failed|delivery failure)(?:\s*\([^()]{0,40}\))?\)?\s*$",
    re.IGNORECASE,
)
_LETTER = r"(?:message|messages|mail|e-?mail|e-?mails|letter|recipients?|address(?:es)?|mailbox|user)"
_NOT_DELIVERED = (
    r"(?:(?:could|can|was|has|have|were|is|may|been)(?:\s?not|n['\u2019]t)(?: yet)?(?: be| been)? (?:deliver"
    r"|sen[dt]|reach|process)"
    r"|cannot (?:be )?(?:deliver|sen[dt]|reach)|unable to (?:be )?(?:deliver|send|reach)|undeliver|not (?:be )?deliver"
    r"|did not reach|delivery (?:has |to .{0,60})?(?:failed|error|was aborted)|unknown|no such"
    r"|(?:was|been) (?:automatically )?(?:rejected|refused|returned|postponed|delayed)|not reach|failed"
    r"|encountered an? error|error (?:while )?deliver\w+|had .{0,40}errors?|held|on hold)"
)
_SAYS_RETURNED = re.compile(
    rf"\b{_LETTER}\b.{{0,160}}?{_NOT_DELIVERED}|{_NOT_DELIVERED}.{{0,120}}?\b{_LETTER}\b", re.IGNORECASE
)
_SAYS_REJECTED = re.compile(r"\b(?:rejected|refused|quota|undeliver|could not be delivered|mailbox (?:is )?full)", re.I)

# --- a letter was opened ----------------------------------------------------------------------------------------------

_OPENED = re.compile(
    r"(?:read|not read|gelesen|nicht gelesen|ungelesen gel\u00f6scht|lu|non lu|le\u00eddo|no le\u00eddo|letto"
    r"|non letto|gelezen"
    r"|niet gelezen|l\u00e4st|l\u00e6st|lest|receipt|displayed|read receipt|return receipt(?: \(\w+\))?"
    r"|darllenwyd)\s*:",
    re.IGNORECASE,
)
_RECEIPT = re.compile(
    r"(?:message status - (?:opened|read|deleted|delivered|completed|accepted)|return receipt|read receipt)\b", re.I
)
_SAYS_OPENED = re.compile(
    r"\b(?:was|has been|were|is) (?:read|displayed|opened|deleted without being read)\b|\breturn receipt\b"
    r"|\bread receipt\b"
    r"|\bwurde (?:gelesen|am .{0,60} gelesen)|\ba \u00e9t\u00e9 lu\b|\bis gelezen\b|\bfue le\u00eddo\b"
    r"|\b\u00e8 stato letto\b",
    re.IGNORECASE,
)
_SAYS_WHOSE = re.compile(
    r"^\s*(?:to|an|\u00c0|para|a|aan)\s*:.*\n(?:.*\n){0,3}?.*\b(?:subject|betreff|objet|asunto|oggetto)\s*:",
    re.I | re.M,
)

_COMPLAINT = re.compile(
    r"(?:complaint|abuse report|feedback report|e-?mail feedback report) (?:about|for|on|from) "
    r"(?:(?:a |the )?(?:message|e-?mail|mail) from |ip )?[\[(]?\d{1,3}(?:\.\d{1,3}){3}",
    re.IGNORECASE,
)
_OF_A_DOMAIN = re.compile(r"\breport[ -]domain:.{1,200}\bsubmitter:", re.IGNORECASE)


def is_passed_on(subject: str) -> bool:
    """Whether somebody passes a message on."""
    return bool(_PASSED_ON.match(subject))


def is_away_note(subject: str, body: str) -> bool:
    """Whether the subject is that of a program that answers while somebody is away.

    Somebody who answers such a note has its subject too, behind an "Re:": then the words must be a note's.
    """
    bare = _bare(subject)
    first = body.lstrip()[:_FIRST]
    reports = bool(_REPORTS.search(_own(first)))
    is_note = bool(_ABSENT.search(first) or _SAYS_AUTOMATIC.search(first)) and not reports
    if _AUTO_LABEL.match(bare):
        return not is_passed_on(subject)
    if _CLOSES_AUTO.match(bare):
        return not is_passed_on(subject) and (not reports or bool(_SURELY_AUTO.match(bare)))
    if _OPENS_AUTO.match(bare):
        own_figures = reports and _OF_FIGURES.search(bare) and not _SURELY_AUTO.match(bare)
        return is_note or (bare == subject.strip() and not own_figures)
    if _OPENS_EITHER.match(bare):
        return not reports
    return is_note and bool(_IS_OUT.fullmatch(bare) or _OUT_UNTIL.fullmatch(bare))


def says_away(subject: str) -> bool:
    """Whether a subject is about its writer's own absence, and no answer, and about nothing else."""
    bare = _bare(subject)
    return bare == subject.strip() and bool(_ABSENT.search(bare[:60])) and not _ABOUT_WORK.search(bare)


def says_automatic(body: str) -> bool:
    """Whether the first words say that a program wrote them, and report nothing."""
    first = body.lstrip()[:_FIRST]
    return bool(_SAYS_AUTOMATIC.search(first)) and not _REPORTS.search(_own(first))


def is_returned(subject: str, body: str, *, names_unreached: bool, by_itself: bool) -> bool:
    """Whether the subject is that of a delivery report, and the words or the headers bear it out."""
    words = " ".join(body[:_READ].split())[: _FIRST * 2]
    if _RETURNED_ABROAD.match(subject):
        return True
    titled = _RETURNED.match(subject) or (_CLOSES_RETURNED.match(subject) and names_unreached)
    return bool(titled and (by_itself or _SAYS_RETURNED.search(words))) and not _REPORTS.search(words[:200])


def says_rejected(body: str) -> bool:
    """Whether the words say that a letter was not taken."""
    return bool(_SAYS_REJECTED.search(body[:_READ]))


def says_opened(subject: str, body: str, *, nothing_else: bool) -> bool:
    """Whether a mail program tells that a letter was opened; with `nothing_else` it holds only the program's code."""
    words = body[:_READ]
    if _RECEIPT.match(subject):
        return (
            nothing_else or not words.strip() or bool(re.search(r"\b(?:opened|read|displayed|receipt)\b", words, re.I))
        )
    told = _SAYS_OPENED.search(" ".join(words.split())) and (_SAYS_WHOSE.search(words) or "receipt" in words.lower())
    return bool(_OPENED.match(subject)) and (nothing_else or bool(told))


def complains_of_mail(subject: str, body: str) -> bool:
    """Whether a mail provider passes on that somebody called a letter unwanted."""
    return bool(_COMPLAINT.match(subject.strip())) and not _REPORTS.search(body[:_FIRST])


def is_report_on_a_domain(subject: str) -> bool:
    """Whether a mail provider reports what mail it saw in our name (RFC 7489 and RFC 8460 give the subject's form)."""
    return bool(_OF_A_DOMAIN.search(subject))


def first_words(body: str) -> str:
    """The first words, without what is quoted below them."""
    return _own(body.lstrip()[:_FIRST])


def reports_figures(words: str) -> bool:
    """Whether a figure is reported there."""
    return bool(_REPORTS.search(words))


def is_answer(subject: str) -> bool:
    """Whether the subject is that of an answer, as mail programs of people put it."""
    return bool(_BEFORE.match(subject)) and not is_passed_on(subject)


def _bare(subject: str) -> str:
    """The subject without the marks of an answer, of a letter passed on, and of one from outside."""
    at = 0
    while (found := _BEFORE.match(subject, at)) and found.end() > at:
        at = found.end()
    return subject[at:].strip()


def _own(first: str) -> str:
    """The words up to the first that are quoted below them."""
    return re.split(r"\n\s*(?:>|from\s*:|-{3,}|_{5,}|on .{0,80} wrote)", first, maxsplit=1, flags=re.IGNORECASE)[0]
