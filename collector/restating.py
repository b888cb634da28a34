"""What was signed, locked, opened again and restated in a round, read from the books."""

from collections.abc import Mapping, Sequence

from collector.domain.action import LOOKED_BACK
from collector.domain.figure import Figure, Reported
from collector.domain.round import Round, RoundState
from collector.domain.signing import Reopening, Restated, Signing, SignOff
from collector.ports import Unit


def signing_of(unit: Unit, opened: Round, current: Mapping[str, Figure]) -> Signing:
    """All of it for one round; `current` are its figures as they stand.

    Earlier rounds' figures that were restated since it opened are told with it.
    """
    period = opened.period
    reopenings, signoffs = unit.locks.reopenings(period), unit.signoffs.all(period)
    earlier = [each for each in unit.locks.settled_since(opened.opens) if each.period < period]
    return Signing(
        signoffs=signoffs,
        sent_back=unit.signoffs.sent_back(period),
        snapshots=unit.locks.snapshots(period),
        reopenings=reopenings,
        corrections=unit.locks.corrections(period),
        restated=tuple(found for each in (*earlier, *reopenings) if (found := _restated(unit, each))),
        plans=unit.plans.all(*period.with_before(LOOKED_BACK)),
        signed_before=_signed_before(unit, signoffs, current),
    )


def closing_of(unit: Unit, opened: Round) -> Signing:
    """What of it says who is still asked for something: nothing before the round is closed."""
    if opened.state is RoundState.OPEN:
        return Signing()
    period = opened.period
    return Signing(
        snapshots=unit.locks.snapshots(period),
        reopenings=unit.locks.reopenings(period),
        corrections=unit.locks.corrections(period),
    )


def _signed_before(unit: Unit, signoffs: Sequence[SignOff], current: Mapping[str, Figure]) -> dict[str, Reported]:
    """What was signed last of each measure whose figure is another one now."""
    signed = {code: (number, each.period) for each in signoffs for code, number in each.figures}
    found = {}
    for code, (number, period) in signed.items():
        if code in current and current[code].id != number:
            versions = {each.id: each.reported for each in unit.figures.versions(code, period)}
            found[code] = versions[number]
    return found


def _restated(unit: Unit, reopening: Reopening) -> Restated | None:
    if reopening.now is None or reopening.settled_at is None:
        return None
    said = {each.id: each.reported for each in unit.figures.versions(reopening.measure, reopening.period)}
    return Restated(
        period=reopening.period,
        measure=reopening.measure,
        was=said.get(reopening.was),
        now=said[reopening.now],
        reason=reopening.reason,
        at=reopening.settled_at,
    )
