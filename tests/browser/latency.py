"""A slow line between every page and the API, for what a test does not wait for and what a page mixes up."""

import os
import zlib

from playwright.sync_api import BrowserContext

#: Milliseconds: a call that may change something is held so long before it is sent, and every answer
#: comes up to so much later, one behind another that was asked for after it.
LATENCY = int(os.environ.get("JOINERY_TEST_LATENCY", "0"))

#: In the page rather than by a route, so that the routes of a test and its clock stay its own.
SCRIPT = """
(() => {
  const most = %(most)d;
  let seed = %(seed)d;
  const random = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const timer = window.setTimeout.bind(window);
  const pause = (ms) => new Promise((done) => timer(done, ms));
  const [fetch, send] = [window.fetch, XMLHttpRequest.prototype.send];
  window.fetch = async (input, init) => {
    const address = new URL(input instanceof Request ? input.url : input, location.href);
    if (!address.pathname.startsWith("/api/")) return fetch(input, init);
    if ((init?.method ?? "GET").toUpperCase() !== "GET") await pause(most);
    init?.signal?.throwIfAborted();
    const answer = await fetch(input, init);
    await pause(random() * most);
    init?.signal?.throwIfAborted();
    return answer;
  };
  XMLHttpRequest.prototype.send = function (body) {
    timer(() => send.call(this, body), most);
  };
})();
"""


def slow_down(context: BrowserContext, test: str) -> None:
    """Hold the calls of all pages of a context; the name of the test decides how long, every time anew."""
    if LATENCY:
        context.add_init_script(SCRIPT % {"most": LATENCY, "seed": zlib.crc32(test.encode())})
