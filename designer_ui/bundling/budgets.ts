/** Checks the built interface: how much a browser fetches, compressed, for the frame and for each page. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

interface Chunk {
  readonly file: string;
  readonly src?: string;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}

type Manifest = Readonly<Record<string, Chunk>>;

const KB = 1024;
const FOLDER = new URL("../../platform/web/static/ui/", import.meta.url);
const FRAME = ["index.html", "src/runtime/shell/Shell.tsx", "src/texts/en.ts"];
const ROUTES = ["runtime/list/ListPage", "runtime/record/RecordPage", "runtime/record/CreatePage", "runtime/import/ImportPage", "runtime/bin/BinPage", "runtime/signin/SignInPage", "runtime/signin/SetupPage", "runtime/account/PasswordPage", "runtime/account/ForgotPage", "runtime/account/AccountPage", "runtime/settings/mails/MailsPage", "runtime/settings/keys/KeysPage", "runtime/settings/people/PeoplePage", "runtime/settings/organisation/OrganisationPage", "runtime/settings/external/ExternalPage", "runtime/settings/roles/RolesPage", "runtime/settings/calendar/CalendarPage", "runtime/shell/HomePage", "runtime/import/JobPage", "runtime/tasks/TasksPage", "designer/formulas/FormulasPage", "designer/formulas/FormulaPage", "designer/upgrade/UpgradePage", "designer/permissions/PermissionsPage", "designer/permissions/FormPermissionsPage", "designer/workflows/WorkflowsPage", "designer/workflows/WorkflowPage"];
const MOST_FRAME = 215 * KB;
/** A list knows five ways to be shown in; all but the grid are fetched when they are. */
const MOST_LIST = 260 * KB;
const MOST_ROUTE = 272 * KB;
/** Pages on which an administrator changes the app. */
const MOST_DESIGNER = 290 * KB;
/** The drawing of a workflow, with its panels and the boxes to choose several things from. */
const MOST_CANVAS = 330 * KB;
/** Pages on which an administrator keeps people, with the boxes to choose them from. */
const MOST_SETTINGS = 300 * KB;
/** An import at work: the boxes to choose fields, keys and ways from. */
const MOST_WIZARD = 286 * KB;
const MOST_EDITOR = 406 * KB;

function readManifest(): Manifest {
  try {
    return JSON.parse(readFileSync(new URL(".vite/manifest.json", FOLDER), "utf8")) as Manifest;
  } catch {
    throw new Error(`There is no build in ${fileURLToPath(FOLDER)}: run npm run build first.`);
  }
}

/** Everything that these entries need before they can be drawn. */
function filesOf(manifest: Manifest, keys: readonly string[], seen = new Set<string>()): Set<string> {
  const files = new Set<string>();
  for (const key of keys) {
    if (seen.has(key)) continue;
    seen.add(key);
    const chunk = manifest[key];
    if (!chunk) throw new Error(`${key} is not in the build.`);
    for (const file of [chunk.file, ...(chunk.css ?? []), ...filesOf(manifest, chunk.imports ?? [], seen)]) files.add(file);
  }
  return files;
}

function sizeOf(files: ReadonlySet<string>): number {
  return [...files].reduce((sum, file) => sum + gzipSync(readFileSync(new URL(file, FOLDER)), { level: 9 }).length, 0);
}

function main(): void {
  const manifest = readManifest();
  const budgets = [
    { name: "frame", keys: FRAME, most: MOST_FRAME },
    ...ROUTES.map((route) => ({
      name: route,
      keys: (route.includes("/signin/") || /account\/(Password|Forgot)Page$/.test(route)) ? ["index.html", "src/texts/en.ts", `src/${route}.tsx`] : [...FRAME, `src/${route}.tsx`],
      most: route.endsWith("/ListPage") ? MOST_LIST : route.endsWith("/WorkflowPage") ? MOST_CANVAS : route.startsWith("designer/") ? MOST_DESIGNER : route.startsWith("runtime/settings/") ? MOST_SETTINGS : MOST_ROUTE,
    })),
    { name: "columns of a file being matched", keys: [...FRAME, "src/runtime/import/ImportPage.tsx", "src/runtime/import/Stage.tsx"], most: MOST_WIZARD },
    { name: "an expression being written", keys: [...FRAME, "src/designer/formulas/FormulaPage.tsx", "src/catalogue/expression/ExpressionEditor.tsx"], most: MOST_EDITOR },
  ];
  const over = budgets.filter(({ name, keys, most }) => {
    const size = sizeOf(filesOf(manifest, keys));
    process.stdout.write(`${name.padEnd(28)} ${(size / KB).toFixed(1).padStart(6)} KB of ${most / KB}\n`);
    return size > most;
  });
  if (over.length > 0) {
    process.stderr.write(`Too much to fetch: ${over.map(({ name }) => name).join(", ")}.\n`);
    process.exitCode = 1;
  }
}

main();
