"""Numbers that stand where the figure would, and are another thing: an addition, events, another group or statistic."""

import re

from parsers.figures import subject
from parsers.figures.additions import is_an_addition
from parsers.figures.averages import is_said_of_another
from parsers.figures.evidence import sums_of
from parsers.figures.field import Field
from parsers.figures.grades import is_a_length
from parsers.figures.groups import is_of_another_group
from parsers.figures.lists import is_a_sum_of_more, is_one_of_a_list
from parsers.figures.periods import Time
from parsers.figures.persons import is_another_thing_in_brackets, may_count_events
from parsers.figures.scopes import kind_of, together
from parsers.figures.units import Kind


def _added_to_a_total(field: Field) -> bool:
    """It was added, and another number is what that makes."""
    beside = field.rivals if field.best.wanted else field.everything
    others = [each.number for each in beside if each.number != field.best.number]
    title, best = field.frame.asked.title, field.best
    return is_an_addition(field.facts, title, best.number, others, timed=best.wanted)


def _of_events(field: Field) -> bool:
    """It counts events, and the people in them are counted beside it."""
    facts, title, best = field.facts, field.frame.asked.title, field.best.number
    rivals = [rival.number for rival in field.rivals]
    everything = [each.number for each in field.everything]
    return may_count_events(facts, title, best, rivals) or is_another_thing_in_brackets(facts, title, best, everything)


def _one_of_a_list(field: Field) -> bool:
    return is_one_of_a_list(field.frame, field.facts, field.best.number, [each.number for each in field.rivals])


def _a_sum_of_more(field: Field) -> bool:
    by_months = {said.what for said in field.facts.elsewhere if said.mention and said.mention.time is Time.PART}
    addends = sums_of(each.number for each in field.everything).get(field.best.number, ())
    if by_months.issuperset(addends) or kind_of(field.best.number) is Kind.PERCENT:
        return False
    return not field.best.wanted and is_a_sum_of_more(field.frame, field.best, field.everything)


def _of_another_group(field: Field) -> bool:
    """Its sentence names other ages than the title does."""
    text = field.facts.canvas.text
    return is_of_another_group(field.frame.asked.title, field.facts.sentence(field.best.number.start), text)


def _another_statistic(field: Field) -> bool:
    """The median is asked for, and is said of another number."""
    text, best = field.facts.canvas.text, field.best.number
    others = [each.number.start for each in field.everything]
    return is_said_of_another(field.frame.asked.title, text, best.start, others)


def _without_its_limit(field: Field) -> bool:
    """The title's limit ("over 12 months") is said in the sentence, and not of this number."""
    if not subject.has_a_limit(field.frame.asked):
        return False
    text, best = field.facts.canvas.text, field.best.number
    start, end = field.facts.canvas.sentence_at(best.start)
    if field.best.strange:
        told = subject.match(text, "", field.frame.asked).named - field.best.named
        lengths = {word for word in told if is_a_length(word)}
        if lengths:
            # "Recovery 49%. First treatment in 6 weeks 88": the limit is said of another number.
            return True
    if field.best.whole and field.best.wanted:
        return False
    # A limit before every number of its sentence holds for all: "Handovers over 60 minutes: 12, 9 and 7".
    first = min(each.number.start for each in field.everything if start <= each.number.start < end)
    following = min(
        (each.number.start for each in field.everything if best.end <= each.number.start < end), default=end
    )
    own = f"{text[start:first]} {_MARK.split(text[start : best.start])[-1]} {text[best.end : following]}"
    return subject.says_a_limit(text[start:end]) and not subject.says_a_limit(own)


def _beside_a_range(field: Field) -> bool:
    """A range stands among words of the title that the number lacks: "Fines 90: litter 59, fouling 31 or 33"."""
    text, title = field.facts.canvas.text, field.frame.asked
    for _, high, start in field.facts.context.ranges:
        first, _ = field.facts.canvas.sentence_at(start)
        before = re.split(r"\d|[;:,](?=\s)", text[first:start])[-1]
        after = re.split(r"\d|[;:,.](?=\s)|\n", text[high.end :], maxsplit=1)[0]
        if subject.match(before, after, title).named - field.best.named:
            return True
    return False


def _an_example(field: Field) -> bool:
    """Its sentence tells of one occasion: "for example, on a recent Saturday 16 people were stopped"."""
    text, best = field.facts.canvas.text, field.best.number
    start, _ = field.facts.canvas.sentence_at(best.start)
    return not field.best.wanted and _ONE_OCCASION.search(text, start, best.start) is not None


_ONE_OCCASION = re.compile(
    r"\b(?:for (?:example|instance)|e\.g\.|on (?:one|a(?: recent| particular)?) (?:occasion|night|evening|weekend"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)|in one (?:case|instance|incident|example))\b",
    re.I,
)


def _one_case_of_several(field: Field) -> bool:
    """An average is asked for, and single cases are told: "one hour for one call and 15 minutes for another"."""
    sentence = field.facts.sentence(field.best.number.start)
    single = _ONE_AND_ANOTHER.search(sentence) is not None and _AVERAGED.search(sentence) is None
    return single and _AVERAGED.search(field.frame.asked.title) is not None


_ONE_AND_ANOTHER = re.compile(r"\bone\b.*\banother\b|\b1\b.*\banother\b", re.I)
_AVERAGED = re.compile(r"\b(?:average|mean|median)\b", re.I)


def _adjusted(field: Field) -> bool:
    """Another number of its kind is what is left of it: "512, 498 after removing duplicates"."""
    text, best = field.facts.canvas.text, field.best.number
    behind = [q for q in field.facts.said if q.kind is kind_of(best) and q.start > best.end]
    around = (f"{text[best.end : q.start][-_LOOKED_AROUND:]} {text[q.end : q.end + _LOOKED_AROUND]}" for q in behind)
    later = (field.facts.sentence(q.start) for q in behind if not together(field.facts, q, best))
    return any(_LEAVES.search(words) for words in around) or any(_LEAVES_OUT.match(words) for words in later)


_LEAVES_OUT = re.compile(
    r"\W*(?:excluding|leaving out|(?:if|when|once|after) (?:we |you )?(?:adjust\w*|remov\w*|exclud\w*)"
    r"|adjust(?:ing|ed) for)\b",
    re.I,
)
"""As in "£4.4m. This includes ... Excluding these it was £1.2m."."""
_LOOKED_AROUND = 30
_LEAVES = re.compile(
    r"\b(?:after|following|excluding|without|less) (?:the |any |\w+ )?(?:appeals?|adjust\w*|correct\w*|remov\w*"
    r"|duplicates?|validat\w*|cleans\w*|audit\w*)\b",
    re.I,
)


def _cut_short(field: Field) -> bool:
    """A bare number right behind a length of time may be its smaller unit: "1 hr 50 door to door"."""
    best, text = field.best.number, field.facts.canvas.text
    return kind_of(best) is Kind.TIME and _SMALLER.match(text, best.end) is not None


_SMALLER = re.compile(r" \d{1,2}(?![\d.,:/])")
_MARK = re.compile(r"[,;](?=\s)")


LIKENESSES = (
    _added_to_a_total,
    _of_events,
    _one_of_a_list,
    _a_sum_of_more,
    _of_another_group,
    _another_statistic,
    _without_its_limit,
    _cut_short,
    _beside_a_range,
    _an_example,
    _one_case_of_several,
    _adjusted,
)
"""Each keeps a number from being the figure."""
