"""
What a pattern cannot say of a scalar: the calendar, language tags, check digits.

Each refusal carries its reason as `why` and, where there is one, the right form as `wanted`.
"""

import calendar
import re
from typing import LiteralString

from pydantic_core import PydanticCustomError

from engross.language.codes import is_country, is_currency, shortest
from engross.model.address import outward, scheme
from engross.model.edtf import Moment, gregorian, read
from engross.model.unseen import DIRECTION, DOUBTFUL

_ISO_639_1 = """
aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de
dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia
id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo
lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl
ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti
tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
_LANGUAGES = frozenset(_ISO_639_1.split())
"""Codes of two letters; languages of three letters are taken by their shape."""
_MEANT = {
    "cn": "zh", "cz": "cs", "dk": "da", "gr": "el", "jp": "ja", "ua": "uk", "iw": "he",
    "english": "en", "russian": "ru", "japanese": "ja", "french": "fr", "german": "de",
    "spanish": "es", "italian": "it", "portuguese": "pt", "dutch": "nl", "polish": "pl",
    "czech": "cs", "ukrainian": "uk", "chinese": "zh", "arabic": "ar", "hebrew": "he",
    "persian": "fa", "hindi": "hi", "hungarian": "hu", "korean": "ko", "turkish": "tr",
    "greek": "el", "latin": "la",
}  # fmt: skip
_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(-(?P<script>[a-z]{4}))?(-(?P<region>[a-z]{2}|\d{3}))?"
    r"(-([a-z0-9]{5,8}|\d[a-z0-9]{3}))*+(-[a-wyz0-9](-[a-z0-9]{2,8})++)*+(-x(-[a-z0-9]{1,8})+)?"
    r"|x(-[a-z0-9]{1,8})+",
    re.IGNORECASE,
)


def _refuse(kind: LiteralString, why: str, wanted: str = "") -> PydanticCustomError:
    return PydanticCustomError(kind, "{why}", {"why": why, "wanted": wanted})


def in_calendar(value: str) -> str:
    """Refuse a month or a day that does not exist; `1961`, `1961-09` and none may pass."""
    if not value:
        return value
    year, month, day = ([int(part) for part in value.split("-")] + [1, 1])[:3]
    if year < 1:
        raise _refuse("calendar", "there is no year 0000")
    if not 1 <= month <= 12:
        raise _refuse("calendar", f"there is no month {month:02}")
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        raise _refuse("calendar", f"{calendar.month_name[month]} {year} has {days} days")
    return value


def edtf(value: str) -> str:
    """Refuse what is no date of EDTF, level 1; empty stays empty."""
    try:
        read(value)
    except ValueError as fault:
        why = str(fault)
        raise _refuse("calendar" if why else "edtf", why) from fault
    return value


def csl(value: str) -> str:
    """The same for a date of a source, which is lists of numbers."""
    try:
        read(value)
    except ValueError as fault:
        why = str(fault) or "a date is [year, month, day], without a year 0, or two of these"
        raise _refuse("calendar", why) from fault
    return value


def yearless(value: str) -> str:
    """The same, where a day may have no year: `--09-23`."""
    edtf(value.replace("--", "2000-", 1) if value.startswith("--") else value)
    return value


def julian(value: str) -> str:
    """Refuse a day that the old calendar does not have."""
    year, month, day = (int(part) for part in value.split("-"))
    # Of four years, the first one counted here has its leap day, as in that calendar.
    edtf(f"{2000 + year % 4}-{month:02d}-{day:02d}")
    return value


def one_day(event: str, old: str) -> None:
    """Refuse a day of the old calendar, where there is one, that is another than `event`."""
    if old:
        year, month, day = (int(part) for part in old.split("-"))
        if event != (wanted := gregorian(Moment(year, month, day))):
            raise _refuse("julian", f"says julian: {old}, which is event: {wanted}")


def web_address(value: str) -> str:
    """Refuse what software must not follow, or cannot; empty stays empty."""
    if value and not outward(value):
        found = scheme(value)
        why = f"{found}: is no address that a link may have" if found else "it is no address"
        raise _refuse("address", why, "" if found else f"https://{value.strip()}")
    return value


def language_tag(value: str) -> str:
    """Refuse what is not a BCP 47 tag in its usual letter case; empty stays empty."""
    if not value:
        return value
    wanted = canonical(value)
    if wanted != value:
        raise _refuse("language", "which is not a language tag", wanted)
    return value


def canonical(value: str) -> str:
    """
    The BCP 47 tag that is meant, in its usual letter case; "" where none is.

    >>> canonical("fr_fr"), canonical("english"), canonical("fra"), canonical("klingonisch")
    ('fr-FR', 'en', 'fr', '')
    """
    meant = _MEANT.get(value.lower(), value).replace("_", "-")
    match = _TAG.fullmatch(meant)
    if match is None:
        return ""
    parts = meant.split("-")
    first = _MEANT.get(parts[0].lower(), parts[0].lower())
    first = shortest(first) if len(first) == 3 else first
    if len(first) == 2 and first not in _LANGUAGES:
        return ""
    rest = "-".join(parts[1:]).lower()
    if script := match["script"]:
        rest = rest.replace(script.lower(), script.title(), 1)
    if region := match["region"]:
        right = {"UK": "GB"}.get(region.upper(), region.upper())
        rest = re.sub(rf"(?<![A-Za-z0-9]){region.lower()}(?![A-Za-z0-9])", right, rest, count=1)
    return f"{first}-{rest}" if rest else first


def currency(value: str) -> str:
    """Refuse what is no currency of ISO 4217."""
    if not is_currency(value):
        raise _refuse("code", f"'{value}' is no currency of ISO 4217, such as EUR, GBP or USD")
    return value


def territory(value: str) -> str:
    """Refuse what is neither countries of ISO 3166 nor the world, with or without some."""
    codes = value.removeprefix("WORLD except ").split() if value != "WORLD" else []
    wrong = [one for one in codes if not is_country(one)]
    if wrong or not value:
        why = f"'{(wrong or [value])[0]}' is no country of ISO 3166; write 'GB IE', 'WORLD' or "
        raise _refuse("code", f"{why}'WORLD except US CA'")
    return value


def isbn(value: str) -> str:
    """Refuse what is not an ISBN-13 with a fitting check digit."""
    from stdnum import isbn as standard
    from stdnum.exceptions import InvalidChecksum, InvalidFormat, InvalidLength, ValidationError

    try:
        compact = standard.validate(value)
    except InvalidChecksum as fault:
        raise _refuse("isbn", "whose check digit is wrong") from fault
    except (InvalidFormat, InvalidLength) as fault:
        raise _refuse("isbn", "which has not the 13 digits of an ISBN") from fault
    except ValidationError as fault:
        raise _refuse("isbn", "which is no ISBN") from fault
    if len(compact) == 10:
        raise _refuse("isbn", "which is an ISBN of 10 digits", standard.to_isbn13(value))
    return value


def without_direction(value: str) -> str:
    """Refuse characters that hide or reorder letters."""
    if found := DIRECTION.search(value) or DOUBTFUL.search(value):
        raise _refuse("direction", f"U+{ord(found[0]):04X}")
    return value
