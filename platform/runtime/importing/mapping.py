"""Which column of a file belongs to which field, and how its dates are written."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from joinery.definitions import JOINT
from joinery.forms import Form
from joinery.kernel import closest

#: The orders in which the parts of a date can stand.
DATE_ORDERS = ("dmy", "mdy", "ymd")

_SHORT_DATE = re.compile(r"\s*(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})(?:[ T]+(\d{1,2}:\d{2}.*))?\s*")
_DAY_NUMBER = re.compile(r"\s*(\d{5})(\.\d{1,12})?\s*", re.ASCII)
_DAY_ZERO = datetime.combine(date(1899, 12, 30), time())
#: Day numbers of the years 1954 to 2119; other numbers are hardly meant as days.
_FIRST_DAY_NUMBER, _LAST_DAY_NUMBER = 20_000, 80_000
#: Two-digit years from here on belong to the last century (POSIX).
_CENTURY_TURN = 69

#: What else people call a thing; the words of one line mean the same.
_SYNONYMS = (
    (
        "mobile",
        "phone",
        "mobile_phone",
        "cell",
        "cellphone",
        "telephone",
        "手机",
        "手机号",
        "手机号码",
        "电话",
    ),
    ("email", "e_mail", "mail", "email_address", "邮箱", "电子邮箱", "电子邮件"),
    (
        "company",
        "company_name",
        "account",
        "customer",
        "organisation",
        "organization",
        "客户",
        "客户名称",
        "公司",
        "公司名称",
    ),
    (
        "owner",
        "sales_agent",
        "salesperson",
        "sales_rep",
        "account_manager",
        "responsible",
        "assigned_to",
        "负责人",
        "销售",
        "销售代表",
        "跟进人",
        "所属人",
    ),
    ("name", "full_name", "contact", "contact_name", "姓名", "联系人", "联系人姓名", "名称"),
    ("amount", "value", "close_value", "deal_value", "金额"),
    ("stage", "deal_stage", "阶段"),
    ("title", "job_title", "position", "职务", "职位"),
    ("industry", "sector", "branch", "vertical", "line_of_business", "行业", "所属行业"),
    (
        "parent",
        "parent_company",
        "parent_account",
        "subsidiary_of",
        "part_of",
        "group",
        "上级公司",
        "上级客户",
        "母公司",
        "总公司",
        "所属集团",
    ),
    ("source", "lead_source", "origin", "channel", "来源", "来源渠道", "渠道"),
    (
        "started_on",
        "engage_date",
        "start_date",
        "opened_on",
        "open_date",
        "开始日期",
        "商机开始日期",
    ),
    ("closed_on", "close_date", "closing_date", "closed_date", "关闭日期", "实际关闭日期"),
    (
        "external_id",
        "external_no",
        "id",
        "record_id",
        "opportunity_id",
        "account_id",
        "customer_id",
        "lead_id",
        "deal_id",
        "外部编号",
        "编号",
    ),
    ("price", "sales_price", "list_price", "unit_price", "标准价格", "单价", "价格"),
    ("employees", "employee_count", "headcount", "员工人数", "人数"),
    ("tax_no", "tax_id", "vat_no", "vat_id", "税号", "纳税人识别号", "统一社会信用代码"),
    ("website", "url", "homepage", "web", "网站", "网址", "官网"),
)


def suggest_fields(columns: Iterable[str], form: Form, writable: frozenset[str]) -> dict[str, str | None]:
    """For each column the field it most likely belongs to; no field is suggested twice.

    Labels in either language, with or without the name of the form before them, keys, the headers of
    exports, other usual names and near misses count, in this order; then the labels of lines ("Quantity" for
    "lines.qty").
    """
    own, exported = _names_of_fields(form, writable), _names_in_exports(form, writable)
    lines = _names_of_lines(form, writable)
    suggestions: dict[str, str | None] = dict.fromkeys(columns)
    taken: set[str] = set()
    for find, names in (
        (_exactly, own),
        (_exactly, exported),
        (_by_synonym, own),
        (_contained, own),
        (_nearly, own),
        (_exactly, lines),
    ):
        for column, chosen in suggestions.items():
            if chosen is None and (key := find(normalise(column), names, taken)):
                suggestions[column] = key
                taken.add(key)
    return suggestions


def normalise(name: str) -> str:
    """A name without what people write differently: case, width, spaces, signs."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(character for character in folded if character.isalnum())


def _names_of_fields(form: Form, writable: frozenset[str]) -> dict[str, str]:
    """Normalised name to field key, for every field that may be written."""
    names: dict[str, str] = {}
    for key, label in [*_labels(form), ("owner", {"en": "Owner", "zh": "负责人"})]:
        if key in writable:
            for name in (*label.values(), key):
                names.setdefault(normalise(name), key)
    for name, key in _without_form(form, names).items():
        names.setdefault(name, key)
    return names


def _names_in_exports(form: Form, writable: frozenset[str]) -> dict[str, str]:
    """As exports head their columns: lines with their subform, fields of the same label with their keys."""
    names: dict[str, str] = {}
    for subform, lines in form.line_forms.items():
        around = form.fields[subform].label
        for key, label in _labels(lines):
            name = f"{subform}{JOINT}{key}"
            if name in writable:
                full = [f"{around[language]} / {own}" for language, own in label.items()]
                for text in (*full, name, *(f"{one} ({name})" for one in full)):
                    names.setdefault(normalise(text), name)
    for key, label in _labels(form):
        if key in writable:
            for text in label.values():
                names.setdefault(normalise(f"{text} ({key})"), key)
    return names


