"""Dates as an edition writes them, by other rules than those of the program."""

from engross.language import Words
from engross.model.edtf import Moment, read

DATES = {
    "en": "{d} {m} {y}|{m} {y}|about {}|before {}|after {}|{} to {}|{} BC|{d}–{e} {m} {y}"
    "|Spring {}|Summer {}|Autumn {}|Winter {}|{d} {m}",
    "de": "{d}. {m} {y}|{m} {y}|um {}|vor {}|nach {}|{} bis {}|{} v. Chr.|{d}.–{e}. {m} {y}"
    "|Frühjahr {}|Sommer {}|Herbst {}|Winter {}|{d}. {m}",
    "ru": "{d} {m} {y} г.|{m} {y} г.|{} (приблизительно)|{} (не позднее)|{} (не ранее)|{} – {}"
    "|{} г. до н. э.|{d}–{e} {m} {y} г.|Весна {}|Лето {}|Осень {}|Зима {}|{d} {m}",
    "fr": "{d} {m} {y}|{m} {y}|vers {}|avant {}|après {}|{} – {}|{} av. J.-C.|{d}-{e} {m} {y}"
    "|printemps {}|été {}|automne {}|hiver {}|{d} {m}",
    "es": "{d} de {m} de {y}|{m} de {y}|hacia {}|antes de {}|después de {}|{} – {}|{} a. C."
    "|{d}-{e} de {m} de {y}|primavera de {}|verano de {}|otoño de {}|invierno de {}|{d} de {m}",
    "it": "{d} {m} {y}|{m} {y}|{} circa|prima di: {}|dopo: {}|{} – {}|{} a.C.|{d}-{e} {m} {y}"
    "|primavera {}|estate {}|autunno {}|inverno {}|{d} {m}",
    "pt": "{d} de {m} de {y}|{m} de {y}|cerca de {}|antes de {}|depois de {}|{} – {}|{} a.C."
    "|{d}-{e} de {m} de {y}|primavera de {}|verão de {}|outono de {}|inverno de {}|{d} de {m}",
    "nl": "{d} {m} {y}|{m} {y}|omstreeks {}|vóór {}|na {}|{} – {}|{} v.Chr.|{d}-{e} {m} {y}"
    "|voorjaar {}|zomer {}|najaar {}|winter {}|{d} {m}",
    "pl": "{d} {m} {y}|{m} {y}|ok. {}|przed: {}|po: {}|{} – {}|{} p.n.e.|{d}–{e} {m} {y}"
    "|wiosna {}|lato {}|jesień {}|zima {}|{d} {m}",
    "cs": "{d}. {m} {y}|{m} {y}|asi {}|před: {}|po: {}|{} – {}|{} př. n. l.|{d}.–{e}. {m} {y}"
    "|jaro {}|léto {}|podzim {}|zima {}|{d}. {m}",
    "uk": "{d} {m} {y} р.|{m} {y} р.|бл. {}|до: {}|після: {}|{} – {}|{} р. до н. е."
    "|{d}–{e} {m} {y} р.|весна {} р.|літо {} р.|осінь {} р.|зима {} р.|{d} {m}",
}
"""How an edition in a language writes a day, a month, and so on; others write as English does."""
ARTICLES = {"de": ("den ", "dem "), "fr": ("le ", "le "), "es": ("el ", "el ")}
"""What stands before a day behind "about", and behind "before" and "after"."""
DAY, MONTH, ABOUT, BEFORE, AFTER, SPAN, BC, DAYS, SPRING, _, _, _, DAY_ALONE = range(13)


def written(edtf: str, language: str, julian: str = "") -> str:
    """
    A date in words; the names of months are those of CLDR.

    >>> written("1921-03-05", "de"), written("1921-03-05", "ru-RU"), written("1921-03", "ru")
    ('5. März 1921', '5 марта 1921 г.', 'март 1921 г.')
    >>> written("1919-05-03/1919-05-07", "en"), written("1917-11-07", "en", "1917-10-25")
    ('3–7 May 1919', '25 October (7 November) 1917')
    """
    said = _dated(edtf, language, julian)
    return said.replace("н. э. г.", "н. э.").replace("н. е. р.", "н. е.")


def _dated(edtf: str, language: str, julian: str) -> str:
    forms = DATES.get(language.partition("-")[0], DATES["en"]).split("|")
    begin, end = read(edtf)
    if begin and julian:
        old, new = (_words(one, forms, language, DAY_ALONE) for one in (read(julian)[0], begin))
        if julian[:4] == edtf[:4]:
            return _words(begin, forms, language).replace(new, f"{old} ({new})")
        return f"{_words(read(julian)[0], forms, language)} ({_words(begin, forms, language)})"
    if begin == end or begin is None or end is None:
        said = _words(begin or end, forms, language)
        said = said if begin == end else _article(begin or end, language, 1) + said
        form = "{}" if begin == end else forms[AFTER if begin else BEFORE]
        return form.format(said).replace("de el ", "del ")
    last = _words(end, forms, language)
    if begin.year == end.year and not begin.mark + end.mark:
        if begin.day and end.day and begin.month == end.month:
            days = forms[DAYS].replace("{e}", str(end.day)).replace("{d}", str(begin.day))
            return days.format(m=Words(language).month(end.month, alone=False), y=_year(end, forms))
        if begin.day and end.day:
            return forms[SPAN].format(_words(begin, forms, language, DAY_ALONE), last)
        if 0 < begin.month < 13 and 0 < end.month < 13:
            return forms[SPAN].format(Words(language).month(begin.month, alone=True), last)
    return forms[SPAN].format(_words(begin, forms, language), last)


def _words(one: Moment | None, forms: list[str], language: str, form: int = DAY) -> str:
    """One date by the forms of a language."""
    if one is None:
        return ""
    said = _year(one, forms)
    if one.month > 12:
        said = forms[SPRING + one.month - 21].format(said)
    elif one.month:
        # Only Slavic languages have another form for a month without its day.
        alone = not one.day and language.partition("-")[0] in {"cs", "pl", "ru", "uk"}
        month = Words(language).month(one.month, alone=alone)
        said = forms[form if one.day else MONTH].format(d=one.day, m=month, y=said)
    about = _article(one, language, 0) + said
    said = forms[ABOUT].format(about) if one.mark in {"~", "%"} else said
    return f"{said} (?)" if one.mark in {"?", "%"} else said


def _article(one: Moment | None, language: str, case: int) -> str:
    rows = ARTICLES.get(language.partition("-")[0], ("", ""))
    return rows[case] if one and one.day else ""


def _year(one: Moment, forms: list[str]) -> str:
    return str(one.year) if one.year > 0 else forms[BC].format(1 - one.year)
