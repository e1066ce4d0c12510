/** How the build puts modules together: what is left out, and what is fetched in one piece. */
import { fileURLToPath } from "node:url";

interface Graph {
  readonly getModuleInfo: (id: string) => { readonly importedIds: readonly string[] } | null;
}

const SOURCES = fileURLToPath(new URL("../src/", import.meta.url));
const SIGN_IN = `${SOURCES}runtime/signin/SignInPage.tsx`;
const SHELL = `${SOURCES}runtime/shell/Shell.tsx`;
const LIST = `${SOURCES}runtime/list/ListPage.tsx`;
const RECORD = `${SOURCES}runtime/record/RecordPage.tsx`;

/** Packages of antd that do not say of themselves that a module nobody uses may be left out; antd's form is the largest. */
export const WITHOUT_EFFECTS = /[\\/]node_modules[\\/]@rc-component[\\/]/;

/** Our own modules that a page needs before it can be drawn. */
function needs(page: string, graph: Graph, found = new Set<string>()): Set<string> {
  if (found.has(page) || !page.startsWith(SOURCES)) return found;
  found.add(page);
  for (const id of graph.getModuleInfo(page)?.importedIds ?? []) needs(id, graph, found);
  return found;
}

/** Where a module of ours lies that more than one page needs; the others lie with their page. */
function sharedChunk(id: string, graph: Graph): string | null {
  if (!id.startsWith(SOURCES)) return null;
  // A page itself keeps its own chunk, which is what the routes ask for.
  const needed = (page: string): boolean => id !== page && needs(page, graph).has(id);
  if (needed(SHELL)) return needed(SIGN_IN) ? "parts" : "shell";
  return needed(LIST) && needed(RECORD) ? "records" : null;
}

/**
 * Every file costs its headers and is compressed by itself: what is always needed together is one file,
 * and what several pages share is not cut into crumbs.
 */
export const CHUNKS = [
  { name: "frame", tags: ["$initial" as const], priority: 2 },
  { name: "icons", test: /[\\/]node_modules[\\/]@tabler[\\/]/, minShareCount: 2, priority: 1 },
  { name: sharedChunk },
];
