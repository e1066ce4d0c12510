import react from "@vitejs/plugin-react";
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

const outDir = fileURLToPath(new URL("../platform/web/static/ui", import.meta.url));

/** The server does not compress; it picks the file that lies ready beside the asset. */
function compressedBesideAssets(): Plugin {
  let folder = "";
  return {
    name: "compressed-beside-assets",
    apply: "build",
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir, config.build.assetsDir);
    },
    closeBundle() {
      for (const name of readdirSync(folder)) {
        const path = join(folder, name);
        if (/\.(js|css|svg)$/.test(name) && statSync(path).size > 1024) {
          writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
        }
      }
    },
  };
}

const server = process.env["JOINERY_SERVER"] ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [react(), compressedBesideAssets()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    outDir,
    emptyOutDir: true,
    manifest: true,
    sourcemap: false,
    target: "es2022",
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { "/api": server } },
});
