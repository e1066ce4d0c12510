"""What a field holds, what makes a record valid, and how records are shown, found and listed."""

from joinery.forms.actions import Action
from joinery.forms.aggregates import AGGREGATES, Aggregate
from joinery.forms.catalogue import FieldTypeCatalogue, catalogue
from joinery.forms.compiling import compile_app
from joinery.forms.conversions import Conversion, Target
from joinery.forms.dependences import Back, Dependence, fields_read
from joinery.forms.field_type import (
    FIELD_TYPES,
    DateOrder,
    FieldType,
    ParseContext,
    ShowContext,
    StoredFile,
    ValueProblem,
    complete_settings,
)
from joinery.forms.form import CompiledApp, Field, Form, Inverse, PermissionGroup, Rule
from joinery.forms.identities import MAXIMUM_VALUES, RecordRef, read_numbered, sent_id
from joinery.forms.listed import join_list, split_list
from joinery.forms.listing import check_filter, parse_sort, usable_sort
from joinery.forms.live import LiveState, live_rules
from joinery.forms.live_program import live_program
from joinery.forms.matching import DuplicateRule, Key, KeyPart, MatchTarget, UniqueKey
from joinery.forms.normal_forms import NORMAL_FORMS, normal_form
from joinery.forms.record import Draft, RecordContext, prepare_record, recompute_record
from joinery.forms.search import folded, grams, search_tokens
from joinery.forms.system_fields import SYSTEM_LABELS
from joinery.forms.titles import title_of
from joinery.forms.view_kinds import is_tree
from joinery.forms.views import View, check_view, resolve_view, settings_json

FIELD_TYPES.discover("joinery.forms.field_types")

__all__ = [
    "AGGREGATES",
    "FIELD_TYPES",
    "MAXIMUM_VALUES",
    "NORMAL_FORMS",
    "SYSTEM_LABELS",
    "Action",
    "Aggregate",
    "Back",
    "CompiledApp",
    "Conversion",
    "DateOrder",
    "Dependence",
    "Draft",
    "DuplicateRule",
    "Field",
    "FieldType",
    "FieldTypeCatalogue",
    "Form",
    "Inverse",
    "Key",
    "KeyPart",
    "LiveState",
    "MatchTarget",
    "ParseContext",
    "PermissionGroup",
    "RecordContext",
    "RecordRef",
    "Rule",
    "ShowContext",
    "StoredFile",
    "Target",
    "UniqueKey",
    "ValueProblem",
    "View",
    "catalogue",
    "check_filter",
    "check_view",
    "compile_app",
    "complete_settings",
    "fields_read",
    "folded",
    "grams",
    "is_tree",
    "join_list",
    "live_program",
    "live_rules",
    "normal_form",
    "parse_sort",
    "prepare_record",
    "read_numbered",
    "recompute_record",
    "resolve_view",
    "search_tokens",
    "sent_id",
    "settings_json",
    "split_list",
    "title_of",
    "usable_sort",
]
