"""How values are compared to find the same thing again, as SQL that an index can hold.

Everything is made of functions that PostgreSQL calls immutable, so that one expression stands in the index
and in the question; there is no second implementation that could come to another result.
"""

from collections.abc import Callable, Mapping

#: Spaces, signs and punctuation; full-width ones have become plain ones by then. The 〇 of numbers stays.
_SIGNS = (
    r"[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f"
    r"\u3000-\u3004\u3008-\u3020\u3030\u303d\u30fb\ufe30-\ufe4f]+"
)

_LATIN_FORMS = (
    "company|corporation|incorporated|limited|private|and co|co|corp|inc|ltd|llc|l l c|llp|lp|plc|gmbh|mbh|"
    "ag|kg|kgaa|ohg|ug|se|sa|s a|sas|sarl|srl|s r l|spa|s p a|bv|b v|nv|n v|ab|as|a s|oy|oyj|aps|pty|pte|pvt|"
    "sdn|bhd|kk"
)
_CHINESE_FORMS = (
    "股份有限公司|有限责任公司|有限責任公司|有限公司|股份公司|公司|"
    "特殊普通合伙|普通合伙|有限合伙|株式会社|有限会社"
)


def _any_case(operand: str) -> str:
    return f"lower({operand})"


def _plain(operand: str) -> str:
    """In plain characters and small letters."""
    return f"lower(normalize({operand}, NFKC))"


def _without(operand: str, pattern: str, instead: str = "", flags: str = "") -> str:
    last = f", '{flags}'" if flags else ""
    return f"regexp_replace({operand}, '{pattern}', '{instead}'{last})"


def _text(operand: str) -> str:
    return _without(_plain(operand), _SIGNS, flags="g")


def _company(operand: str) -> str:
    words = f"btrim({_without(_plain(operand), _SIGNS, ' ', 'g')})"
    named = f"replace({_without(words, f'( ({_LATIN_FORMS}))+$')}, ' ', '')"
    named = _without(named, f"(.)({_CHINESE_FORMS})$", r"\1")
    return _without(named, "^(株式会社|有限会社)(.)", r"\2")


def _phone(operand: str) -> str:
    digits = _without(f"normalize({operand}, NFKC)", "[^0-9+]+", flags="g")
    digits = _without(_without(digits, r"^(\+|00)86"), "^86(1[0-9]{10})$", r"\1")
    return _without(digits, "^[+0]+")


def _email(operand: str) -> str:
    return f"btrim({_plain(operand)})"


#: The ways to compare texts; any other value is compared as it is.
NORMAL_FORMS: Mapping[str, Callable[[str], str]] = {
    "exact": str,
    "any_case": _any_case,
    "text": _text,
    "company": _company,
    "phone": _phone,
    "email": _email,
}


def normal_form(how: str, operand: str) -> str:
    """The SQL of what is compared instead of `operand`, itself SQL, when it is compared as `how` says."""
    return NORMAL_FORMS[how](operand)
