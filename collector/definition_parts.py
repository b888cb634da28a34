"""Parts that a workbook of definitions adds or takes out: the whole is put together from those that are left. Pure."""

from dataclasses import replace

from collector.definition_sheets import INDICATORS
from collector.domain.partnership import Partnership
from collector.domain.period import Quarter


def with_its_parts(new: Partnership, since: Quarter, why: str, problems: list[str]) -> Partnership:
    """The wholes with the parts that are in force from a quarter on; a whole taken out takes no part with it."""
    defined = new.in_force(since)
    definitions = list(new.definitions)
    for part in defined.values():
        if part.part and not (part.indicator in defined and defined[part.indicator].parts):
            words = f"{part.code} is a part of {part.indicator}, which is taken out. Take it out too."
            problems.append(f"{INDICATORS}: {words}")
    for whole in new.wholes(since):
        parts = tuple(held.code for held in defined.values() if held.part and held.indicator == whole.code)
        if len(parts) < 2:
            problems.append(f"{INDICATORS}: {whole.code} is put together from its parts and needs two or more of them.")
        elif set(parts) != set(whole.parts):
            at = definitions.index(whole)
            if whole.from_period == since:
                definitions[at] = replace(whole, parts=parts)
            else:
                follows = replace(
                    whole, parts=parts, from_period=since, why=why, continues="", comparable_with_previous=True
                )
                definitions.insert(at + 1, follows)
    return replace(new, definitions=tuple(definitions))
