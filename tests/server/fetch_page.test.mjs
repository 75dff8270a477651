// The official page of a document: refused unless the setting allows it, else fetched from the address
// that the program has for it, and read as text.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { officialSite } from "../fakes/official_site.mjs";
import { aiSettings } from "./chat_client.mjs";
import { Client } from "./client.mjs";
import { liveParts } from "./rendered.mjs";

// Its page is https://www.sqlite.org/optoverview.html#autoindex.
const anchor = "sqlite/automatic-index";
const html = `<body><h1>Planner</h1><h2 id="autoindex">Automatic</h2><p>An <a href="x">index</a>
  <img src=y> [for](https://evil.example) one run.</p><script>s</script><h2>Else</h2>`;

let folder;
let site;
let client;
/** What the site was asked for. */
const requests = [];

before(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "mydba-page-"));
  site = await officialSite("www.sqlite.org", folder, ({ url, headers }, answer) => {
    requests.push({ url, headers });
    const moved = url === "/optoverview.html" && { location: "/new/" };
    answer.writeHead(moved ? 301 : 200, moved || { "content-type": "text/html" }).end(html);
  });
  client = new Client([], { env: site.env });
  await client.request("initialize", { clientName: "test", clientVersion: "0" });
});
after(async () => {
  assert.equal(await client.end(), 0);
  site.close();
  rmSync(folder, { recursive: true, force: true });
});

async function configure(fetchPages, proxy = site.proxy) {
  await client.request("ai/configure", { ...aiSettings, enabled: false, fetchPages, proxy });
}
const fetchPage = (of) => client.request("rag/fetchPage", { anchor: of });

test("while the setting is off nothing is asked for", async () => {
  await configure(false);
  await assert.rejects(fetchPage(anchor), ({ data }) => {
    assert.equal(data.code, "refused");
    assert.match(data.hint, /mydba\.ai\.fetchPages/);
    return true;
  });
  assert.deepEqual(site.tunnels, []);
});

test("the section that the document is about is fetched, with AI off too", async () => {
  await configure(true);
  const page = await fetchPage(anchor);
  assert.equal(page.url, "https://www.sqlite.org/new/");
  assert.ok(Math.abs(Date.now() - Date.parse(page.fetched)) < 60_000, page.fetched);
  assert.equal(
    page.text,
    "#### Automatic\n\nAn index \\[for\\]\\(https\\:\\/\\/evil\\.example\\) one run\\.\n",
  );
  assert.deepEqual(liveParts(page.text), []);
  assert.deepEqual(site.tunnels, ["www.sqlite.org:443", "www.sqlite.org:443"]);
  assert.deepEqual(
    requests.map(({ url }) => url),
    ["/optoverview.html", "/new/"],
  );
  for (const { headers } of requests)
    assert.deepEqual(headers, {
      host: "www.sqlite.org",
      "user-agent": "mydba",
      accept: "text/html",
    });
});

test("what has no official page is not looked for", async () => {
  await configure(true);
  site.tunnels.length = 0;
  for (const other of ["user:notes.md#a", "sqlite/no-such-document", "https://evil.example/", ""])
    await assert.rejects(fetchPage(other), ({ data }) => data.code === "invalidParams");
  assert.deepEqual(site.tunnels, []);
});

test("without a network the document is still there, and the error says so", async () => {
  const nobody = net.createServer();
  await new Promise((resolve) => nobody.listen(0, "127.0.0.1", resolve));
  const { port } = nobody.address();
  await new Promise((resolve) => nobody.close(resolve));
  await configure(true, `http://127.0.0.1:${port}`);
  await assert.rejects(fetchPage(anchor), ({ data }) => {
    assert.equal(data.code, "connectFailed");
    assert.match(data.hint, /the document that MyDBA brings is still here/);
    return true;
  });
});