def _names_of_lines(form: Form, writable: frozenset[str]) -> dict[str, str]:
    names: dict[str, str] = {}
    for subform, lines in form.line_forms.items():
        for key, label in _labels(lines):
            name = f"{subform}{JOINT}{key}"
            if name in writable:
                for text in (*label.values(), key):
                    names.setdefault(normalise(text), name)
    return names


def _without_form(form: Form, names: Mapping[str, str]) -> dict[str, str]:
    """What remains of the names that begin with the form's own ("线索来源" of a 线索: "来源")."""
    shorter: dict[str, str] = {}
    for own in sorted(map(normalise, form.definition.label.values()), key=len, reverse=True):
        for name, key in names.items():
            rest = name.removeprefix(own)
            if own and rest != name and len(rest) > 1:
                shorter.setdefault(rest, key)
    return shorter


def _labels(form: Form) -> Iterable[tuple[str, Mapping[str, str]]]:
    return ((key, each.definition.label) for key, each in form.fields.items())


def _exactly(column: str, names: Mapping[str, str], taken: set[str]) -> str | None:
    key = names.get(column)
    return None if key in taken else key


def _by_synonym(column: str, names: Mapping[str, str], taken: set[str]) -> str | None:
    for words in _SYNONYMS:
        folded = [normalise(word) for word in words]
        if column in folded:
            found = (names[word] for word in folded if word in names and names[word] not in taken)
            return next(found, None)
    return None


def _contained(column: str, names: Mapping[str, str], taken: set[str]) -> str | None:
    """The one free field whose name holds the column's, or the other way round ("来源", "线索来源")."""
    if len(column) < 2:
        return None
    keys = {
        key
        for name, key in names.items()
        if key not in taken and len(name) >= 2 and (column in name or name in column)
    }
    return keys.pop() if len(keys) == 1 else None


def _nearly(column: str, names: Mapping[str, str], taken: set[str]) -> str | None:
    free = {name: key for name, key in names.items() if key not in taken and len(name) > 3}
    near = closest(column, free) if len(column) > 3 else None
    return free[near] if near else None


@dataclass(slots=True)
class DateEvidence:
    """What the values of one column say about the order of day, month and year in it."""

    possible: set[str] = field(default_factory=lambda: set(DATE_ORDERS))
    seen: int = 0
    _firsts: set[str] = field(default_factory=set)
    _lasts: set[str] = field(default_factory=set)

    def look_at(self, text: str) -> None:
        """Take one cell into account; text that is no short date says nothing."""
        match = _SHORT_DATE.fullmatch(text)
        if match is None:
            return
        first, middle, last = match[1], match[2], match[3]
        fitting = {order for order in self.possible if _fits(order, first, middle, last)}
        if fitting:
            self.seen += 1
            self.possible = fitting
            self._firsts.add(first)
            self._lasts.add(last)

    def order(self, default: str) -> str:
        """The order in this column: what the values leave possible, `default` when they do not decide."""
        likely = self._likely()
        return default if default in likely else next(order for order in DATE_ORDERS if order in likely)

    def _likely(self) -> set[str]:
        """With two-digit years: years repeat more than days do."""
        if "ymd" not in self.possible or len(self._firsts) == len(self._lasts):
            return self.possible
        year_first = len(self._firsts) < len(self._lasts)
        return {order for order in self.possible if (order == "ymd") == year_first} or self.possible

    @property
    def doubtful(self) -> bool:
        """Whether there are such dates and they can be read in more than one way."""
        return self.seen > 0 and len(self._likely()) > 1


def _fits(order: str, first: str, middle: str, last: str) -> bool:
    parts = dict(zip(order, (first, middle, last), strict=True))
    return (
        len(parts["y"]) in (2, 4)
        and len(parts["d"]) <= 2
        and 1 <= int(parts["m"]) <= 12
        and 1 <= int(parts["d"]) <= 31
    )


def iso_date(text: str, order: str) -> str:
    """A short date in `order`, or a day number, as ISO 8601, its time kept; any other text unchanged."""
    match = _SHORT_DATE.fullmatch(text)
    if match is None:
        return _from_day_number(text)
    if not _fits(order, match[1], match[2], match[3]):
        return text
    parts = dict(zip(order, match.groups()[:3], strict=True))
    year = int(parts["y"])
    if len(parts["y"]) == 2:
        year += 1900 if year >= _CENTURY_TURN else 2000
    iso = f"{year:04d}-{int(parts['m']):02d}-{int(parts['d']):02d}"
    return f"{iso} {match[4]}" if match[4] else iso


def _from_day_number(text: str) -> str:
    """A day as spreadsheet programs count them (45292 is 2024-01-01; the fraction is the time of day)."""
    match = _DAY_NUMBER.fullmatch(text)
    if match is None or not _FIRST_DAY_NUMBER <= int(match[1]) <= _LAST_DAY_NUMBER:
        return text
    seconds = round(float(match[2] or 0) * 86_400)
    moment = _DAY_ZERO + timedelta(days=int(match[1]), seconds=seconds)
    return moment.isoformat(sep=" ") if seconds else moment.date().isoformat()


def default_date_order(language: str) -> str:
    """How dates are usually written where a workspace's language is spoken."""
    return "ymd" if language.startswith("zh") else "dmy"
