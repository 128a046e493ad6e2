// What a reviewer does in the browser; usage: prove-review.mjs PROGRAM WORK CHROMIUM [--shots docs]

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { createServer, request } from "node:http";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { extname, join, normalize, resolve } from "node:path";

const [program, work, executablePath, ...rest] = process.argv.slice(2);
const shots = rest[0] === "--shots" ? rest[1] : null;
const load = createRequire(resolve(work, "package.json"));
const { chromium } = load("playwright-core");
const axe = readFileSync(load.resolve("axe-core/axe.min.js"), "utf8");
const REVIEWER = "复核员甲";

// A server of the program, with its address.
function serve(folder) {
  const child = spawn(program, ["review", join(work, folder), "--reviewer", REVIEWER, "--no-open"], { stdio: ["ignore", "pipe", "ignore"] });
  return new Promise((done, fail) => {
    let told = "";
    child.stdout.on("data", (data) => {
      told += data;
      if (told.includes("\n")) done({ child, url: told.trim() });
    });
    child.on("exit", () => fail(new Error("the server did not start")));
  });
}

// The status of a request that no page would make.
function ask(url, path, { method = "GET", headers = {}, body } = {}) {
  const { hostname, port } = new URL(url);
  return new Promise((done, fail) => {
    const asked = request({ hostname, port, path, method, headers }, (answer) => { answer.resume(); done(answer.statusCode); });
    asked.on("error", fail);
    asked.end(body);
  });
}

