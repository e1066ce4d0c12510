/** The workflow that a pointer of the server's check names, with the step or the test as its page takes them. */
export function workflowPlaceOf(path: string): { readonly key: string; readonly query: string } | null {
  const [, workflows, key, part, name] = path.split("/").map((one) => one.replaceAll("~1", "/").replaceAll("~0", "~"));
  if (workflows !== "workflows" || !key) return null;
  const parameter = part === "tests" ? "test" : part === "nodes" ? "node" : null;
  return { key, query: parameter && name ? `?${parameter}=${encodeURIComponent(name)}` : "" };
}
