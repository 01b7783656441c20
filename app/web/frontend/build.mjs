// Writes ../static: the page (modules, the console as a chunk of its own), the layout's worker, and what is embedded.
import * as esbuild from "esbuild";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const here = fileURLToPath(new URL(".", import.meta.url));
const out = fileURLToPath(new URL("../static/", import.meta.url));
const source = (name) => `${here}src/${name}`;

// Browsers of the last two years; what other sites show has to run in older ones too.
const common = { bundle: true, minify: true, charset: "utf8", legalComments: "linked", outdir: out, logLevel: "warning", metafile: true };
const page = { ...common, target: "es2022", format: "esm" };
const jobs = [
  {
    ...page,
    entryPoints: [{ in: source("page/main.ts"), out: "app" }, { in: source("page/page.css"), out: "app" }],
    splitting: true,
    chunkNames: "chunk-[name]-[hash]",
  },
  { ...common, target: "es2022", format: "iife", entryPoints: [{ in: source("layout/worker.ts"), out: "layout" }] },
  { ...common, target: "es2018", format: "iife", entryPoints: ["embed.ts", "box.ts", "box.css"].map((name) => source(`embed/${name}`)) },
];

/** The job with those of its entry points that there are. */
function present(job) {
  const entryPoints = job.entryPoints.filter((entry) => existsSync(entry.in ?? entry));
  return { ...job, entryPoints };
}

/** Compressed once here, so that the service need not do it for each request. */
async function compress(path) {
  const content = await readFile(path);
  const small = gzipSync(content, { level: 9 });
  await writeFile(`${path}.gz`, small);
  return [basename(path), { bytes: content.length, gzip: small.length }];
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const written = [];
for (const job of jobs.map(present).filter((job) => job.entryPoints.length > 0)) {
  const { metafile } = await esbuild.build({ ...job, absWorkingDir: here });
  written.push(...Object.keys(metafile.outputs).map((name) => `${here}${name}`).filter((name) => /\.(js|css)$/.test(name)));
}
for (const name of ["index.html", "icon.svg"]) {
  await copyFile(source(`page/${name}`), `${out}${name}`);
  written.push(`${out}${name}`);
}
const sizes = Object.fromEntries(await Promise.all(written.map(compress)));
await writeFile(`${out}sizes.json`, `${JSON.stringify(sizes, null, 2)}\n`);
