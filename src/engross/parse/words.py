"""Faults of a schema in an editor's words: code, message and fix."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from engross.catalog.nearest import nearest
from engross.parse.shape import Fault, keys_of
from engross.parse.yaml import Path, told
from engross.schema.base import DATE, DATE_IF_KNOWN, DAY, ID, Model

Words = tuple[str, str, str]
"""Code, message, fix."""

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def listed(names: Sequence[str], joint: str) -> str:
    """`'a', 'b' and 'c'`."""
    quoted = [f"'{name}'" for name in names]
    if len(quoted) < 2:
        return "".join(quoted)
    return f"{', '.join(quoted[:-1])} {joint} {quoted[-1]}"


def dotted(path: Path) -> str:
    """`rights.status`; an item of a list by its ordinal from 1: `sections[2].prose`."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:
            text += f".{part}" if text else part
    return text


def unknown_key(key: str, model: type[Model] | None) -> Words:
    """A key that the schema does not have there."""
    known = list(keys_of(model)) if model else []
    if meant := nearest(_folded(key), known):
        fix = f"did you mean '{meant}'?"
    elif known:
        fix = f"known here are {listed(known, 'and')}"
    else:
        fix = "delete it"
    return "M011", f"unknown key '{key}'", fix


def missing(name: str, *, empty: bool) -> Words:
    """A key that is not there, or has no value."""
    if empty:
        return "M014", f"'{name}' is empty", "write its value"
    return "M012", f"'{name}' is missing", f"add the line '{name.rpartition('.')[2]}:'"


def invalid(name: str, fault: Fault) -> Words:
    """A value that the schema does not take."""
    value, context = fault.input, fault.context
    if value is None:
        return "M014", f"'{name}' is empty", "write its value, or delete the line"
    match fault.kind:
        case "string_too_short":
            return "M014", f"'{name}' is empty", "write its value"
        case "too_short":
            return "M014", f"'{name}' is an empty list", "write at least one item"
        case "string_too_long":
            limit = context["max_length"]
            message = f"'{name}' has {len(value)} characters; at most {limit} are possible"
            return "M016", message, "write a shorter one"
        case "literal_error":
            return _choice(name, value, context)
        case "string_pattern_mismatch":
            return _pattern(name, value, context["pattern"])
        case "edtf":
            return _pattern(name, value, DATE_IF_KNOWN)
        case "julian":
            fix = "write that day of the new calendar under event"
            return "M017", f"'{name}' {context['why']}", fix
        case "calendar":
            fix = "write a day that stands in the calendar"
            return "M017", f"'{name}' is '{value}', and {context['why']}", fix
        case "language":
            wanted = context["wanted"]
            fix = f"write '{wanted}'" if wanted else "write a BCP 47 tag, such as 'en' or 'ru-Latn'"
            return "M018", f"'{name}' is '{value}', {context['why']}", fix
        case "isbn":
            wanted = context["wanted"]
            fix = f"write '{wanted}'" if wanted else "copy all 13 digits from the agency's letter"
            return "M019", f"'{name}' is '{value}', {context['why']}", fix
        case "direction":
            message = f"'{name}' contains {context['why']}, which hides or reorders letters"
            return "M022", message, "type it anew"
        case "shape":
            return "M013", f"'{name}' is {_sort(value)}", f"write {' or '.join(fault.shapes)}"
    return _sort_of_value(name, fault)


def _sort_of_value(name: str, fault: Fault) -> Words:
    wanted, fix = {
        "string_type": ("a text", "write one value; put it in quotation marks if in doubt"),
        "tuple_type": ("a list", "write each item on a line of its own, beginning with '- '"),
        "list_type": ("a list", "write each item on a line of its own, beginning with '- '"),
        "model_type": ("a mapping", "write indented 'key: value' lines under it"),
        "dict_type": ("a mapping", "write indented 'key: value' lines under it"),
        "int_parsing": ("a whole number", "write digits only"),
        "int_type": ("a whole number", "write digits only"),
        "bool_parsing": ("yes or no", "write 'true' or 'false'"),
        "bool_type": ("yes or no", "write 'true' or 'false'"),
    }.get(fault.kind, ("", ""))
    if not wanted:
        message = f"'{name}' is not as it must be: {fault.context.get('why') or fault.kind}"
        return "M021", message, "see docs/manifest.md for what may stand here"
    if fault.kind.endswith("_parsing"):
        return "M013", f"'{name}' is '{fault.input}', not {wanted}", fix
    return "M013", f"'{name}' must be {wanted}, not {_sort(fault.input)}", fix


def _sort(value: Any) -> str:
    if isinstance(value, dict):
        return "a mapping"
    return "a list" if isinstance(value, list) else "a text"


def _choice(name: str, value: Any, context: dict[str, Any]) -> Words:
    words = re.findall(r"'([^']*)'", str(context["expected"]))
    if not isinstance(value, str):
        return (
            "M013",
            f"'{name}' must be a text, not {_sort(value)}",
            f"write {listed(words, 'or')}",
        )
    close = nearest(_folded(value), words)
    if len(words) == 1:
        fix = f"write '{words[0]}'"
    elif close:
        fix = f"did you mean '{close}'? Possible are {listed(words, 'and')}"
    else:
        fix = f"possible are {listed(words, 'and')}"
    return "M015", f"'{name}' is '{value}', which is not one of its choices", fix


def _pattern(name: str, value: str, pattern: str) -> Words:
    if pattern == ID:
        wanted = _as_id(value)
        rule = "write small letters a to z, digits and hyphens, beginning with a letter"
        fix = f"write '{wanted}'" if wanted else rule
        return "M016", f"'{name}' is '{value}', which is not an id", fix
    if pattern in {DATE, DATE_IF_KNOWN, DAY}:
        message = f"'{name}' is '{value}', which is not a date"
        wanted = _as_date(value)
        if wanted:
            return "M017", message, f"write '{wanted}'"
        fix = "write year, month and day: '1961-09-14'"
        if pattern != DAY:
            fix += "; or '1961-09', or '1961'"
        if pattern == DATE_IF_KNOWN:
            fix += ", '1961~' (about), '1961-09/1961-10'; or '' where it is not known"
            fix += ", and its words under display"
        return "M017", message, fix
    other = {"what": f"of the form {pattern}", "fix": "write it in that form"}
    form = next((one for one in told("forms") if one["pattern"] == pattern), other)
    return "M021", f"'{name}' is '{value}', which is not {form['what']}", form["fix"]


def _as_id(value: str) -> str:
    """The id that a title would give, or "" where nothing is left of it."""
    plain = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return slug if re.match(ID, slug) else ""


def _as_date(value: str) -> str:
    """ISO 8601 where a date can only mean one thing: `14 September 1961`, `1961-9-14`."""
    if parts := re.fullmatch(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})", value):
        return f"{parts[1]}-{int(parts[2]):02}-{int(parts[3]):02}"
    words = re.findall(r"[^\W\d_]+|\d+", value)
    if len(words) != 3:
        return ""
    month = next((word for word in words if word[:3].lower() in _MONTHS), "")
    numbers = [word for word in words if word.isdigit()]
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) < 3]
    if not month or len(years) != 1 or len(days) != 1:
        return ""
    return f"{years[0]}-{_MONTHS.index(month[:3].lower()) + 1:02}-{int(days[0]):02}"


def _folded(word: str) -> str:
    return word.lower().replace("_", "-")