async function violations(page, where) {
  // The page's own policy lets nothing be put into it: axe comes in by the protocol.
  await page.evaluate(axe);
  const { violations: found } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }));
  const told = found.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html, failureSummary }) => `${html.slice(0, 120)} ${failureSummary?.slice(0, 200)}`).join(" | ")}`);
  assert.deepEqual(told, [], `axe: ${where}`);
}

// A small picture for the READMEs.
async function shoot(page, name) {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 82 });
  writeFileSync(join(shots, `${name}.webp`), Buffer.from(data, "base64"));
}

const state = (page) => page.evaluate(async () => {
  const id = location.hash.slice(4);
  return (await fetch(`data/${id}/state.json`)).json();
});
const opened = async (page) => {
  await page.waitForSelector(".document .card");
  await page.waitForFunction(() => { const img = document.querySelector(".sheet img"); return !img || img.complete; });
};

async function main() {
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  const context = await browser.newContext({ viewport: { width: 1360, height: 800 }, locale: "zh-CN" });
  // Nothing is fetched from anywhere but this machine.
  const strays = [];
  context.on("request", (asked) => { if (!/^(http:\/\/127\.0\.0\.1:|data:)/.test(asked.url())) strays.push(asked.url()); });
  const errors = [];
  const fresh = async () => {
    const page = await context.newPage();
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (line) => { if (line.type() === "error") errors.push(line.text()); });
    return page;
  };

  let { child, url } = await serve("out");
  const page = await fresh();
  await page.goto(url);
  await page.waitForSelector(".documents tbody tr");
  assert.equal(await page.locator(".documents tbody tr").count(), 5);
  await violations(page, "list");

  // The first document, by key alone: one contradiction is accepted.
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await opened(page);
  await violations(page, "document");
  const id = () => page.evaluate(() => location.hash.slice(4));
  const accepted = await id();
  const before = await page.locator(".queue .left b").innerText();
  await page.keyboard.press("a");
  await page.keyboard.press("1");
  await page.waitForFunction((n) => document.querySelector(".queue .left b").textContent !== n, before);
  assert.ok(Object.values((await state(page)).items).some((item) => item.state === "accepted" && item.decided.by === REVIEWER));
  // Undone, and done again: what stands is the last.
  await page.keyboard.press("u");
  await page.waitForFunction((n) => document.querySelector(".queue .left b").textContent === n, before);
  await page.keyboard.press("k");
  await page.evaluate(() => document.querySelector(".queue .entry").click());
  await page.keyboard.press("a");
  await page.keyboard.press("1");
  await page.waitForFunction((n) => document.querySelector(".queue .left b").textContent !== n, before);
  await page.keyboard.press("n");
  await page.keyboard.type("与纸质稿核对过");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".decided, .card-body");

  // The next document: the cell that is wrong is corrected by what its rows add up to.
  await page.keyboard.press("]");
  await page.waitForFunction((first) => location.hash.slice(4) !== first, accepted);
  await opened(page);
  const corrected = await id();
  const told = await page.evaluate(async () => {
    const doc = await (await fetch(`data/${location.hash.slice(4)}/document.json`)).json();
    return doc.items[0];
  });
  const sums = told.en.failures.find((failure) => failure.figures[0][0] === told.figures[0].cell) ?? told.en.failures[0];
  const value = sums.right[1].replaceAll(",", "");
  await page.keyboard.press("c");
  await page.keyboard.type(value);
  await page.keyboard.press("Enter");
  await page.waitForSelector(".published [data-decided=corrected], .entry.corrected");

  // Closed with a signal amid nothing that was acknowledged, and opened again.
  child.kill("SIGKILL");
  ({ child, url } = await serve("out"));
  await page.goto(url);
  await page.waitForSelector(".documents tbody tr");
  for (const [which, kind] of [[accepted, "accepted"], [corrected, "corrected"]]) {
    await page.goto(`${url}#/d/${which}`);
    await opened(page);
    const { items, cells, stale } = await state(page);
    const all = [...Object.values(items).map((item) => item.state), ...Object.values(cells).map((cell) => cell.decision)];
    assert.ok(all.includes(kind), `${kind}: ${all}`);
    assert.deepEqual(stale, []);
  }
  await violations(page, "document with decisions");

  // Two tabs: the second knows nothing of the first's decision, and is told.
  const rest2 = await page.evaluate(async () => (await (await fetch("data/list.json")).json()).documents.map(({ id }) => id));
  const third = rest2.find((one) => one !== accepted && one !== corrected);
  const [one, two] = [await fresh(), await fresh()];
  for (const tab of [one, two]) {
    await tab.goto(`${url}#/d/${third}`);
    await opened(tab);
  }
  await two.evaluate(() => { globalThis.stop(); });
  const wish = async (tab, mark) => tab.evaluate(async ([doc, seen]) => {
    const answer = await fetch(`decide/${doc}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ decision: "accepted", item: "contradicted-0", reason: "uncheckable", mark: seen }) });
    return answer.status;
  }, [third, mark]);
  assert.deepEqual([await wish(one, ""), await wish(two, "")], [200, 409]);
  await two.evaluate(() => window.dispatchEvent(new Event("focus")));
  await two.waitForSelector(".entry.accepted");
  await one.close();
  await two.close();

  // Requests that a hostile page would make.
  const { pathname, host } = new URL(url);
  const post = { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" };
  assert.equal(await ask(url, pathname), 200);
  assert.equal(await ask(url, pathname, { headers: { Origin: "http://elsewhere.example" } }), 403);
  assert.equal(await ask(url, pathname, { headers: { Host: "elsewhere.example" } }), 403);
  assert.equal(await ask(url, pathname, { headers: { "Sec-Fetch-Site": "cross-site" } }), 403);
  assert.equal(await ask(url, `${pathname}decide/${third}`, { ...post, headers: { ...post.headers, Origin: "null" } }), 403);
  assert.equal(await ask(url, "/"), 404);
  assert.equal(await ask(url, `/${"0".repeat(32)}/data/list.json`), 404);
  for (const path of ["../../index.jsonl", "..%2f..%2findex.jsonl", "data/../index.jsonl", "data/..\\index.jsonl", `data/${third}/..`]) {
    assert.ok([400, 404].includes(await ask(url, pathname + path)), path);
  }
  assert.equal(await ask(url, `${pathname}decide/${third}`, { ...post, headers: { ...post.headers, Origin: `http://${host}` } }), 422);
  child.kill("SIGINT");

  // The static site, from a server that knows nothing of the program.
  const site = spawnSync(program, ["review", join(work, "out"), "--site", join(work, "site")]);
  assert.equal(site.status, 0, String(site.stderr));
  const kinds = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml" };
  const web = createServer((asked, answer) => {
    const path = normalize(decodeURIComponent(asked.url.split("?")[0]));
    try {
      const bytes = readFileSync(join(work, "site", path === "/" ? "index.html" : path));
      answer.writeHead(200, { "Content-Type": kinds[extname(path)] ?? "text/html" }).end(bytes);
    } catch {
      answer.writeHead(404).end();
    }
  }).listen(0, "127.0.0.1");
  await new Promise((done) => web.on("listening", done));
  await page.goto(`http://127.0.0.1:${web.address().port}/`);
  await page.waitForSelector(".documents tbody tr");
  await page.locator(".documents tbody a").first().click();
  await opened(page);
  assert.equal(await page.locator(".acts").count(), 0, "nothing can be decided on the site");
  assert.ok(await page.evaluate(() => document.querySelector(".sheet img").naturalWidth > 0), "the site shows the page");
  await violations(page, "site");
  web.close();

  // The planted document of the corpus: every open item, by two keys each.
  const planted = await serve("corpus");
  await page.goto(planted.url);
  await page.waitForSelector(".documents tbody tr");
  if (shots) {
    await page.setViewportSize({ width: 1240, height: 420 });
    await shoot(page, "review-list");
    await page.setViewportSize({ width: 1360, height: 800 });
  }
  const keys = [];
  const press = async (key) => { keys.push(key); await page.keyboard.press(key); };
  const begun = Date.now();
  await press("j");
  await press("Enter");
  await opened(page);
  if (shots) {
    await page.waitForTimeout(300);
    await shoot(page, "review-document");
  }
  for (let left = Number(await page.locator(".queue .left b").innerText()); left > 0;) {
    const kind = await page.evaluate(() => document.querySelector(".card h2 .sign").classList[1]);
    await press("a");
    await press(kind === "contradicted" ? "1" : "2");
    await page.waitForFunction((n) => Number(document.querySelector(".queue .left b").textContent) < n, left);
    left = Number(await page.locator(".queue .left b").innerText());
  }
  console.log(`the planted document is cleared by ${keys.length} keys in ${((Date.now() - begun) / 1000).toFixed(1)} s: ${keys.join(" ")}`);
  planted.child.kill("SIGINT");

  await browser.close();
  assert.deepEqual(strays, []);
  // A request that is refused, and one that went out while the server was killed, are what was tried.
  assert.deepEqual(errors.filter((error) => !/40[0-9]|ERR_CONNECTION_REFUSED/.test(error)), []);
  writeFileSync(join(work, "decided.json"), JSON.stringify({ accepted, corrected, value, reviewer: REVIEWER }));
  console.log("in the browser: queue by key, undo, note, correction, SIGKILL and again, two tabs, forged requests, static site, no violation of A or AA");
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
