import type { Plugin } from "vite";

/** A place in a library that has to read differently, until the library itself does. */
interface Mend {
  readonly file: string;
  readonly before: string;
  readonly after: string;
  readonly why: string;
}

const MENDS: readonly Mend[] = [
  {
    file: "/@rc-component/util/es/Dom/dynamicCSS.js",
    before: "if (csp?.nonce) {\n    styleNode.nonce = csp?.nonce;\n  }",
    after: `styleNode.nonce = csp?.nonce ?? document.querySelector('meta[name="csp-nonce"]')?.nonce ?? "";`,
    why: "antd locks the page's scroll with a style element that lacks the page's nonce; the page's policy would refuse it",
  },
  {
    file: "/@rc-component/virtual-list/es/List.js",
    before: "className: `${prefixCls}-holder`,",
    after: "className: `${prefixCls}-holder`,\n    tabIndex: 0,",
    why: "an open list of choices scrolls, and what scrolls has to be reachable by the keyboard",
  },
];

/** Mends the libraries' code; stops the build when a library has changed and the mend no longer applies. */
export function mendedLibraries(): Plugin {
  return {
    name: "mended-libraries",
    transform(code, id) {
      const mend = MENDS.find(({ file }) => id.endsWith(file));
      if (!mend) return null;
      if (!code.includes(mend.before)) throw new Error(`${mend.file} has changed; look again at this: ${mend.why}.`);
      return { code: code.replace(mend.before, mend.after), map: null };
    },
  };
}
