import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

interface Package {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly text: string;
}

/** Where the interface links to; see About in the user menu. */
const FILE = "THIRD_PARTY_LICENSES.txt";
const PERMITTED = new Set(["MIT", "ISC", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "0BSD"]);
const LINE = "-".repeat(78);

/** The folder of the package that a module belongs to. */
function packageFolder(module: string): string | null {
  return /^(?:\0)?(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(module)?.[1] ?? null;
}

/** Most packages bring their licence; of the others the name, the author and the licence's own name say it. */
function readPackage(folder: string): Package {
  const described = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    name: string;
    version: string;
    license?: string;
    author?: string | { name?: string };
  };
  const licence = described.license ?? "";
  if (!PERMITTED.has(licence)) throw new Error(`${described.name} may not be bundled: its licence is "${licence}".`);
  const file = readdirSync(folder).find((name) => /^licen[cs]e(\.(md|txt))?$/i.test(name));
  const author = typeof described.author === "string" ? described.author : described.author?.name;
  const text = file
    ? readFileSync(join(folder, file), "utf8").trim()
    : `Copyright (c) ${author ?? `the authors of ${described.name}`}\nLicensed under ${licence}.`;
  return { name: described.name, version: described.version, licence, text };
}

function document(packages: readonly Package[]): string {
  const parts = packages.map(({ name, version, licence, text }) => `${name} ${version}\n${licence}\n\n${text}`);
  const head = "Joinery's web interface contains the following software.";
  return `${[head, ...parts].join(`\n\n${LINE}\n\n`)}\n`;
}

/** Writes the licences of everything that was bundled beside it; a licence nobody has allowed stops the build. */
export function thirdPartyLicences(): Plugin {
  return {
    name: "third-party-licences",
    apply: "build",
    generateBundle(_, bundle) {
      const modules = Object.values(bundle).flatMap((part) => (part.type === "chunk" ? part.moduleIds : []));
      const folders = new Set(modules.flatMap((module) => packageFolder(module) ?? []));
      const packages = new Map([...folders].map(readPackage).map((one) => [`${one.name} ${one.version}`, one]));
      const sorted = [...packages.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
      this.emitFile({ type: "asset", fileName: FILE, source: document(sorted) });
    },
  };
}
