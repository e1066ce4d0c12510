/** Orders and dominators of graphs without circles: what every way to a node leads through. */

/** All that `root` leads to, itself first, each node after all that lead to it. */
export function reachable(root: string, next: (key: string) => readonly string[]): readonly string[] {
  const seen = new Set<string>();
  const order: string[] = [];
  const visit = (key: string): void => {
    seen.add(key);
    // The last first, so that what the first edge leads to stands first in the order.
    for (const to of [...next(key)].reverse()) if (!seen.has(to)) visit(to);
    order.unshift(key);
  };
  visit(root);
  return order;
}

/** For each node but the first of `order`: the nearest node that every way to it leads through. */
export function dominators(order: readonly string[], before: (key: string) => readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const index = new Map(order.map((key, at) => [key, at]));
  const common = (one: string, other: string): string => {
    let [a, b] = [one, other];
    while (a !== b) {
      if ((index.get(a) ?? 0) > (index.get(b) ?? 0)) a = found.get(a) ?? b;
      else b = found.get(b) ?? a;
    }
    return a;
  };
  for (const key of order.slice(1)) {
    const known = before(key).filter((one) => index.has(one));
    const nearest = known.reduce<string | null>((sofar, one) => (sofar === null ? one : common(sofar, one)), null);
    if (nearest !== null) found.set(key, nearest);
  }
  return found;
}

/** Items by what `key` gives for them, in their order. */
export function grouped<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
