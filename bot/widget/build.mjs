/**
 * Builds dist/widget.js and dist/index.html. The same sources and the same package-lock.json always give the same bytes.
 *
 * esbuild keeps only the notices that a package marks as legal comments, and most of ours mark none. So the licence of
 * every package that ended up in the bundle is read from the package itself and put at the end of the script.
 */
import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");

const result = await build({
  absWorkingDir: here,
  entryPoints: ["src/main.tsx"],
  bundle: true,
  minify: true,
  format: "iife",
  platform: "browser",
  target: ["es2020"],
  charset: "ascii",
  legalComments: "eof",
  define: { "process.env.NODE_ENV": '"production"' },
  metafile: true,
  write: false,
  logLevel: "warning",
});

const packages = new Set();
for (const input of Object.keys(result.metafile.inputs)) {
  const found = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
  if (found) packages.add(found[1]);
}

const notices = await Promise.all([...packages].sort().map(notice));
await mkdir(dist, { recursive: true });
await writeFile(join(dist, "widget.js"), `${result.outputFiles[0].text.trimEnd()}\n${notices.join("\n")}\n`);
await copyFile(join(here, "demo", "index.html"), join(dist, "index.html"));

/** The licence text of one bundled package as a comment that minifiers keep. A package without one stops the build. */
async function notice(name) {
  const folder = join(here, "node_modules", name);
  const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`${name} ${version} ships no licence file: it cannot be bundled`);
  const text = (await readFile(join(folder, file), "utf8")).replaceAll("\r\n", "\n").replaceAll("*/", "* /").trim();
  return `/*! ${name} ${version} (${license})\n\n${text}\n*/`;
}
