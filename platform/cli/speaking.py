"""Talk to the person at the terminal."""

import os
import sys

from joinery.kernel import LANGUAGES, PlatformError, issue_message


def print_error(error: PlatformError, language: str) -> None:
    """Say what went wrong and list every problem, on standard error."""
    print(error.message(language), file=sys.stderr)
    for issue in error.issues:
        place = f"{issue.path}: " if issue.path else ""
        print(f"  {place}{issue_message(issue, language)}", file=sys.stderr)


def terminal_language() -> str:
    """The language of the person at the terminal: Chinese for a Chinese locale, else English."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh-CN" if locale.lower().startswith("zh") else next(iter(LANGUAGES))
