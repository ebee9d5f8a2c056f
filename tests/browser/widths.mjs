// How wide a page and what it holds come out in windows. node widths.mjs BROWSER OUT SELECTOR WIDTH FILE...
import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { launch } from "./browser.mjs";

const [browserPath, out, selector, width, ...files] = process.argv.slice(2);
const browser = await launch(browserPath);
const seen = {};
try {
  const page = await browser.newPage();
  await page.setViewport({ width: Number(width), height: 900 });
  for (const file of files) {
    await page.goto(pathToFileURL(file).href, { waitUntil: "load" });
    seen[file.split("/").pop()] = await page.evaluate((selector) => ({
      window: document.documentElement.clientWidth,
      page: document.documentElement.scrollWidth,
      found: [...document.querySelectorAll(selector)].map((one) => Math.round(one.getBoundingClientRect().width)),
    }), selector);
  }
} finally {
  await browser.close();
}
writeFileSync(out, JSON.stringify(seen));
