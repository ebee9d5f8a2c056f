// Open an EPUB in two reading systems, epub.js and foliate-js, and its files by themselves in the
// browser; say what was seen. node readers.mjs BROWSER EPUB FOLDER OUT, FOLDER being the EPUB unzipped.
import { createServer } from "node:http";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, normalize } from "node:path";
import { launch, modules } from "./browser.mjs";

const [browserPath, epub, folder, out] = process.argv.slice(2);

const TYPES = { html: "text/html", xhtml: "application/xhtml+xml", js: "text/javascript", css: "text/css",
  png: "image/png", jpg: "image/jpeg", svg: "image/svg+xml", ttf: "font/ttf", epub: "application/epub+zip" };
const PAGES = {
  "/blank.html": "<!DOCTYPE html><title>x</title><body></body>",
  "/epubjs.html": `<!DOCTYPE html><title>x</title><script src="/modules/jszip/dist/jszip.min.js"></script>
    <script src="/modules/epubjs/dist/epub.js"></script><div id="area"></div>`,
};
const server = createServer((request, response) => {
  const path = normalize(decodeURIComponent(new URL(request.url, "http://x").pathname));
  const send = (body, type) => { response.setHeader("content-type", type); response.end(body); };
  if (PAGES[path]) return send(PAGES[path], "text/html");
  if (path === "/book.epub") return send(readFileSync(epub), TYPES.epub);
  const file = path.startsWith("/modules/") ? join(modules, path.slice(9))
    : path.startsWith("/book/") ? join(folder, path.slice(6)) : "";
  if (!file || !existsSync(file)) { response.statusCode = 404; return response.end(); }
  return send(readFileSync(file), TYPES[file.split(".").pop()] ?? "application/octet-stream");
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const base = `http://127.0.0.1:${server.address().port}`;
const browser = await launch(browserPath);
const seen = { remote: [], errors: [] };

async function open(path, settings = {}) {
  const page = await browser.newPage();
  await page.setViewport({ width: settings.width ?? 800, height: settings.height ?? 900 });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: settings.scheme ?? "light" }]);
  if (settings.plain) await page.setJavaScriptEnabled(false);
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    const url = request.url();
    if (url.startsWith(base) || /^(data|blob|about|chrome-error):/.test(url)) return request.continue();
    seen.remote.push(url);
    return request.abort();
  });
  page.on("pageerror", (error) => seen.errors.push(`${path}: ${error.message}`));
  await page.goto(base + path, { waitUntil: "load" });
  return page;
}

try {
  // epub.js: every section, the contents, the page list
  let page = await open("/epubjs.html");
  seen.epubjs = await page.evaluate(async () => {
    const book = ePub("/book.epub");
    await book.ready;
    const rendition = book.renderTo("area", { width: 600, height: 800 });
    const sections = [];
    for (const item of book.spine.spineItems) {
      await rendition.display(item.href);
      const inside = document.querySelector("#area iframe").contentDocument;
      sections.push({ href: item.href, words: inside.body.textContent.trim().length,
        pictures: [...inside.images].every((image) => image.naturalWidth > 0) });
    }
    const contents = [];
    for (const line of book.navigation.toc) {
      await rendition.display(line.href);
      contents.push([line.label.trim(), line.href, rendition.currentLocation().start.href]);
    }
    const pages = book.pageList.pageList.map((row) => [String(row.page), row.href]);
    return { sections, contents, pages, title: book.packaging.metadata.title };
  });
  await page.close();

  // foliate-js: every section, the contents, landmarks, the page list
  page = await open("/blank.html");
  seen.foliate = await page.evaluate(async () => {
    const { makeBook } = await import("/modules/foliate-js/view.js");
    const blob = await (await fetch("/book.epub")).blob();
    const book = await makeBook(new File([blob], "book.epub", { type: "application/epub+zip" }));
    const sections = [];
    for (const section of book.sections) {
      const inside = await section.createDocument();
      sections.push({ href: section.id, words: inside.documentElement.textContent.trim().length });
    }
    const lead = async (rows) => {
      const found = [];
      for (const row of rows ?? []) {
        const there = await book.resolveHref(row.href);
        const inside = await book.sections[there.index].createDocument();
        const anchor = there.anchor?.(inside);
        found.push([row.label.trim(), row.href, Boolean(anchor?.nodeType ?? anchor), 
          (anchor?.getAttribute?.("aria-label")) ?? ""]);
      }
      return found;
    };
    return { sections, contents: await lead(book.toc), pages: await lead(book.pageList),
      landmarks: (book.landmarks ?? []).map((row) => row.type).flat(), title: book.metadata.title };
  });
  await page.close();

  // The files by themselves: a script-less browser, narrow, dark, with letters three times as large
  seen.files = [];
  const names = readdirSync(join(folder, "EPUB")).filter((name) => name.endsWith(".xhtml")).sort();
  for (const name of names) {
    const row = { name };
    for (const [look, settings] of Object.entries({
      narrow: { width: 320, height: 640 }, dark: { scheme: "dark" }, large: { width: 1280, large: true },
    })) {
      page = await open(`/book/EPUB/${name}`, settings);
      row[look] = await page.evaluate((large) => {
        if (large) document.documentElement.style.fontSize = "300%";
        const parse = (color) => (color.match(/[\\d.]+/g) ?? [0, 0, 0]).map(Number);
        const painted = [...document.body.querySelectorAll("*")].filter((one) => {
          const style = getComputedStyle(one);
          return style.backgroundColor !== "rgba(0, 0, 0, 0)" || style.color !== getComputedStyle(document.body).color;
        });
        return { over: document.documentElement.scrollWidth - innerWidth,
          colours: painted.filter((one) => one.tagName !== "A" && !one.closest("a")).length,
          words: document.body.textContent.length, size: getComputedStyle(document.body).fontSize };
      }, Boolean(settings.large));
      await page.close();
    }
    seen.files.push(row);
  }

  // Notes: each call leads to its note and back, in the same file
  seen.notes = [];
  for (const name of names) {
    page = await open(`/book/EPUB/${name}`);
    seen.notes.push(...await page.evaluate((name) => {
      const byTarget = (link) => document.getElementById(decodeURIComponent((link.getAttribute("href") ?? "").slice(1)));
      return [...document.querySelectorAll("[role=doc-noteref]")].map((call) => {
        call.click();
        const note = byTarget(call);
        const opened = document.querySelector(":target") === note;
        const backs = note ? [...note.querySelectorAll("[role=doc-backlink]")] : [];
        const back = backs.find((link) => byTarget(link) === call);
        back?.click();
        return { file: name, id: call.id, note: note?.id ?? "", opened, returned: document.querySelector(":target") === call };
      });
    }, name));
    await page.close();
  }
  if (process.argv[6]) {
    for (const [look, settings] of Object.entries({ phone: { width: 390, height: 780 }, dark: { width: 390, height: 780, scheme: "dark" } })) {
      page = await open(`/book/EPUB/${process.argv[6]}`, settings);
      await page.screenshot({ path: `${out}-${look}.png` });
      await page.close();
    }
  }
  writeFileSync(out, JSON.stringify(seen));
} finally {
  await browser.close();
  server.close();
}
