"use strict";
document.querySelectorAll("button.copy").forEach(function (button) {
  if (!navigator.clipboard) { return; }
  button.textContent = button.getAttribute("data-copy");
  button.hidden = false;
  button.addEventListener("click", function () {
    var cited = button.closest(".cited").querySelector(".citation-text").textContent;
    navigator.clipboard.writeText(cited).then(function () {
      button.textContent = button.getAttribute("data-done");
    });
  });
});
