import { decimal } from "../decimals";
import { looksLikeNumber, numberFromText } from "../numbersInText";
import { eager, type Twins } from "../twin";
import { Failure } from "../values";

/** Places on the earth. */

/** The mean radius of the earth in metres. */
const RADIUS = 6_371_008.8;

/** Latitude and longitude in radians. */
function coordinates(text: string): readonly [number, number] {
  const parts = text.replaceAll("，", ",").split(",");
  if (parts.length === 2 && parts.every(looksLikeNumber)) {
    const [latitude = 0, longitude = 0] = parts.map((part) => numberFromText(part).toNumber());
    if (Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) return [(latitude * Math.PI) / 180, (longitude * Math.PI) / 180];
  }
  throw new Failure("#VALUE!");
}

/** In whole metres, far coarser than what the sines of two machines differ by. */
function distance(place: string, other: string): ReturnType<typeof decimal> {
  const [latitude, longitude] = coordinates(place);
  const [otherLatitude, otherLongitude] = coordinates(other);
  const across = Math.sin((otherLatitude - latitude) / 2) ** 2;
  const along = Math.sin((otherLongitude - longitude) / 2) ** 2;
  const halfChord = Math.sqrt(Math.min(1, across + Math.cos(latitude) * Math.cos(otherLatitude) * along));
  return decimal(Math.round(2 * RADIUS * Math.asin(halfChord)));
}

export const place: Twins = { DISTANCE: eager(distance) };
