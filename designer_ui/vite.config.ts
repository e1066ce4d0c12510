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

/** antd locks the page's scroll with a style element that lacks the page's nonce; the page's policy would refuse it. */
function nonceForInjectedStyles(): Plugin {
  const before = "if (csp?.nonce) {\n    styleNode.nonce = csp?.nonce;\n  }";
  const after = `styleNode.nonce = csp?.nonce ?? document.querySelector('meta[name="csp-nonce"]')?.nonce ?? "";`;
  return {
    name: "nonce-for-injected-styles",
    transform(code, id) {
      if (!id.endsWith("/@rc-component/util/es/Dom/dynamicCSS.js")) return null;
      if (!code.includes(before)) throw new Error("The library sets its nonce in another way now: see nonceForInjectedStyles.");
      return { code: code.replace(before, after), map: null };
    },
  };
}

const server = process.env["JOINERY_SERVER"] ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [react(), nonceForInjectedStyles(), compressedBesideAssets()],
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
