// Opens a view in Chromium behind the same content security policy as in the editor, with the fake host.
import { readFileSync } from "node:fs";
import http from "node:http";
import path from "node:path";
import * as esbuild from "esbuild";
import { chromium } from "playwright-core";
import { themeClass, themeCss } from "./themes.mjs";

const here = import.meta.dirname;
const nonce = "bm9uY2U=";

/** The script of the fake host, bundled. */
async function bundleFakeHost() {
  const bundle = await esbuild.build({
    entryPoints: [path.join(here, "fake_host.mjs")],
    bundle: true,
    write: false,
    format: "iife",
  });
  return bundle.outputFiles[0].text;
}

/** The page of a view: the template with the view's name, theme and scenario. */
function viewPage(template, url) {
  const settings = JSON.parse(url.searchParams.get("settings"));
  const theme = url.searchParams.get("theme");
  const values = { NONCE: nonce, THEME: theme, CLASS: themeClass(theme), VIEW: settings.view };
  let html = template;
  for (const [name, value] of Object.entries(values)) html = html.replaceAll(`{{${name}}}`, value);
  const json = JSON.stringify(settings).replaceAll("<", "\\u003c");
  return html.replace("{{SETTINGS}}", () => json);
}

/** Serves the built pages of `dist` and the fake host on a port of 127.0.0.1. */
async function startServer(dist) {
  const fakeHost = await bundleFakeHost();
  const template = readFileSync(path.join(here, "host.html"), "utf8");
  const server = http.createServer((request, response) => {
    const url = new URL(request.url, "http://127.0.0.1");
    const reply = (type, body) => {
      response.writeHead(200, { "Content-Type": type });
      response.end(body);
    };
    if (url.pathname === "/favicon.ico") reply("image/x-icon", "");
    else if (url.pathname === "/fake_host.js") reply("text/javascript", fakeHost);
    else if (url.pathname === "/theme.css")
      reply("text/css", themeCss(url.searchParams.get("name")));
    else if (url.pathname === "/view") {
      const csp = `default-src 'none'; style-src 'self'; script-src 'nonce-${nonce}'`;
      response.setHeader("Content-Security-Policy", csp);
      reply("text/html; charset=utf-8", viewPage(template, url));
    } else if (/^\/webviews\/\w+\.(js|css)$/.test(url.pathname)) {
      const type = url.pathname.endsWith(".js") ? "text/javascript" : "text/css";
      reply(type, readFileSync(path.join(dist, url.pathname)));
    } else {
      response.writeHead(404);
      response.end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

function launchChromium() {
  const off = ["background-networking", "component-update", "gpu", "quic", "sync"];
  return chromium.launch({
    executablePath: process.env.MYDBA_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--no-first-run", ...off.map((feature) => `--disable-${feature}`)],
  });
}

/** Resident memory of the largest renderer, MB: what a panel costs, with the scripted host inside. */
async function largestRenderer(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const sizes = processInfo
    .filter(({ type }) => type === "renderer")
    .map(({ id }) => {
      const text = readFileSync(`/proc/${id}/status`, "utf8");
      return Number(/VmRSS:\s+(\d+)/.exec(text)?.[1] ?? 0) / 1024;
    });
  return Math.max(...sizes);
}

/** Most of a single wait: what a fast machine shows at once takes a busy one many seconds. */
const waitMs = 60_000;

/** A browser and a server for the pages in `dist`: how to open a view, and how to stop. */
export async function startBrowser(dist) {
  const server = await startServer(dist);
  const origin = `http://127.0.0.1:${server.address().port}`;
  const browser = await launchChromium();
  return {
    async open(settings, { theme = "dark", width = 1200, height = 760, ...options } = {}) {
      const page = await browser.newPage({ viewport: { width, height }, ...options });
      page.setDefaultTimeout(waitMs);
      page.problems = [];
      page.on("pageerror", (error) => page.problems.push(`error: ${error.message}`));
      page.on("console", (m) => m.type() === "error" && page.problems.push(`console: ${m.text()}`));
      const query = `settings=${encodeURIComponent(JSON.stringify(settings))}&theme=${theme}`;
      await page.goto(`${origin}/view?${query}`);
      return page;
    },
    rendererMegabytes: () => largestRenderer(browser),
    async stop() {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
