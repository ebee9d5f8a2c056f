// Look at a running preview while its book is edited. node preview.mjs BROWSER ADDRESS BOOK OUT
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { launch } from "./browser.mjs";

const [browserPath, address, book, out] = process.argv.slice(2);
const browser = await launch(browserPath);
const seen = { remote: [], errors: [], milliseconds: {} };
const file = join(book, "introduction.md");
const whole = readFileSync(file, "utf8");

try {
  const page = await browser.newPage();
  await page.setViewport({ width: 1500, height: 900 });
  page.on("request", (request) => { if (!request.url().startsWith(address)) seen.remote.push(request.url()); });
  page.on("pageerror", (error) => seen.errors.push(error.message));
  await page.goto(address, { waitUntil: "domcontentloaded" });
  await page.waitForFunction(() => document.body.dataset.number !== undefined);
  await page.evaluate(() => document.getElementById("frame").contentWindow.location.replace(new URL("web/introduction.html", location.href).href));
  const shows = (words) => page.waitForFunction(
    (words) => document.getElementById("frame").contentDocument?.body?.textContent.includes(words), { polling: 20 }, words);
  await shows("Khrushchev");
  const state = () => page.evaluate(() => ({
    good: document.body.dataset.good, broken: document.getElementById("broken").textContent,
    findings: [...document.querySelectorAll("#findings li")].map((one) => one.textContent),
    beside: [...document.getElementById("frame").contentDocument.querySelectorAll(".engross-finding")].map((one) => one.textContent),
    text: document.getElementById("frame").contentDocument.body.textContent }));

  const timed = async (name, text, wait) => {
    const start = performance.now();
    writeFileSync(file, text);
    await wait();
    seen.milliseconds[name] = Math.round(performance.now() - start);
  };
  await timed("save", `${whole}\n\nA sentence about quagmires.\n`, () => shows("A sentence about quagmires."));
  seen.saved = await state();
  await timed("broken", `${whole}\n\nA sentence [@nobody-knows].\n`,
    () => page.waitForFunction(() => document.body.dataset.good === "false"
      && document.getElementById("frame").contentDocument?.querySelector(".engross-finding"), { polling: 20 }));
  seen.broken = await state();
  await timed("fixed", `${whole}\n\nA sentence about marshes.\n`, () => shows("A sentence about marshes."));
  seen.fixed = await state();
  await page.waitForFunction(() => document.body.dataset.late === "false");
  await page.click("#epub");
  await shows("Introduction");
  seen.epub = await page.evaluate(() => [...document.querySelectorAll("#epub-file option")].map((one) => one.textContent));
  await page.click("#print");
  await page.waitForFunction(() => [...document.querySelectorAll("#pages img")].some((one) => one.complete && one.naturalWidth > 100));
  seen.print = await page.evaluate(() => document.querySelectorAll("#pages img").length);
  await page.screenshot({ path: `${out}.png` });
  writeFileSync(out, JSON.stringify(seen));
} finally {
  writeFileSync(file, whole);
  await browser.close();
}
