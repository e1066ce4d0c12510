"""A small company, and forms made from a few fields."""

from datetime import UTC, datetime
from itertools import count

import pytest

from joinery.definitions import load_app
from joinery.directory import Department, Directory, User
from joinery.forms import ParseContext, RecordContext, ShowContext, StoredFile, compile_app
from joinery.formulas import EvaluationContext

LABEL = {"en": "Label", "zh": "标签"}

PEOPLE = (
    User(id=1, name="Ann Lee", email="ann@example.com", department_ids=(1,)),
    User(id=2, name="王伟", email="wang@example.com", department_ids=(1,)),
    User(id=3, name="Bob", email="bob@example.com"),
    User(id=4, name="Bob", email="bob.two@example.com"),
    User(id=5, name="Gone", email="gone@example.com", active=False),
)
DEPARTMENTS = (
    Department(id=1, name="Sales"),
    Department(id=2, name="East", parent_id=1),
    Department(id=3, name="East"),
)
FILES = {
    7: StoredFile(id=7, name="offer, final.pdf", size=1000, type="application/pdf"),
    8: StoredFile(id=8, name="photo.png", size=1000, type="image/png"),
    9: StoredFile(id=9, name="film.mov", size=60_000_000, type="video/quicktime"),
}
RECORDS = {"Acme": 11, "华为": 12}

DIRECTORY = Directory(PEOPLE, DEPARTMENTS)
ZONE = "Asia/Shanghai"


def labelled(text, chinese=None):
    return {"en": text, "zh": chinese or text}


def options(**labels):
    """Options from `key="English/中文"`."""
    return {key: {"label": labelled(*text.split("/"))} for key, text in labels.items()}


def app_document(forms):
    completed = {}
    for key, form in forms.items():
        fields = {name: {"label": LABEL, **field} for name, field in form["fields"].items()}
        completed[key] = {"label": LABEL, **form, "fields": fields}
    return {"joinery": 1, "app": "test", "version": "1.0.0", "label": LABEL, "forms": completed}


@pytest.fixture
def compile_forms():
    """Compiles `{form: {"fields": {...}, ...}}`; labels may be left out."""
    return lambda forms: compile_app(load_app(app_document(forms))).forms


@pytest.fixture
def form_of(compile_forms):
    """Compiles one form from its fields and further properties."""
    return lambda fields, **more: compile_forms({"thing": {"fields": fields, **more}})["thing"]


@pytest.fixture
def field_of(compile_forms):
    """Compiles one field `x` of a type."""

    def make(type_name, **settings):
        target = {"fields": {"name": {"type": "text"}}}
        return compile_forms(
            {"thing": {"fields": {"x": {"type": type_name, **settings}}}, "account": target}
        )["thing"].fields["x"]

    return make


@pytest.fixture
def parsing():
    return ParseContext(
        directory=DIRECTORY,
        time_zone=ZONE,
        find_file=FILES.get,
        find_record=lambda form, title: RECORDS.get(title),
    )


@pytest.fixture
def showing():
    titles = {number: title for title, number in RECORDS.items()}
    return ShowContext(
        directory=DIRECTORY,
        time_zone=ZONE,
        find_file=FILES.get,
        title_of=lambda form, number: titles.get(number),
    )


@pytest.fixture
def make_context():
    """A context of Ann's at half past midnight of 1 April in Shanghai; keyword arguments replace parts."""

    def make(**parts):
        now = datetime(2026, 3, 31, 16, 30, tzinfo=UTC)
        evaluation = EvaluationContext(now=now, time_zone=ZONE, user_id=1, department_ids=(1,))
        numbers = count(1)
        given = {"evaluation": evaluation, "directory": DIRECTORY, "next_number": lambda *key: next(numbers)}
        return RecordContext(**{**given, **parts})

    return make


@pytest.fixture
def context(make_context):
    return make_context()
