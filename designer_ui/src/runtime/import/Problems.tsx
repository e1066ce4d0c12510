/** The first rows that were left out, with the reasons: the row's number, its cells, why. */
import { Skeleton } from "@/ui/Skeleton";
import { useFailures } from "./job";

/** Cells of the row shown beside its number and the reason. */
const CELLS = 3;

export function Problems({ file, label }: { file: number; label: string }) {
  const failures = useFailures(file);
  if (failures.isLoading) return <Skeleton lines={3} />;
  const [head, ...rows] = failures.data ?? [];
  if (!head || rows.length === 0) return null;
  const pick = (cells: readonly string[]): readonly string[] => [cells[0] ?? "", cells.at(-1) ?? "", ...cells.slice(1, -1).slice(0, CELLS)];
  return (
    <div className="import-problems" tabIndex={0} role="region" aria-label={label}>
      <table>
        <thead>
          <tr>
            {pick(head).map((name, index) => (
              <th scope="col" key={index}>{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, index) => (
            <tr key={index}>
              {pick(cells).map((cell, at) => (
                <td key={at} className={at === 0 ? "num" : at === 1 ? "why" : "cell"}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
