"""Types in words, for messages."""

from joinery.formulas.types import Type

_LABELS = {
    "text": ("text", "文本"),
    "number": ("number", "数字"),
    "money": ("money", "金额"),
    "percent": ("percent", "百分比"),
    "boolean": ("yes/no", "是/否"),
    "date": ("date", "日期"),
    "datetime": ("date and time", "日期时间"),
    "moment": ("date", "日期"),
    "clock": ("time", "时间"),
    "time": ("time", "时间"),
    "duration": ("duration", "时长"),
    "choice": ("choice", "选项"),
    "user": ("person", "成员"),
    "department": ("department", "部门"),
    "organisation": ("organisation", "外部组织"),
    "record": ("record", "记录"),
    "list": ("list", "列表"),
    "blank": ("blank", "空值"),
    "any": ("any value", "任意值"),
    "same": ("any value", "任意值"),
    "key": ("any value", "任意值"),
}


def type_labels() -> dict[str, dict[str, str]]:
    """Every kind of type in words, per language."""
    return {kind: {"en": english, "zh": chinese} for kind, (english, chinese) in _LABELS.items()}


def label_of(of: Type) -> dict[str, str]:
    """A type in words, per language."""
    if of.kind == "items" and of.item is not None:
        return label_of(of.item)
    english, chinese = _LABELS.get(of.kind, (of.kind, of.kind))
    if of.kind == "list" and of.item is not None and of.item.kind in _LABELS:
        inner = label_of(of.item)
        return {"en": f"list of {inner['en']}", "zh": f"{inner['zh']}列表"}
    return {"en": english, "zh": chinese}
