"""Orders about what was set aside and about addresses, carried out."""

from collector.acting import Acting
from collector.domain.orders import AboutMail, Accept, AddressWorks, ListQuarantine, Purge, Reject, ShowQuarantined
from collector.failing import address_works
from collector.purging import purge
from collector.quarantine import accept, list_quarantine, reject, show_quarantined


def about_mail(acting: Acting, order: AboutMail) -> tuple[str, ...]:
    """Do what the coordinator says; a round need not be open for it."""
    match order:
        case ListQuarantine():
            return list_quarantine(acting)
        case ShowQuarantined(message):
            return show_quarantined(acting, message)
        case Accept(message, who, remember):
            return accept(acting, message, who, remember)
        case Reject(message, why):
            return reject(acting, message, why)
        case Purge(message, why):
            return purge(acting, message, why)
        case AddressWorks(address):
            return address_works(acting, address)
