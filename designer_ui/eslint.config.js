import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

/** Folders of src in their order: each may import what stands before it, never what stands after. */
const ORDER = [["ui", "api"], ["model"], ["catalogue"], ["fields"], ["designer", "runtime"], ["texts", "routes", "main"]];

function boundary(level) {
  return ORDER[level].map((folder) => {
    const forbidden = [...ORDER.slice(level + 1).flat(), ...ORDER[level].filter((other) => other !== folder)];
    return {
      files: [`src/${folder}/**/*.{ts,tsx}`],
      rules: {
        "no-restricted-imports": [
          "error",
          {
            patterns: [
              {
                regex: `^(@/|(\\.\\./)+)(${forbidden.join("|")})(/|$)`,
                message: `${folder} stands before this folder: see the import order in eslint.config.js.`,
              },
            ],
          },
        ],
      },
    };
  });
}

export default tseslint.config(
  { ignores: ["node_modules", "dist"] },
  ...tseslint.configs.recommended,
  {
    files: ["**/*.{ts,tsx}"],
    plugins: { "react-hooks": reactHooks },
    rules: {
      "react-hooks/rules-of-hooks": "error",
      "react-hooks/exhaustive-deps": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "no-console": "error",
      eqeqeq: ["error", "always"],
      "max-lines": ["error", 500],
    },
  },
  ...ORDER.slice(0, -1).flatMap((_, level) => boundary(level)),
);
