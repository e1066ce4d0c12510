"""The steps of a schema plan in words."""

from collections.abc import Mapping

from joinery.definitions import Label

LABELS: Mapping[str, Label] = {
    "create_table": {"en": "Create the table of the form {form}.", "zh": "为表单 {form} 建立数据表。"},
    "rename_table": {
        "en": "Rename the table of the lines {was} to {form}.",
        "zh": "将明细 {was} 的数据表改名为 {form}。",
    },
    "set_table_aside": {
        "en": "Set the records of the form {form} aside. They are kept, not deleted.",
        "zh": "将表单 {form} 的记录另行保留（不会删除）。",
    },
    "add_column": {"en": "Add the field {field} to {form}.", "zh": "在 {form} 中新增字段 {field}。"},
    "set_column_aside": {
        "en": "Take the field {field} out of {form}. Its values are kept aside, not deleted.",
        "zh": "从 {form} 中移除字段 {field}，原有数据另行保留（不会删除）。",
    },
    "rename_column": {
        "en": "Rename the field {was} of {form} to {field}.",
        "zh": "将 {form} 的字段 {was} 改名为 {field}。",
    },
    "convert_column": {
        "en": "Convert the values of {field} in {form} to its new type. What cannot be converted is listed, "
        "and the old values are kept aside.",
        "zh": "将 {form} 中字段 {field} 的数据转换为新类型；无法转换的数据会列出，旧数据另行保留。",
    },
    "take_over": {
        "en": "Fill {field} in {form} with the values of {was}. What cannot be converted is listed.",
        "zh": "将 {form} 中 {was} 的数据并入 {field}；无法转换的数据会列出。",
    },
    "recompute": {
        "en": "Compute the formula {field} for all records of {form}.",
        "zh": "为 {form} 的所有记录计算公式字段 {field}。",
    },
    "refresh": {
        "en": "Refresh titles and search texts of all records of {form}.",
        "zh": "更新 {form} 所有记录的标题和搜索内容。",
    },
    "drop_index": {"en": "Remove an index on {field} of {form}.", "zh": "移除 {form} 中 {field} 的索引。"},
    "build_index": {"en": "Build an index on {field} of {form}.", "zh": "为 {form} 的 {field} 建立索引。"},
}
