"""Mail that programs write: what is not known as such says nothing that could be taken for a figure."""

import pytest

from collector.domain.submission import Opened
from parsers.mime import open_mail
from tests.parsers.test_damaged_mail import reading
from tests.support.machine_mail import machine_mail

FORMS = {name: (kind, raw) for name, kind, raw in machine_mail()}


@pytest.mark.parametrize("name", FORMS)
def test_no_program_reports_a_figure(name: str) -> None:
    _, raw = FORMS[name]
    mail = open_mail(raw, len(raw), False)
    assert isinstance(mail, Opened)
    assert [item for item in reading(mail).items if item.certain and item.candidates[0].value is not None] == []


@pytest.mark.parametrize("name", FORMS)
def test_what_a_program_wrote_is_known_as_what_it_is(name: str) -> None:
    kind, raw = FORMS[name]
    assert open_mail(raw, len(raw), False).machine is kind
