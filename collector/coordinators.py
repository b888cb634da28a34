"""Who the coordinator's notices go to: the coordinators, and whoever stands in for one who is away."""

from datetime import date

from collector.domain.absence import Absence
from collector.domain.partnership import Partnership
from collector.domain.people import Person, Role
from collector.ports import Unit


def told_of_it(unit: Unit, partnership: Partnership, today: date) -> list[Person]:
    """Everybody who hears today what the coordinator is to decide; who stands in hears it too."""
    absences = [said for said in unit.people.absences() if said.holds(today)]
    found: list[Person] = []
    for coordinator in partnership.with_role(Role.COORDINATOR):
        found.append(coordinator)
        away = next((said for said in reversed(absences) if said.person == coordinator.id), None)
        cover = covering(partnership, coordinator, away, today)
        if away is not None and cover is not None:
            found.append(cover)
    return list(dict.fromkeys(found))


def covering(partnership: Partnership, who: Person, away: Absence | None, today: date) -> Person | None:
    """Who stands in for somebody: the one who was named for their absence, else the deputy in the file."""
    named = (away.deputy if away else "") or who.deputy
    found = partnership.by_id.get(named)
    return None if found is None or found.has_left(today) else found


def of_the_cover(partnership: Partnership, who: Person, away: Absence, today: date) -> list[str]:
    """What is told when a coordinator is away: who hears the notices, and what that person may not do."""
    if who.role is not Role.COORDINATOR:
        return []
    cover = covering(partnership, who, away, today)
    if cover is None:
        return ["Nobody stands in for the coordinator: the notices wait for them. Say who covers."]
    told = f"Meanwhile what the coordinator is told goes to the {cover.title} too."
    if cover.role is Role.COORDINATOR:
        return [told]
    return [f"{told} They can't lock, release or decide: for that the definitions have to make them a coordinator."]
