import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SearchBox } from "@/runtime/list/toolbar/SearchBox";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** A search box whose address changes when the test says so, and what the box gave away until now. */
function boxWithSlowAddress() {
  const given: string[] = [];
  const at = (value: string) => <SearchBox value={value} label="Search" onChange={(text) => given.push(text)} />;
  const { rerender } = render(at(""));
  const box = screen.getByRole<HTMLInputElement>("searchbox");
  return {
    box,
    given,
    type: (text: string) => fireEvent.change(box, { target: { value: text } }),
    pause: () => act(() => void vi.advanceTimersByTime(1000)),
    arrive: (value: string) => rerender(at(value)),
  };
}

test("what is typed while the address follows stays", () => {
  const { box, given, type, pause, arrive } = boxWithSlowAddress();
  type("ac");
  pause();
  expect(given).toEqual(["ac"]);
  expect(box.value).toBe("ac");
  type("acm");
  arrive("ac");
  expect(box.value).toBe("acm");
  pause();
  type("acme");
  pause();
  arrive("acm");
  expect(box.value).toBe("acme");
  arrive("acme");
  expect(box.value).toBe("acme");
});

test("another address is shown, also one that was given away before", () => {
  const { box, type, pause, arrive } = boxWithSlowAddress();
  type("acme");
  pause();
  arrive("acme");
  arrive("");
  expect(box.value).toBe("");
  arrive("acme");
  expect(box.value).toBe("acme");
});
