"""What the books say of a round, to see whether anything was changed."""

from tests.builders import Office


def standing(office: Office, aside: int | None = None) -> object:
    """Everything that words or a press could change.

    Where a stranger writes, `aside` is the one message set aside that counts: that theirs is too is no change.
    """
    view = office.view()
    with office.books.begin() as unit:
        waiting = [row.id for row in unit.inbox.quarantined()]
        return (
            view.round.state,
            {code: figure.version for code, figure in view.figures.items()},
            [(request.id, request.state) for request in view.requests],
            [(query.id, query.state) for query in view.queries],
            [(owed.measure, owed.person, owed.state, owed.extended_to) for owed in view.obligations],
            (list(view.signing.signoffs), list(view.signing.sent_back), len(view.signing.corrections)),
            waiting if aside is None else aside in waiting,
            [row.id for row in unit.outbox.held()],
            (
                unit.plan.get(),
                list(unit.people.hand_overs()),
                list(unit.people.absences()),
                list(unit.people.snoozes()),
            ),
        )
