import react from "@vitejs/plugin-react";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { CHUNKS, WITHOUT_EFFECTS } from "./bundling/chunks";
import { compressedBesideAssets } from "./bundling/compress";
import { thirdPartyLicences } from "./bundling/licences";
import { mendedLibraries } from "./bundling/mend";

const outDir = fileURLToPath(new URL("../platform/web/static/ui", import.meta.url));
const server = process.env["JOINERY_SERVER"] ?? "http://127.0.0.1:8000";

/** The product's version, of which there is one. */
function productVersion(): string {
  const version = /^version = (\S+)$/m.exec(readFileSync(new URL("../setup.cfg", import.meta.url), "utf8"))?.[1];
  if (!version) throw new Error("setup.cfg names no version.");
  return version;
}

export default defineConfig({
  plugins: [react(), mendedLibraries(), thirdPartyLicences(), compressedBesideAssets()],
  define: { __VERSION__: JSON.stringify(productVersion()) },
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    outDir,
    emptyOutDir: true,
    manifest: true,
    sourcemap: false,
    target: "es2022",
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      treeshake: { moduleSideEffects: [{ test: WITHOUT_EFFECTS, sideEffects: false }] },
      output: { codeSplitting: { groups: CHUNKS } },
    },
  },
  server: { proxy: { "/api": server } },
});
