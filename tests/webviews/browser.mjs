// Opens a view in Chromium behind the same content security policy as in the editor, with the fake host.
import { readFileSync } from "node:fs";
import http from "node:http";
import path from "node:path";
import * as esbuild from "esbuild";
import { chromium } from "playwright-core";
import { themeClass, themeCss } from "./themes.mjs";

const here = import.meta.dirname;
const nonce = "bm9uY2U=";

/** Serves the built pages from `dist` and the fake host; returns how to open a view and how to stop. */
export async function startBrowser(dist) {
  const bundle = await esbuild.build({
    entryPoints: [path.join(here, "fake_host.mjs")],
    bundle: true,
    write: false,
    format: "iife",
  });
  const fakeHost = bundle.outputFiles[0].text;
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
      const settings = JSON.parse(url.searchParams.get("settings"));
      const theme = url.searchParams.get("theme");
      const csp = `default-src 'none'; style-src 'self'; script-src 'nonce-${nonce}'`;
      response.setHeader("Content-Security-Policy", csp);
      const values = { NONCE: nonce, THEME: theme, CLASS: themeClass(theme), VIEW: settings.view };
      let html = template;
      for (const [name, value] of Object.entries(values))
        html = html.replaceAll(`{{${name}}}`, value);
      const json = JSON.stringify(settings).replaceAll("<", "\\u003c");
      reply(
        "text/html; charset=utf-8",
        html.replace("{{SETTINGS}}", () => json),
      );
    } else if (/^\/webviews\/\w+\.(js|css)$/.test(url.pathname)) {
      const type = url.pathname.endsWith(".js") ? "text/javascript" : "text/css";
      reply(type, readFileSync(path.join(dist, url.pathname)));
    } else {
      response.writeHead(404);
      response.end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const browser = await chromium.launch({
    executablePath: process.env.MYDBA_CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  return {
    async open(settings, { theme = "dark", width = 1200, height = 760, ...options } = {}) {
      const page = await browser.newPage({ viewport: { width, height }, ...options });
      page.setDefaultTimeout(10_000);
      page.problems = [];
      page.on("pageerror", (error) => page.problems.push(`error: ${error.message}`));
      page.on("console", (m) => m.type() === "error" && page.problems.push(`console: ${m.text()}`));
      const query = `settings=${encodeURIComponent(JSON.stringify(settings))}&theme=${theme}`;
      await page.goto(`${origin}/view?${query}`);
      return page;
    },
    /** Resident memory of the largest renderer, MB: what a panel costs, with the scripted host inside. */
    async rendererMegabytes() {
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
    },
    async stop() {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
