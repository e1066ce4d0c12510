"""Places on the earth."""

from decimal import Decimal
from math import asin, cos, radians, sin, sqrt

from joinery.formulas.function import Number, Text, function
from joinery.formulas.numbers_in_text import looks_like_number, number_from_text
from joinery.formulas.problem import WRONG_VALUE, Failure

#: The mean radius of the earth in metres.
_RADIUS = 6_371_008.8


def _coordinates(text: str) -> tuple[float, float]:
    """Latitude and longitude in radians."""
    parts = text.replace("，", ",").split(",")
    if len(parts) == 2 and all(map(looks_like_number, parts)):
        latitude, longitude = (float(number_from_text(part)) for part in parts)
        if abs(latitude) <= 90 and abs(longitude) <= 180:
            return radians(latitude), radians(longitude)
    raise Failure(WRONG_VALUE, "formula_not_a_place", value=text[:40])


@function("number")
def DISTANCE(place: Text, other: Text) -> Number:
    """The metres between two places on the earth, each a text "latitude,longitude" in degrees.

    >>> DISTANCE("39.9042,116.4074", "31.2304,121.4737")
    1067312
    """
    (latitude, longitude), (other_latitude, other_longitude) = map(_coordinates, (place, other))
    across = sin((other_latitude - latitude) / 2) ** 2
    along = sin((other_longitude - longitude) / 2) ** 2
    half_chord = sqrt(min(1.0, across + cos(latitude) * cos(other_latitude) * along))
    return Decimal(round(2 * _RADIUS * asin(half_chord)))
