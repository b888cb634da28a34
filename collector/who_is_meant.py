"""Whom somebody means by a role as people shorten it: "the YOT Manager" for the Youth Offending Team Manager. Pure."""

from collector.domain.partnership import Partnership
from collector.domain.people import Person


def meant_by(partnership: Partnership, words: str) -> Person | None:
    """Who is called so; else the one person whose title it shortens by its initials. None where two could be meant."""
    found = partnership.called(words)
    if found is not None:
        return found
    said = words.lower().strip(" .").removeprefix("the ").split()
    near = [person for person in partnership.people if _shortens(said, person.title.lower().split())]
    return near[0] if len(near) == 1 else None


def _shortens(said: list[str], title: list[str]) -> bool:
    """Whether words are those of a title, with some of them by their initials: "yot", "dph", "csu"."""
    if not said or not title:
        return not said and not title
    if said[0] == title[0] and _shortens(said[1:], title[1:]):
        return True
    return any(
        said[0] in _initials(title[:count]) and _shortens(said[1:], title[count:]) for count in range(2, len(title) + 1)
    )


def _initials(words: list[str]) -> set[str]:
    """Initials of words, with and without the small ones: "doph" and "dph"."""
    small = ("of", "the", "for", "and", "&")
    return {"".join(word[0] for word in words), "".join(word[0] for word in words if word not in small)}
