// Open pages in a browser, without a network, and let axe-core judge each at four sizes.
// node axe.mjs NODE_MODULES BROWSER FOLDER OUT: writes a list of violations to OUT.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const [modules, browserPath, folder, out] = process.argv.slice(2);
const require = createRequire(`${modules}/`);
const loaded = await import(pathToFileURL(require.resolve("puppeteer-core")).href);
const puppeteer = [loaded, loaded.default, loaded.default?.default].find((one) => one?.launch);
const source = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const WANTED = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const ALL = { type: "tag", values: WANTED };
const LOOK = { type: "rule", values: ["color-contrast", "link-in-text-block", "target-size"] };
const LOOKS = [
  { width: 1440, height: 900, scheme: "light", rules: ALL },
  { width: 1440, height: 900, scheme: "dark", rules: LOOK },
  { width: 768, height: 1024, scheme: "light", rules: ALL },
  { width: 360, height: 780, scheme: "light", rules: ALL },
  { width: 320, height: 640, scheme: "light", rules: ALL },
  { width: 320, height: 640, scheme: "dark", rules: LOOK },
];

const browser = await puppeteer.launch({
  executablePath: browserPath, args: ["--no-sandbox"], timeout: 120_000, protocolTimeout: 240_000 });
const found = [];
try {
  const names = readdirSync(folder).filter((name) => name.endsWith(".html")).sort();
  for (const name of names) {
    for (const look of LOOKS) {
      const page = await browser.newPage();
      page.setDefaultTimeout(120_000);
      await page.setViewport({ width: look.width, height: look.height });
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: look.scheme }]);
      await page.setRequestInterception(true);
      page.on("request", (request) => {
        if (request.url().startsWith("file:") || request.url().startsWith("data:")) return request.continue();
        found.push({ file: name, id: "remote-request", impact: "serious", text: request.url(), target: "" });
        return request.abort();
      });
      page.on("pageerror", (error) =>
        found.push({ file: name, id: "page-error", impact: "serious", text: error.message, target: "" }));
      await page.goto(pathToFileURL(`${folder}/${name}`).href, { waitUntil: "load" });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) {
        found.push({ file: name, id: "sideways", impact: "moderate", target: "html",
          text: `${wide} pixels to scroll sideways at ${look.width}` });
      }
      await page.evaluate(source);
      const said = await page.evaluate((rules) => axe.run(document, { runOnly: rules }), look.rules);
      for (const violation of said.violations) {
        for (const node of violation.nodes) {
          found.push({ file: name, id: violation.id, impact: violation.impact, text: violation.help,
            target: `${node.target.join(" ")} (${look.width} px, ${look.scheme})` });
        }
      }
      await page.close();
    }
  }
  writeFileSync(out, JSON.stringify({ pages: names.length, found }));
} finally {
  await browser.close();
}
