// Walk through pages by the tabulator key alone. node keyboard.mjs BROWSER OUT WIDTH FILE...
// Of each stop: what it is, whether it can be seen where it stands, and whether its focus is drawn.
import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { launch } from "./browser.mjs";

const [browserPath, out, width, ...files] = process.argv.slice(2);
const browser = await launch(browserPath);
const seen = {};
try {
  for (const file of files) {
    const page = await browser.newPage();
    await page.setViewport({ width: Number(width), height: 900 });
    await page.goto(pathToFileURL(file).href, { waitUntil: "load" });
    await page.addStyleTag({ content: "html { scroll-behavior: auto !important }" });
    const wanted = await page.evaluate(() =>
      [...document.querySelectorAll("a[href], button, summary, input")].filter((one) => one.checkVisibility({ visibilityProperty: true })).length);
    const stops = [];
    while (stops.length <= wanted + 20) {
      await page.keyboard.press("Tab");
      const stop = await page.evaluate(() => {
        const one = document.activeElement;
        if (!one || one === document.body) return null;
        const box = one.getBoundingClientRect(), style = getComputedStyle(one);
        const index = [...document.querySelectorAll("*")].indexOf(one);
        return { index, name: (one.getAttribute("aria-label") ?? one.textContent ?? "").trim(), tag: one.tagName, skip: one.className === "skip",
          inside: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.left >= 0 && box.right <= innerWidth + 1,
          drawn: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 };
      });
      if (!stop) break;
      stops.push(stop);
    }
    seen[file.split("/").pop()] = { wanted, stops };
    await page.close();
  }
} finally {
  await browser.close();
}
writeFileSync(out, JSON.stringify(seen));
