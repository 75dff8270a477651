// The notices that the licences of what a package carries ask for: Debian's copyright file of every
// bundled library, and the licence file of every npm package that is bundled in dist/.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, realpathSync } from "node:fs";
import path from "node:path";
import { root } from "./paths.mjs";

/** Compiled into the helper, so that no library file shows them. */
const compiledIn = ["libgumbo-dev", "nlohmann-json3-dev"];

function packageOf(library) {
  // dpkg knows a file by the path it was installed as, which may lack /usr (merged /usr).
  const real = realpathSync(library);
  for (const file of [library, real, real.replace(/^\/usr/, "")]) {
    try {
      return execFileSync("dpkg", ["-S", file], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      }).split(":")[0];
    } catch {
      continue;
    }
  }
  throw new Error(`no Debian package owns ${library}`);
}

function debianNotice(name) {
  const file = `/usr/share/doc/${name}/copyright`;
  if (!existsSync(file)) throw new Error(`no licence of ${name}: ${file}`);
  return `## ${name}\n\n\`\`\`text\n${readFileSync(file, "utf8").trim()}\n\`\`\`\n`;
}

/** Packages whose sources are in a bundle, from the bundles' source maps. */
function npmPackages(dist) {
  const maps = readdirSync(dist, { recursive: true }).filter((name) => name.endsWith(".map"));
  const sources = maps.flatMap(
    (name) => JSON.parse(readFileSync(path.join(dist, name), "utf8")).sources,
  );
  const names = sources.map((source) => source.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1]);
  return [...new Set(names.filter(Boolean))].sort();
}

function npmNotice(name) {
  const folder = path.join(root, "node_modules", name);
  const { version, license } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`no licence file in ${name}`);
  return `## ${name} ${version} (${license})\n\n\`\`\`text\n${readFileSync(path.join(folder, file), "utf8").trim()}\n\`\`\`\n`;
}

/** @param {string[]} libraries absolute paths of bundled libraries @param {string} dist folder of the bundles */
export function notices(libraries, dist) {
  const debian = [...new Set([...libraries.map(packageOf), ...compiledIn])].sort();
  return [
    "# Third-party notices\n\nThis package carries the following software, under its own licences. The libraries are Debian's, unchanged",
    "except for their run path and symbol tables; their sources are Debian's source packages of the same names.\n",
    ...debian.map(debianNotice),
    ...npmPackages(dist).map(npmNotice),
  ].join("\n");
}
