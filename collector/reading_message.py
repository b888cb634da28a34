"""What a message says for its sender's round: what of the books its reading needs, and the reading of it."""

from dataclasses import replace

from collector.actions import red_of, without_plan
from collector.asking import reading_task
from collector.books import InboxRow
from collector.document_reading import with_documents
from collector.domain.submission import Opened, Refusal
from collector.earlier_names import in_todays_codes, renamed_in, split_in
from collector.forms import expected_from
from collector.hearing import Heard, Said, merged, only_new, read_forms, without_contradicted
from collector.held_words import plan_without_values
from collector.looking_back import to_be_said
from collector.passing_on import with_what_is_passed_on
from collector.plan_words import dated, plans_in
from collector.ports import Calendar, Finder, Reader, Unit
from collector.screening import Screened, Way
from collector.taken_back import taken_back
from collector.turns import Task, said_at
from collector.view import latest_view
from collector.which_round import answered_round, asked_for_which_round, may_name, view_for


def task_of(
    unit: Unit, calendar: Calendar, row: InboxRow, opened: Opened | Refusal, heard: Heard, screened: Screened
) -> Task | None:
    """What is to be known of the books to read this message; None where none of it is to be read for a round."""
    view = view_for(unit, opened, heard, screened.person)
    if screened.way is not Way.READ or screened.person is None or view is None or isinstance(opened, Refusal):
        return None
    sent = said_at(opened, row)
    named = may_name(opened, heard)
    reading = reading_task(view, screened.person, calendar.local(sent), named)
    newest = latest_view(unit) or view
    answers = answered_round(unit, opened, screened.person)
    other = str(answers) if answers is not None and answers != view.round.period else ""
    return Task(
        replace(reading, subject=opened.subject),
        expected_from(newest, screened.person),
        other,
        to_be_said(view, screened.person),
        red_of(view, screened.person),
        without_plan(view, screened.person),
        renamed_in(view),
        frozenset(unit.mappings.of(screened.person.id)) if heard.documents else frozenset(),
        taken_back(unit, view, row, screened.person),
        split_in(view),
        view.partnership.mailbox,
    )


def said_in(opened: Opened | Refusal, heard: Heard, task: Task, reader: Reader, finder: Finder) -> Said:
    """What a message says: in its words, and in the files that were heard. Touches no books."""
    if isinstance(opened, Refusal):
        return Said()
    codes = dict.fromkeys((*(asked.code for asked in task.reading.asked), *task.planning))
    text, earlier = in_todays_codes(opened.text, task.renamed)
    text, plans = plans_in(text, [*codes], task.planning, task.red, task.unexplained)
    read = reader.read(text, task.reading)
    plans = tuple(map(plan_without_values, dated(plans, reader, task.reading.sent_on)))
    if opened.forwards and task.mailbox.lower() not in opened.passed_on:
        forwarded, _ = in_todays_codes(opened.passed_words, task.renamed)
        read = with_what_is_passed_on(read, reader.read(forwarded, task.reading))
    notes: tuple[str, ...] = ()
    if opened.before_edit is not None:
        before, _ = in_todays_codes(opened.before_edit, task.renamed)
        read, notes = only_new(read, reader.read(before, task.reading))
    if task.other_round:
        read = replace(
            read,
            items=tuple(asked_for_which_round(item, task.expected.period, task.other_round) for item in read.items),
        )
    said = read_forms(heard, text, task.expected, task.reading, reader)
    said = with_documents(said, heard.documents, text, task, reader, finder)
    chosen, told = without_contradicted(tuple(dict.fromkeys((*opened.chosen, *read.chosen))), said, task.reading)
    unknown = tuple(dict.fromkeys((*read.unknown_codes, *said.reading.unknown_codes)))
    items = merged((*read.items, *said.reading.items, *task.taken_back))
    whole = replace(read, items=items, chosen=chosen, unknown_codes=unknown)
    return replace(
        said,
        reading=whole,
        notes=(*notes, *said.notes, *told),
        plans=plans,
        earlier=tuple(dict.fromkeys((*earlier, *said.earlier))),
    )
