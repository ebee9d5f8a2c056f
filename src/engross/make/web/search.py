"""A search without a server: the words of the edition in one file, and a script that looks."""

import json
from collections.abc import Callable, Sequence

from lxml import etree

from engross.make.markup import find, opened
from engross.render import Rendered, anchor


def index(sections: Sequence[Rendered], names: Callable[[str], str]) -> bytes:
    """
    Every block with an address, as a script that sets one value.

    A row is the page's file (which `names` gives by address), the id there, the section's title
    and the block's words.
    """
    rows = [
        [names(section.address), anchor(block.get("data-address") or ""), section.title, words]
        for section in sections
        for block in find(opened(section.html), ".//*[@data-address]")
        if (words := own_words(block))
    ]
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return f"window.engrossWords={text};\n".encode()


def own_words(block: etree._Element) -> str:
    """The words of a block without its furniture, in one line."""

    def pieces(element: etree._Element) -> list[str]:
        found = [element.text or ""]
        for child in element:
            if child.get("data-furniture") is None:
                found += pieces(child)
            found.append(child.tail or "")
        return found

    return " ".join("".join(pieces(block)).split())


SCRIPT = b"""\
"use strict";
(function () {
  var form = document.getElementById("search-form");
  var box = document.getElementById("search-words");
  var list = document.getElementById("search-found");
  var said = document.getElementById("search-said");
  function plain(text) {
    return text.normalize("NFD").replace(/[\\u0300-\\u036f]/g, "").toLowerCase();
  }
  var rows = (window.engrossWords || []).map(function (row) {
    return { file: row[0], id: row[1], title: row[2], text: row[3], plain: plain(row[3]) };
  });
  function look() {
    var words = plain(box.value).split(/\\s+/).filter(Boolean);
    list.textContent = "";
    if (!words.length) { said.textContent = ""; return; }
    var found = rows.filter(function (row) {
      return words.every(function (word) { return row.plain.indexOf(word) >= 0; });
    });
    said.textContent = said.getAttribute("data-words").replace("{count}", found.length);
    found.slice(0, 200).forEach(function (row) {
      var at = Math.max(0, row.plain.indexOf(words[0]) - 60);
      var item = document.createElement("li");
      var link = document.createElement("a");
      link.href = row.file + "#" + row.id;
      link.textContent = row.title;
      item.appendChild(link);
      item.appendChild(document.createTextNode(
        " \\u2014 " + (at ? "\\u2026" : "") + row.text.slice(at, at + 180) + "\\u2026"));
      list.appendChild(item);
    });
  }
  form.addEventListener("submit", function (event) { event.preventDefault(); look(); });
  box.addEventListener("input", look);
  var asked = new URLSearchParams(location.search).get("q");
  if (asked) { box.value = asked; look(); }
})();
"""
