"""The pins in pyproject.toml are what is installed, so that everybody runs the same."""

from __future__ import annotations

import importlib.metadata
import re
import tomllib
from pathlib import Path

PYPROJECT = Path(__file__).parent.parent / "pyproject.toml"


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins() -> dict[str, str]:
    constraints = tomllib.loads(PYPROJECT.read_text())["tool"]["uv"]["constraint-dependencies"]
    return {plain(name): version for name, version in (pin.split("==") for pin in constraints)}


def installed() -> dict[str, str]:
    return {
        plain(package.metadata["Name"]): package.version
        for package in importlib.metadata.distributions()
    }


def test_what_is_installed_is_pinned_as_it_is() -> None:
    assert installed().items() <= pins().items()


def test_no_pin_is_left_of_what_went() -> None:
    here = {"cffi", "colorama", "exceptiongroup", "tomli", "tzdata"}  # for other systems alone
    assert pins().keys() - installed().keys() <= here
