"""What the documents say is true."""

import re
from pathlib import Path

from typer.main import get_command

from bot.cli.app import app
from bot.settings import Settings

ROOT = Path(__file__).parents[1]


def test_every_setting_is_listed_with_its_default() -> None:
    told = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    for name, field in Settings.model_fields.items():
        row = next((line for line in told.splitlines() if f"`{name.upper()}`" in line), None)
        assert row is not None, f"{name.upper()} is missing"
        if field.default not in (None,):
            assert f"`{field.default}`" in row


def test_no_setting_is_listed_that_does_not_exist() -> None:
    told = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    listed = {
        name
        for line in told.splitlines()
        if line.startswith("| `")
        for name in re.findall(r"`([A-Z_]+)`", line.split("|")[1])
    }
    assert listed == {name.upper() for name in Settings.model_fields}


def test_the_readme_lists_every_command_and_no_other() -> None:
    told = (ROOT / "README.md").read_text(encoding="utf-8")
    listed = {row.split("`")[1].split()[0] for row in told.splitlines() if row.startswith("| `")}
    assert listed | {"demo"} == set(get_command(app).commands)  # type: ignore[attr-defined]  # the group's own commands


def test_the_pictures_the_readme_shows_are_there() -> None:
    for picture in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", (ROOT / "README.md").read_text(encoding="utf-8")):
        assert (ROOT / picture).stat().st_size > 10_000


def test_the_mail_page_names_every_mail_setting_and_no_other() -> None:
    told = (ROOT / "docs" / "mail.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\b((?:IMAP|SMTP|MAIL|OAUTH)_[A-Z_]+)\b", told))
    of_mail = {name.upper() for name in Settings.model_fields if re.match(r"imap_|smtp_|mail_|oauth_", name)}
    assert named == of_mail


def test_what_the_mail_page_says_the_log_says_is_said() -> None:
    table = (ROOT / "docs" / "mail.md").read_text(encoding="utf-8").partition("## When it does not work")[2]
    quoted = [row.split("`")[1] for row in table.splitlines() if row.startswith("| `")]
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot" / "mail").glob("*.py"))
    joined = re.sub(r'"\s*\n\s*f?"', "", sources)
    assert "certificate verify failed" in quoted, "these words are Python's"
    assert [words for words in quoted if words not in joined] == ["certificate verify failed"]
