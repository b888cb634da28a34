"""The environment, read once: every setting of the collector stands here."""

from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from collector.failpoints import Failpoint

Security = Literal["tls", "starttls", "none"]
SignIn = Literal["password", "oauth2"]
Handled = Literal["leave", "flag", "move"]


class SettingsError(Exception):
    """A setting is missing or can't be used; the message names it and says how to set it."""


class _FromFiles(PydanticBaseSettingsSource):
    """Reads NAME_FILE where NAME is a secret, as container platforms hand secrets over."""

    def get_field_value(self, field: Any, field_name: str) -> tuple[Any, str, bool]:
        path = self.current_state.get(f"{field_name}_file")
        if path is None:
            return None, field_name, False
        try:
            return Path(path).read_text(encoding="utf-8").strip(), field_name, False
        except OSError as error:
            raise SettingsError(f"{field_name.upper()}_FILE names {path}, which can't be read: {error}") from error

    def __call__(self) -> dict[str, Any]:
        fields = self.settings_cls.model_fields
        secrets = (name for name in fields if f"{name}_file" in fields)
        found = {name: self.get_field_value(None, name)[0] for name in secrets}
        return {name: value for name, value in found.items() if value is not None}


class Settings(BaseSettings):
    """Settings come from the environment or a .env file; secrets also from the file that NAME_FILE names."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    database_url: str = Field("sqlite:///collector.db", description="where the books are: sqlite:/// or postgresql://")
    database_url_file: str | None = Field(None, description="a file that holds it")
    imap_host: str | None = Field(None, description="the server that holds the returns mailbox")
    imap_port: int = Field(993, description="its port")
    imap_security: Security = Field("tls", description="tls, starttls, or none (only on this machine)")
    imap_user: str | None = Field(None, description="the mailbox's account")
    imap_password: SecretStr | None = Field(None, description="its password")
    imap_password_file: str | None = Field(None, description="a file that holds it")
    imap_folder: str = Field("INBOX", description="the folder that is read")
    imap_handled: Handled = Field("leave", description="what happens to handled mail: leave, flag or move")
    imap_handled_folder: str | None = Field(None, description="the folder that handled mail is moved to")
    imap_aside_folder: str | None = Field(
        None, description="the folder that mail set aside for the coordinator is moved to; without it that mail stays"
    )
    smtp_host: str | None = Field(None, description="the server that takes outgoing mail")
    smtp_port: int = Field(587, description="its port")
    smtp_security: Security = Field("starttls", description="tls, starttls, or none (only on this machine)")
    smtp_user: str | None = Field(None, description="the sending account, where the server asks for one")
    smtp_password: SecretStr | None = Field(None, description="its password")
    smtp_password_file: str | None = Field(None, description="a file that holds it")
    mail_per_minute: int | None = Field(
        None, ge=1, description="how many letters may go a minute; without it no limit, and 30 for Microsoft 365"
    )
    mail_sign_in: SignIn = Field("password", description="how both mail servers are signed in to: password or oauth2")
    oauth_tenant: str | None = Field(None, description="the directory (tenant) of the app that reads and sends")
    oauth_client_id: str | None = Field(None, description="the app's own id (application ID)")
    oauth_client_secret: SecretStr | None = Field(None, description="its client secret's value")
    oauth_client_secret_file: str | None = Field(None, description="a file that holds it")
    oauth_authority: str = Field(
        "https://login.microsoftonline.com",
        description="the sign-in service, for other clouds than Microsoft's public one",
    )
    oauth_scope: str = Field(
        "https://outlook.office365.com/.default", description="what tokens are asked for, for other clouds likewise"
    )
    slack_bot_token: SecretStr | None = Field(
        None, description="the Slack app's bot token (xoxb-); without it no Slack"
    )
    slack_bot_token_file: str | None = Field(None, description="a file that holds it")
    slack_app_token: SecretStr | None = Field(None, description="its app-level token for Socket Mode (xapp-)")
    slack_app_token_file: str | None = Field(None, description="a file that holds it")
    slack_api_url: str = Field("https://slack.com/api/", description="Slack's Web API, or a stand-in for rehearsals")
    mail_border: str | None = Field(
        None,
        description="the name your border mail server writes in Authentication-Results, or microsoft365; "
        "'none' believes every From line and is for rehearsals only",
    )
    mail_internal_header: str | None = Field(
        None, description="the header by which your border marks mail from inside, 'Name: value'"
    )
    mail_internal_domains: str | None = Field(None, description="the domains whose mail that header vouches for")
    mail_without_dmarc: str | None = Field(
        None, description="domains without DMARC of which SPF or DKIM is enough, with commas"
    )
    mail_plus: Literal["yes", "no"] = Field(
        "no", description="yes where name+anything@domain reaches the mailbox name@domain"
    )
    collector_clock: datetime | None = Field(
        None, description="for rehearsals: the moment at which the clock starts, with its zone"
    )
    collector_failpoint: Failpoint | None = Field(None, description="for tests: the step at which the process dies")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment before .env before NAME_FILE."""
        return init_settings, env_settings, dotenv_settings, _FromFiles(settings_cls)

    def need(self, *names: str) -> None:
        """Make sure settings are there; SettingsError names all that are missing and how to set them."""
        missing = [name for name in names if getattr(self, name) is None]
        if missing:
            lines = (f"  {name.upper()}: {type(self).model_fields[name].description}" for name in missing)
            raise SettingsError(
                "These settings are missing. Set them in the environment or in a .env file here, NAME=value:\n"
                + "\n".join(lines)
            )


def read_settings(**given: Any) -> Settings:
    """Read the settings; SettingsError says which one can't be used."""
    try:
        return Settings(**given)
    except ValidationError as error:
        lines = (f"  {'.'.join(map(str, found['loc'])).upper()}: {found['msg']}" for found in error.errors())
        raise SettingsError("These settings can't be used:\n" + "\n".join(lines)) from error
