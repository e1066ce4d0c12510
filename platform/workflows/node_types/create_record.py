"""Create a record: in a related list, or of a form."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from joinery.definitions import Label
from joinery.kernel import Issue
from joinery.workflows.effects import CreateRecord as Creation
from joinery.workflows.model import Token
from joinery.workflows.moving import go_on
from joinery.workflows.node_type import NODE_TYPES, NodeType
from joinery.workflows.people_settings import NAME
from joinery.workflows.value_settings import LIST, values_setting
from joinery.workflows.work import Work

Json = Mapping[str, Any]


@NODE_TYPES.register
class CreateRecord(NodeType):
    """A record is made with values over this one; of a related list it belongs to this record."""

    name, icon, group = "create_record", "file-plus", "data"
    label: ClassVar[Label] = {"en": "Create a record", "zh": "新建记录"}
    help: ClassVar[Label] = {"en": "Makes a record of this or another form.", "zh": "新建一条记录。"}
    settings: ClassVar[Mapping[str, Any]] = {
        "list": LIST,
        "form": {**NAME, "names": "form", "label": {"en": "Form", "zh": "表单"}},
        "values": values_setting("target field", "target values"),
    }
    required_settings = ("values",)

    def settings_issues(self, settings: Json) -> Iterable[Issue]:
        if ("list" in settings) == ("form" in settings):
            yield Issue("", "definition_one_of", {"names": "list, form"})

    def enter(self, work: Work, token: Token) -> None:
        key = work.key()
        work.wish(Creation(key=key, node=token.node))
        work.put(token, waits=key)

    def effect_done(self, work: Work, token: Token, result: Any) -> None:
        work.note("created", token, record=result)
        go_on(work, token)
