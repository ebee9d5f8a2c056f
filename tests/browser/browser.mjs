// The browser that the tests look through, patient on a machine that has much else to do.
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { dirname, join } from "node:path";

export const modules = process.env.ENGROSS_NODE_MODULES ?? join(dirname(fileURLToPath(import.meta.url)), "node_modules");
const PATIENCE = 240_000;
const loaded = await import(pathToFileURL(createRequire(`${modules}/`).resolve("puppeteer-core")).href);
const puppeteer = [loaded, loaded.default, loaded.default?.default].find((one) => one?.launch);

export async function launch(executablePath) {
  const browser = await puppeteer.launch({
    executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"], timeout: PATIENCE, protocolTimeout: 2 * PATIENCE });
  const fresh = async () => {
    const page = await browser.newPage();
    page.setDefaultTimeout(PATIENCE);
    return page;
  };
  return { newPage: fresh, close: () => browser.close() };
}
