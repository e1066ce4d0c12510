"""How many examples of a property are tried, and which.

The check tries a number that is bounded and always the same ones: it fails for what was changed, never by
chance. `HYPOTHESIS_PROFILE=thorough` tries ten times as many, each time others.
"""

import os

from hypothesis import settings

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "check")

settings.register_profile("check", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("thorough", deadline=None, print_blob=True)
settings.load_profile(PROFILE)


def examples(count: int) -> int:
    """The number of examples to try where the check tries `count`."""
    return count * 10 if PROFILE == "thorough" else count
