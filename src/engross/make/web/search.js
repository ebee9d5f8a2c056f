"use strict";
(function () {
  var form = document.getElementById("search-form");
  var box = document.getElementById("search-words");
  var list = document.getElementById("search-found");
  var said = document.getElementById("search-said");
  function plain(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }
  var rows = (window.engrossWords || []).map(function (row) {
    return { file: row[0], id: row[1], title: row[2], text: row[3], plain: plain(row[3]) };
  });
  function look() {
    var words = plain(box.value).split(/\s+/).filter(Boolean);
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
        " \u2014 " + (at ? "\u2026" : "") + row.text.slice(at, at + 180) + "\u2026"));
      list.appendChild(item);
    });
  }
  form.addEventListener("submit", function (event) { event.preventDefault(); look(); });
  box.addEventListener("input", look);
  var asked = new URLSearchParams(location.search).get("q");
  if (asked) { box.value = asked; look(); }
})();
