// Bundles the widget into dist/widget.js; the same sources give the same bytes.
import { build } from "esbuild";

const outfile = process.argv[2] ?? "dist/widget.js";

await build({
  entryPoints: ["src/index.ts"],
  outfile,
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2021",
  charset: "utf8",
  legalComments: "none",
  define: { "process.env.NODE_ENV": '"production"' },
  banner: { js: "/*! OptFM chat, MIT. Lit (BSD-3-Clause) and socket.io-client (MIT) inside. */" },
});
