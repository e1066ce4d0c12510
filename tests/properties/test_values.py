"""Whatever a field holds survives its way through JSON, spreadsheet cells and database rows."""

import unicodedata
from datetime import UTC, date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from joinery.definitions import load_app
from joinery.directory import Department, Directory, ExternalOrganisation, User
from joinery.forms import FIELD_TYPES, ParseContext, ShowContext, StoredFile, ValueProblem, compile_app
from joinery.forms.identities import RecordRef
from joinery.kernel import dump_json, load_json
from tests.examples import examples

ZONE = "Europe/Berlin"
LABEL = {"en": "Label", "zh": "标签"}
# Labels with everything that separates values in a cell.
WORDS = {"a": 'One, "two"; three', "b": "四、五", "c": " spaced ", "d": 'quote"', "e": "line\nbreak"}
OPTIONS = {key: {"label": {"en": text, "zh": f"{text} {key}"}} for key, text in WORDS.items()}

PEOPLE = [
    User(id=number, name=f"Same name {number // 2}", email=f"u{number}@example.com") for number in range(1, 8)
]
DEPARTMENTS = [Department(id=number, name=f"Team, {number // 2}") for number in range(1, 8)]
ORGANISATIONS = [
    ExternalOrganisation(id=number, name=f"Dealer; {number}", kind="dealer") for number in range(1, 8)
]
TITLES = {number: f"Title; {number}" for number in range(1, 8)}
FILES = {
    number: StoredFile(id=number, name=f'f"{number}, x (#{number + 1}).png', size=1, type="image/png")
    for number in range(1, 8)
}

DIRECTORY = Directory(PEOPLE, DEPARTMENTS, organisations=ORGANISATIONS)
PARSING = ParseContext(
    directory=DIRECTORY,
    time_zone=ZONE,
    find_file=FILES.get,
    find_record=lambda form, title: {text: number for number, text in TITLES.items()}.get(title),
)


def shown_in(language):
    return ShowContext(
        directory=DIRECTORY,
        language=language,
        time_zone=ZONE,
        title_of=lambda form, number: TITLES.get(number),
        find_file=FILES.get,
    )


def words(least, most):
    """Text as it is stored: trimmed, composed, without control characters."""
    characters = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"])
    drawn = st.text(characters, min_size=least, max_size=most)
    return drawn.map(lambda text: unicodedata.normalize("NFC", text).strip()).filter(
        lambda text: least <= len(text) <= most
    )


def decimals(places, digits=30):
    limit = 10**digits - 1
    return st.integers(-limit, limit).map(lambda number: Decimal(number).scaleb(-places))


ids = st.integers(1, 7)
several = st.lists(ids, min_size=1, unique=True).map(tuple)
moments = st.datetimes(timezones=st.just(UTC)).map(lambda moment: moment.replace(microsecond=0))
moments = moments.filter(lambda moment: 1 < moment.timetuple().tm_yday < 365)
part = words(1, 50).filter(lambda text: "/" not in text)
address = st.fixed_dictionaries(
    {}, optional={"province": part, "city": part, "district": part, "detail": words(1, 255)}
)

VALUES = {
    "address": ({}, address.filter(bool)),
    "autonumber": ({}, words(1, 40)),
    "boolean": ({}, st.booleans()),
    "choice": ({"options": OPTIONS}, st.sampled_from(sorted(OPTIONS))),
    "date": ({}, st.dates()),
    "datetime": ({}, moments),
    "department": ({}, ids),
    "departments": ({}, several),
    "email": ({}, st.from_regex(r"[a-z0-9+_]{1,20}@[a-z]{1,10}\.[a-z]{2,5}", fullmatch=True)),
    "file": ({}, several),
    "formula": ({"result": "money", "formula": "1"}, decimals(2)),
    "image": ({}, several),
    "long_text": ({}, st.lists(words(1, 30), min_size=1, max_size=5).map("\n".join)),
    "money": ({}, decimals(2)),
    "multi_choice": (
        {"options": OPTIONS},
        st.sets(st.sampled_from(sorted(OPTIONS)), min_size=1).map(sorted).map(tuple),
    ),
    "number": ({}, decimals(10)),
    "organisation": ({}, ids),
    "percent": ({"decimals": 3}, decimals(5)),
    "phone": ({}, st.from_regex(r"\+?[0-9]{3,10}(-[0-9]{1,5})?", fullmatch=True)),
    "rating": ({}, st.integers(1, 5)),
    "relation": ({"form": "thing"}, st.integers(1, 2**53) | ids),
    "relation_any": ({"forms": ["thing"]}, ids.map(lambda one: RecordRef("thing", one))),
    "relations": ({"form": "thing"}, several),
    "rich_text": ({}, words(1, 40).map(lambda text: text)),
    "text": ({}, words(1, 255)),
    "time": ({}, st.times().map(lambda moment: moment.replace(microsecond=0))),
    "url": ({}, st.from_regex(r"https?://[a-z]{1,10}\.[a-z]{2,5}(/[a-z0-9?=&%-]{0,20})?", fullmatch=True)),
    "user": ({}, ids),
    "users": ({}, several),
}


