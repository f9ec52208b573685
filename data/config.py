"""What the environment decides: where the database lies and how much may be uploaded."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Config(BaseSettings):
    """Read from `AFTERMATH_*` variables or `.env`, once per process.

    Raises
    ------
    pydantic.ValidationError
        If a variable holds what cannot be used.
    """

    # What is wrong is told without the value: an address holds a password.
    model_config = SettingsConfigDict(
        env_prefix="AFTERMATH_", env_file=".env", extra="ignore", hide_input_in_errors=True
    )

    database_url: str = Field(default=f"sqlite:///{ROOT / 'var' / 'aftermath.db'}")
    upload_limit_mb: int = Field(default=50, ge=1, le=2000)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "WARNING"

    @field_validator("database_url")
    @classmethod
    def _name_the_driver(cls, url: str) -> str:
        for prefix in ("postgresql://", "postgres://"):
            if url.startswith(prefix):
                return "postgresql+psycopg://" + url.removeprefix(prefix)
        if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ValueError("AFTERMATH_DATABASE_URL must begin with sqlite:/// or postgresql://")
        return url


@lru_cache(maxsize=1)
def config() -> Config:
    """The settings of this process."""
    return Config()
