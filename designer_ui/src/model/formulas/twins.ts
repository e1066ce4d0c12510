import { chinese } from "./functions/chinese";
import { date } from "./functions/date";
import { dateBetween } from "./functions/dateBetween";
import { finance } from "./functions/finance";
import { information } from "./functions/information";
import { list } from "./functions/list";
import { logic } from "./functions/logic";
import { number } from "./functions/number";
import { people } from "./functions/people";
import { place } from "./functions/place";
import { rounding } from "./functions/rounding";
import { statistics } from "./functions/statistics";
import { text } from "./functions/text";
import { textNumbers } from "./functions/textNumbers";
import { textParts } from "./functions/textParts";
import { textSearch } from "./functions/textSearch";
import { totals } from "./functions/totals";
import { trigonometry } from "./functions/trigonometry";
import { workdays } from "./functions/workdays";
import { operations } from "./operations";
import type { Twin, Twins } from "./twin";

const CATEGORIES: readonly Twins[] = [
  operations, logic, information, number, rounding, trigonometry, totals, statistics,
  text, textNumbers, textParts, textSearch, chinese, date, dateBetween, workdays, list, people, finance, place,
];

/** Every operation that the browser can compute, by the server's name of it. */
export const twins: ReadonlyMap<string, Twin> = new Map(CATEGORIES.flatMap((category) => Object.entries(category)));
