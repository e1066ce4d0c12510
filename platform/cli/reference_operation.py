"""Reference pages for those who run the product: settings and the command line."""

import argparse
from collections.abc import Iterator
from typing import Any

from joinery.definitions import markdown_table
from joinery.runtime.settings import VARIABLES

_SETTINGS_INTRODUCTION = """# Settings

Settings are environment variables, read once when a command starts.
Options of a command come before them."""

_COMMANDS_INTRODUCTION = """# Command line

Every command ends with 0 when it did what it was asked, with 1 when that was not possible
(the reason is printed), with 2 when it was called wrongly."""


def settings_page() -> str:
    """The environment variables."""
    rows = [(f"`{name}`", meaning, default) for name, (meaning, default) in VARIABLES.items()]
    return (
        "\n\n".join([_SETTINGS_INTRODUCTION, markdown_table(("variable", "does", "without it"), rows)]) + "\n"
    )


def commands_page(commands: Any) -> str:
    """Every command with its arguments and options; `commands` is what `add_subparsers` gave."""
    return "\n\n".join([_COMMANDS_INTRODUCTION, *_chapters(commands)]) + "\n"


def _chapters(commands: Any) -> Iterator[str]:
    purposes = {part.dest: part.help for part in commands._choices_actions}
    for name, command in commands.choices.items():
        inner = [part for part in command._actions if isinstance(part, argparse._SubParsersAction)]
        if not inner:
            yield _chapter(command, purposes[name])
        for parts in inner:
            yield from _chapters(parts)


def _chapter(command: argparse.ArgumentParser, purpose: str) -> str:
    rows = [
        (f"`{_shape(action)}`", action.help or "")
        for action in command._actions
        if not isinstance(action, argparse._HelpAction)
    ]
    parts = [f"## {command.prog}", f"{purpose[0].upper()}{purpose[1:]}."]
    return "\n\n".join([*parts, markdown_table(("argument", "means"), rows)] if rows else parts)


def _shape(action: argparse.Action) -> str:
    """An argument as one types it: `--form KEY`, `--mode add|update`, `FILE`."""
    if action.choices:
        value = "|".join(map(str, action.choices))
    else:
        value = str(action.metavar or action.dest.upper())
    if not action.option_strings:
        return value
    return action.option_strings[-1] if action.nargs == 0 else f"{action.option_strings[-1]} {value}"
