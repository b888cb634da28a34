"""Orders about what was set aside and about addresses, carried out."""

from collector.acting import Acting
from collector.books import InboxState
from collector.domain.orders import AboutMail, Accept, AddressWorks, ListQuarantine, Purge, Reject, ShowQuarantined
from collector.failing import address_works
from collector.purging import purge
from collector.quarantine import accept, list_quarantine, reject, show_quarantined
from collector.showing import show_waiting, waiting_message


def about_mail(acting: Acting, order: AboutMail) -> tuple[str, ...]:
    """Do what the coordinator says; a round need not be open for it."""
    match order:
        case ListQuarantine():
            return list_quarantine(acting)
        case ShowQuarantined(message):
            return _show(acting, message)
        case Accept(message, who, remember):
            return accept(acting, message, who, remember)
        case Reject(message, why):
            return reject(acting, message, why)
        case Purge(message, why):
            return purge(acting, message, why)
        case AddressWorks(address):
            return address_works(acting, address)


def _show(acting: Acting, number: int) -> tuple[str, ...]:
    """A message that waits for release, or one that was set aside: each has numbers of its own."""
    waits = waiting_message(acting, number) if acting.coordinates else None
    if waits is None:
        return show_quarantined(acting, number)
    aside = acting.unit.inbox.find(number)
    also = aside is not None and aside.state is InboxState.QUARANTINED
    return (*show_waiting(acting, waits), *(("", *show_quarantined(acting, number)) if also else ()))