def field_of(name):
    field = {"type": name, "label": LABEL, **VALUES[name][0]}
    document = {"joinery": 1, "app": "test", "version": "1.0.0", "label": LABEL}
    form = {"label": LABEL, "fields": {"x": field}}
    return compile_app(load_app({**document, "forms": {"thing": form}})).forms["thing"].fields["x"]


FIELDS = {name: field_of(name) for name in VALUES}
#: The machine may be busy, and there are many types.
unhurried = settings(deadline=None, max_examples=examples(50), suppress_health_check=[HealthCheck.too_slow])
every_type = pytest.mark.parametrize("name", sorted(VALUES))


def as_stored(field, drawn):
    """The drawn value as the type keeps it (HTML is cleaned); None when it turns out to be blank."""
    try:
        return field.type.parse(field, drawn, PARSING)
    except ValueProblem:
        return None


def test_no_type_is_forgotten():
    # Lines are records of their own: test_lines plays with them.
    assert tuple(sorted([*VALUES, "subform"])) == FIELD_TYPES.names()


@every_type
@unhurried
@given(data=st.data())
def test_json_keeps_values(name, data):
    field = FIELDS[name]
    value = as_stored(field, data.draw(VALUES[name][1]))
    if value is not None:
        sent = load_json(dump_json(field.type.to_json(field, value, shown_in("en"))))
        assert field.type.parse(field, sent, PARSING) == value
        assert field.type.parse(field, value, PARSING) == value


@every_type
@unhurried
@given(data=st.data(), language=st.sampled_from(["en", "zh-CN"]))
def test_cells_keep_values(name, data, language):
    field = FIELDS[name]
    value = as_stored(field, data.draw(VALUES[name][1]))
    if value is not None:
        assert (
            field.type.parse_text(field, field.type.to_text(field, value, shown_in(language)), PARSING)
            == value
        )


# A relation to many stands in a table of its own, not in the record's row.
@pytest.mark.parametrize("name", sorted(VALUES.keys() - {"relations"}))
@unhurried
@given(data=st.data())
def test_rows_keep_values(name, data):
    field = FIELDS[name]
    value = data.draw(VALUES[name][1])
    assert field.type.from_row(field, field.type.to_row(field, value)) == value


NUMBERS = st.integers() | st.floats() | st.decimals(allow_nan=True, allow_infinity=True)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@every_type
@unhurried
@given(raw=JSON)
def test_anything_else_is_a_problem_in_words(name, raw):
    field = FIELDS[name]
    for read in (field.type.parse, field.type.parse_text):
        try:
            value = read(field, raw, PARSING)
        except ValueProblem:
            continue
        assert value is None or field.type.parse(field, value, PARSING) == value


@unhurried
@given(number=decimals(12, 38) | decimals(0, 29), places=st.integers(0, 10))
def test_rounding_goes_half_away_from_zero(number, places):
    field = FIELDS["number"]
    step = Decimal(1).scaleb(-10)
    stored = as_stored(field, number)
    if stored is not None:
        assert abs(stored - number) <= step / 2
        assert abs(stored) >= abs(number) or abs(stored - number) < step / 2


@unhurried
@given(
    day=st.dates(),
    pattern=st.sampled_from(
        ["{0:%Y-%m-%d}", "{0.year:04}/{0.month}/{0.day}", "{0.day}.{0.month}.{0.year:04}"]
    ),
)
def test_a_date_is_read_however_it_is_written(day, pattern):
    field = FIELDS["date"]
    text = f"{day.year:04}-{day:%m-%d}" if "%Y" in pattern else pattern.format(day)
    assert field.type.parse_text(field, text, PARSING) == date(day.year, day.month, day.day)
