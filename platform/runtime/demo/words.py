"""What invented records are made of: names, places and sentences, and the seed of chance."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

SEED = 20170101


@cache
def vocabulary() -> Mapping[str, Any]:
    """Names, places and sentences to choose from."""
    text = files("joinery.suites.demo").joinpath("vocabulary.json").read_text(encoding="utf-8")
    words: Mapping[str, Any] = json.loads(text)
    return words


def weighted(random: Random, options: Sequence[str]) -> str:
    """One of the options, the first ones more often."""
    return options[int(random.random() ** 1.6 * len(options))]
