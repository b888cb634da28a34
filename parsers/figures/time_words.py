"""The words that name a time, as patterns: judged against the period asked for in `periods`."""

import re

from parsers.figures import dates

_IN = r"(?:\b(?:in|for|during|at|within|as at|as of)(?: the)?(?: period(?: of)?| months? of)? |\bthe )?"
# The same for words that begin a word themselves: nothing is tried in the middle of one.
_IN_WORDS = r"\b(?:(?:in|for|during|at|within|as at|as of)(?: the)?(?: period(?: of)?| months? of)? |the )?\b"

WANTED = re.compile(
    rf"{_IN_WORDS}(?:(?:this|the current|current|the latest|the) (?:quarter|qtr"
    rf"|period|month))\b(?! (?:last|in))"
    r"(?! [1-4](?: (?:report|figures?|data|return|update|meeting"
    rf"|results?|position|paper)\b|[.,;)]|$))|\b(?:in[- ](?:month|quarter|qtr)|for quarter)\b(?! ?\d"
    rf"| (?:one|two|three"
    rf"|four)\b)|(?:^|(?<=[;,.] ))(?:quarter|qtr)(?= ?[:=-]| \d+\.\d)"
    r"|\b(?:over|across|in|for|throughout) (?:the )?(?:whole|entire|full) quarter\b"
    r"|\bin (?:all|each of the) (?:three|3) months\b"
    r"|\b(?:the )?quarter (?:as a whole|overall)\b|\b(?:at |by )?(?:the )?quarter[- ]end\b"
    r"|\b(?:over|across|in|during|for) the (?:three|3) months\b(?! (?:of|from|in|to|ending|ended"
    r"|before|prior|previous|up to))",
    re.I | re.M,
)
COMPARED = re.compile(
    rf"{_IN_WORDS}(?:(?:same|corresponding|equivalent|comparable) (?:quarter|period|time|point|months?)"
    r"(?:,? (?:of|in|as))?(?: the)?(?: (?:last|previous|prior|preceding) (?:financial )?year)?"
    r"|this (?:point|time|quarter) (?:in )?(?:the )?(?:last|previous) year"
    rf"|last {dates.MONTH}"
    r"|(?:in|over|for|across) the (?:last |past )?(?:two|three|four|five|ten|[2-9]|10) years"
    r"|(?:last|previous|prev\.?|prior|preceding) (?:financial year|quarter|qtr|yr|year|month|period)(?:'s)?"
    rf"|{dates.QUARTER}(?: of| in)? (?:the )?(?:last|previous|prior|preceding) (?:financial )?year"
    r"|\((?:\d{1,2}|two|three|four|five|six|nine|twelve) (?:months?"
    r"|quarters?|weeks?)\)|\bq[1-4] ?(?:-|to|/|&|and) ?q[1-4]\b"
    r"|prev\.? (?:12|twelve) ?m(?:on)?(?:ths?)?"
    r"|(?:last|most recent) (?:available|published|known|held)"
    r"|when (?:last|previously|first) reported(?: in)?|quarters [1-4] (?:and|&|to|-) [1-4]"
    r"|(?:a|one|1) (?:year|quarter|month) (?:ago|earlier|before|previously)|year[- ]on[- ]year|last time|previously"
    r"|earlier in the (?:financial )?year"
    r"|(?:year|quarter|month|period) (?:before|earlier|previous|prior)(?: (?:that|last))?"
    r"|(?:last|previous|this|that|the)? ?(?:spring|summer|autumn|winter)(?= ?[)\].,;]| (?:of|was|were|is|had))"
    r"|(?:next|following) (?:quarter|year|month))\b",
    re.I,
)
THE_PAST_YEAR = re.compile(r"(?<!than )\b(?:in|over|during) the (?:last|past) (?:financial )?year\b", re.I)
SINCE = re.compile(
    rf"\b(?:since|from)(?: (?:the )?(?:start|beginning) of)?(?: the)? ((?:financial |calendar )?year\b"
    rf"|{dates.DATE}|{dates.QUARTER}|(?:19|20)\d\d\b)"
    r"(?: (?:to date|onwards?))?(?! ?(?:to|-|until) )",
    re.I,
)
TO_DATE = re.compile(
    rf"{_IN_WORDS}(?:(?:financial |calendar )?year[- ]to[- ]date|ytd|y\.t\.d\b\.?|(?:so|thus) far"
    rf"(?:,? this (?:financial "
    rf"|calendar )?year)?|(?<!up[- ])to[- ]date"
    r"|since (?:inception|launch|(?:[a-z]+ ){1,4}(?:started|began|opened|launched|start|launch|inception))"
    r"|(?:ac)?cumulative(?:ly)?(?: total| figure)?|running total|this (?:financial |calendar )?year"
    r"|first (?:six|nine|6|9) months|first half(?: of the year)?|half[- ]year(?:ly)?"
    r"|mid[- ]year(?! (?:population|estimate))|H[12])\b",
    re.I,
)
HALF_YEAR = re.compile(r"\b(?:first half|half[- ]year|H[12])", re.I)
"""Among them those that name a half-year; one without a number is the one asked for, where a half-year is."""
ROLLING = re.compile(
    rf"(?!within (?:12|twelve)[- ]months?\b(?! (?:to|ending|ended)\b)){_IN_WORDS}(?<!within )"
    r"(?:R12\b|12 ?m(?:(?:on)?ths?)? rolling|12 ?mths?\b"
    rf"|rolling (?:12|twelve)[- ]months? (?:to|ending|ended)(?: (?:the )?end)?(?: of)? {dates.DATE}"
    r"|rolling(?: 12[- ]months?| twelve months?| year| period)?|(?:last|past|previous) (?:12|twelve) months"
    rf"|(?:12|twelve)[- ]months?(?: (?:to|ending|ended)(?: (?:the )?end)?(?: (?:of )?{dates.DATE})?)?"
    rf"|year (?:to|ending|ended|up to) (?:the end of )?{dates.DATE}(?! ?(?:to|-|until) {dates.DATE}))",
    re.I,
)
_SAYS_A_FIGURE = (
    r" (?:\w+ ){0,2}?(?:figures?|totals?|rates?|results?|out-?turns?|data|returns?|numbers?|counts?"
    r"|averages?|performance"
    r"|values?|scores?|basis|measures?|indicators?|percentages?|positions?|targets?)\b|\W*(?:$|[:=,;.)\]|-])"
    r"| (?:is|was|at|and|only|of|not)\b| ?£?\d"
)
"""Behind "annual", what makes it a figure's time and not the name of a bill, a debit, leave or a survey."""
YEAR = re.compile(
    rf"{_IN_WORDS}(?:(?<!early )(?<!point )(?:for|over|across|in) the (?:whole "
    rf"|full |entire )?(?:financial |calendar |academic )?year(?: as a whole)?"
    r"|(?:whole|full|entire|calendar|academic)[- ]year|(?:end of (?:the )?|end of )(?:financial )?year"
    rf"|year[- ]end(?: total)?|annually|annual(?={_SAYS_A_FIGURE})|(?<=\d )annual"
    rf"|(?:total|figure) for the year"
    rf"|(?<!q[1-4] )(?<!quarter )(?<!month )(?<!monthly )out-?turn(?! for (?:the )?(?:q[1-4]|quarter"
    rf"|{dates.MONTH}))|per (?:year|annum)"
    r"|(?:year(?:ly)?|annual|full[- ]year) total|full[- ]year)\b",
    re.I,
)
MONTHS = re.compile(
    r"\b(?:in|for|over|during|across|covers|covering) (?:the )?(?:last |past |first |previous |whole )?"
    r"(?:[2456789]|1[0-8]|two|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen) (?:months?|mths?)\b"
    r"(?! (?:or|of|after|before|ago|later|old|and|from)\b)",
    re.I,
)
"""So many months, other than the three of a quarter."""
SURVEY = re.compile(rf"{_IN_WORDS}(?:survey|questionnaire|poll)\b(?: (?:of|in|from) {dates.DATE})?", re.I)
RANGE = re.compile(
    rf"(?:\b(?:between|from|covering|period|during|for|in) (?:the )?(?:period )?)?(?<![\w/]){dates.RANGE}", re.I
)
QUARTER = re.compile(rf"(?:\bat (?:the )?end of (?:the )?|{_IN})" + dates.QUARTER, re.I)
FINANCIAL_YEAR = re.compile(rf"{_IN}(?<![\w/-]){dates.FINANCIAL_YEAR}", re.I)
THREE_MONTHS = re.compile(
    rf"{_IN_WORDS}(?:quarter|three months|3 months) (?:to|ending|ended|up to)(?: the end of)? {dates.DATE}"
    rf"(?! ?(?:to|-|until) {dates.DATE})",
    re.I,
)
WEEK = re.compile(
    rf"{_IN_WORDS}(?:week|w/?|weekend|fortnight) ?(?:commencing|ending|beginning|c|e|starting|of) {dates.DATE}", re.I
)
TO_THE_END = re.compile(
    rf"\b(?:up )?(?:to|by|until) (?:the )?end of (?:the )?(?:{dates.QUARTER}"
    rf"|{dates.DATE}(?: quarter\b)?|(?:this |the )?(?:quarter|month|period))",
    re.I,
)
SHORT_YEAR = re.compile(dates.SHORT_YEAR, re.I)
DATE = re.compile(
    rf"{_IN}(?:\b(?:(?:at |by |as at )?(?:the )?end of(?: the)?|on|as at|of|by|up to) )?(?<![\w/]){dates.DATE}"
    r"(?: (?:quarter|month)\b)?(?: (?:month )?end\b)?",
    re.I,
)
DEADLINE = re.compile(
    rf"(?<=[a-z]{{3}} )by (?:the )?(?:(?:end|start|beginning) of )?(?:{dates.DATE}|(?:19|20)\d\d(?!\d|[/.,-]\d))", re.I
)
"""Behind a word, not a figure: "96% by March 2027" may be what was reached."""
OVER_WITH = re.compile(
    r"\b(?:campaign|consultation|survey|drive|programme|pilot|season|window|recruitment|vaccinations?) (?:then |was )?"
    rf"(?:closed|ended|finished|concluded|opened|launched|started|began|went live) on (?:the )?{dates.DATE}",
    re.I,
)
"""The day on which a campaign or the like began or ended: "the campaign closed on 28 February with ..."."""
FINAL = re.compile(
    r"\b(?:provisional(?:ly)?(?: figures?)?,? until|(?:final(?:ised)?|validated|audited|confirmed)"
    r"(?: (?:figures?|data|results?|numbers?|counts?))?(?: (?:is|are|will be|to be|can be))?"
    r"(?: (?:due|expected|available|published|released|out|follows?|to follow|will follow|known|ready))?"
    rf"(?: (?:in|by|on|from|until|after))?)(?: the)? (?:{dates.PART_OF_A_MONTH})?{dates.DATE}",
    re.I,
)
"""When a provisional figure will be final: "provisional until 30 November", "final figure due mid-December"."""
AT_THE_END = re.compile(r"\bas (?:at|of)\b|\bat\b|\bon\b", re.I)
BY = re.compile(r"(?:at |by )", re.I)
"""What has come about by a year's last day is the year's."""
BARE_YEAR = re.compile(rf"{_IN}(?:\bcalendar year )?(?<![\w,.£/-])(?:19|20)\d\d(?![\w%/]|[.,]\d| ?(?:%|per))", re.I)
NAMED_DATE = re.compile(dates.DATE, re.I)
