// How wide pages come out: sizes of text, light and dark, with their sheets and without.
// node screens.mjs BROWSER JOBS OUT; a job is [file, width, percent, scheme, bare].
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { launch } from "./browser.mjs";

const [browserPath, jobs, out] = process.argv.slice(2);
const browser = await launch(browserPath);
const seen = [];
try {
  const page = await browser.newPage();
  for (const [file, width, percent, scheme, bare] of JSON.parse(readFileSync(jobs, "utf8"))) {
    await page.setViewport({ width, height: 780 });
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.goto(pathToFileURL(file).href, { waitUntil: "load" });
    seen.push(await page.evaluate((percent, bare) => {
      if (bare) document.querySelectorAll("link[rel=stylesheet]").forEach((one) => one.remove());
      if (percent !== 100) document.documentElement.style.fontSize = `${percent}%`;
      const root = document.documentElement;
      const right = Math.max(0, ...[...document.querySelectorAll("body *")].map((one) => one.getBoundingClientRect().right));
      return { page: root.scrollWidth, right: Math.round(right) };
    }, percent, bare));
  }
} finally {
  await browser.close();
}
writeFileSync(out, JSON.stringify(seen));
