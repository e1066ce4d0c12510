"""Whether layouts and menus place each thing once."""

from collections.abc import Iterator, Mapping
from typing import Any

from joinery.definitions.references import references_in
from joinery.definitions.shape import entries, part_of
from joinery.kernel import Issue, pointer

Json = Mapping[str, Any]


def repetition_issues(document: Json) -> Iterator[Issue]:
    """Fields that a layout names twice, and sections, tabs and menu groups that share a key."""
    yield from _repeated_fields(document)
    for form, body in entries(part_of(document, "forms")):
        yield from _repeated(
            _blocks(pointer("forms", form, "layout"), body.get("layout")), "definition_block_twice"
        )
    groups = [
        (f"/menu/{index}/group", entry["group"])
        for index, entry in enumerate(document.get("menu") or ())
        if isinstance(entry, dict) and isinstance(entry.get("group"), str)
    ]
    yield from _repeated(iter(groups), "definition_group_twice")


def _repeated_fields(document: Json) -> Iterator[Issue]:
    """A field in one list twice: of a layout, or of facts, columns, a card, an order."""
    seen: set[tuple[str, str, str]] = set()
    for mention in references_in(document):
        within = _list_of(mention.path)
        # "lines.cost" and "lines.price" both name the subform; only the fields of its lines count.
        if not within or mention.use == "subform":
            continue
        named = (within, mention.form, mention.name)
        if named in seen:
            yield Issue(mention.path, "definition_named_twice", {"name": mention.name})
        seen.add(named)


def _list_of(path: str) -> str:
    """The list a mention stands in: the whole layout, or the list itself; "" when it stands in none."""
    parts = path.split("/")
    if len(parts) > 3 and parts[1] == "forms" and parts[3] == "layout" and "columns" not in parts[4:]:
        return "" if parts[-1] == "sort" or "summary" in parts[4:] else "/".join(parts[:4])
    return "/".join(parts[:-1]) if parts[-1].isdigit() else ""


def _blocks(at: str, items: Any) -> Iterator[tuple[str, str]]:
    for index, item in enumerate(items or ()):
        if isinstance(item, dict):
            kind = "tab" if "tab" in item else "section"
            if isinstance(key := item.get(kind), str):
                yield f"{at}/{index}/{kind}", key
            yield from _blocks(f"{at}/{index}/content", item.get("content"))


def _repeated(named: Iterator[tuple[str, str]], code: str) -> Iterator[Issue]:
    seen: set[str] = set()
    for path, key in named:
        if key in seen:
            yield Issue(path, code, {"name": key})
        seen.add(key)
