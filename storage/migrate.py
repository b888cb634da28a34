"""Brings the schema of the books up to date with Alembic."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

_SCRIPTS = Path(__file__).parent / "migrations"


def config(engine: sa.Engine, connection: sa.Connection | None = None) -> Config:
    """Alembic's configuration for one engine; no ini file is needed."""
    made = Config()
    made.set_main_option("script_location", str(_SCRIPTS))
    made.attributes["connection"] = connection
    return made


def upgrade(engine: sa.Engine) -> None:
    """Run what migrations are missing, in one transaction; two processes at once take turns."""
    with engine.begin() as connection:
        command.upgrade(config(engine, connection), "head")
