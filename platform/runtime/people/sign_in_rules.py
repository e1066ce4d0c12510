"""The rules for passwords and signing in as they are told to people: what a workspace chose, and what holds
in every one."""

from typing import Any

from joinery.runtime.people import password_links, password_policy, sessions
from joinery.runtime.people.sign_in_limit import BY_ACCOUNT
from joinery.runtime.unit import Unit


def sign_in_rules(unit: Unit) -> dict[str, Any]:
    """The `shortest` password in characters, after how many wrong ones an account is locked, for how many
    minutes at first and at most, and how many days a link for a password and an unused session live."""
    return {
        **password_policy.read_policy(unit),
        "wrong_passwords": BY_ACCOUNT.free,
        "first_lock_minutes": int(BY_ACCOUNT.first_wait.total_seconds() // 60),
        "longest_lock_minutes": int(BY_ACCOUNT.longest_wait.total_seconds() // 60),
        "link_days": password_links.LIFETIME.days,
        "session_days": sessions.LIFETIME.days,
    }
