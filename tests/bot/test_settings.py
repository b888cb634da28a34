"""Settings: the environment first, then the file that NAME_FILE names."""

from pathlib import Path

import pytest

from bot.settings import SettingsError, read_settings


@pytest.mark.parametrize("name", ["IMAP_PASSWORD", "SMTP_PASSWORD", "DATABASE_URL"])
def test_a_secret_can_lie_in_a_file(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret").write_text("sqlite:///hush.db\n", encoding="utf-8")
    monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(f"{name}_FILE", str(tmp_path / "secret"))
    found = getattr(read_settings(), name.lower())
    assert (found.get_secret_value() if name.endswith("PASSWORD") else found) == "sqlite:///hush.db"
    monkeypatch.setenv(name, "sqlite:///shown.db")
    found = getattr(read_settings(), name.lower())
    assert (found.get_secret_value() if name.endswith("PASSWORD") else found) == "sqlite:///shown.db"


def test_a_secrets_file_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IMAP_PASSWORD_FILE", "/no/such/file")
    with pytest.raises(SettingsError, match="IMAP_PASSWORD_FILE names /no/such/file"):
        read_settings()


def test_a_password_is_never_shown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IMAP_PASSWORD", "hush")
    assert "hush" not in repr(read_settings())
