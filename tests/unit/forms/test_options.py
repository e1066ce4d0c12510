"""Options are found by what people write."""

import pytest

from joinery.forms.field_type import ValueProblem
from joinery.forms.options import Options

OPTIONS = Options(
    {
        "options": {
            "new": {"label": {"en": "New", "zh": "新建"}},
            "won": {"label": {"en": "Old", "zh": "赢单"}},
            "old": {"label": {"en": "old", "zh": "旧"}},
            "lost": {"label": {"en": "New", "zh": "输单"}},
        }
    }
)


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        ("New", "new"),  # of two equal labels the first
        ("  new ", "new"),
        ("NEW", "new"),
        ("新建", "new"),
        ("Old", "won"),  # as it is written before in any case
        ("old", "old"),
        ("OLD", "won"),
        ("won", "won"),
        ("Lost", "lost"),
        ("", None),
        ("  ", None),
    ],
)
def test_a_cell_names_an_option_by_label_or_key(cell, key):
    assert OPTIONS.of_text(cell) == key


def test_an_unknown_option_is_refused():
    with pytest.raises(ValueProblem):
        OPTIONS.of_text("nothing")
