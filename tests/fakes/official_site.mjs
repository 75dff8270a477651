// The site of an official manual, for a helper that is given `proxy` and `env`: a server of ours behind a
// proxy, with a certificate that only this helper trusts. So the way to it is the real one: the address
// that the program has, proxy, TLS, HTML.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import net from "node:net";
import path from "node:path";

const listening = (server) => new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const portOf = (server) => server.address().port;

/** `answer(request, response)` is the site `host`; its certificate is put into `folder`. */
export async function officialSite(host, folder, answer) {
  const [key, cert] = ["key.pem", "cert.pem"].map((name) => path.join(folder, name));
  const asked = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=${host} -addext subjectAltName=DNS:${host}`;
  execFileSync("openssl", [...asked.split(" "), "-keyout", key, "-out", cert], { stdio: "ignore" });
  const site = https.createServer({ key: readFileSync(key), cert: readFileSync(cert) }, answer);
  await listening(site);
  const tunnels = [];
  const proxy = http.createServer().on("connect", ({ url }, socket) => {
    tunnels.push(url);
    const onward = net.connect(portOf(site), "127.0.0.1");
    const end = () => [socket, onward].forEach((one) => one.destroy());
    for (const one of [socket, onward]) one.on("error", end);
    socket.write("HTTP/1.1 200 OK\r\n\r\n");
    socket.pipe(onward).pipe(socket);
  });
  await listening(proxy);
  return {
    /** What the proxy was asked for: `host:port`. */
    tunnels,
    proxy: `http://127.0.0.1:${portOf(proxy)}`,
    env: { SSL_CERT_FILE: cert, no_proxy: "", NO_PROXY: "" },
    close: () => [site, proxy].forEach((server) => server.close()),
  };
}
