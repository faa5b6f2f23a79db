import { describe, expect, it } from "vitest";
import { clockWords, dateWords } from "../parts/words.ts";
import { eventsOf, itemsFor, LIFE_EVENTS } from "./events.ts";

describe("the life events of the home page", () => {
  it("are the six, whether or not there is something in them, then what items add", () => {
    expect(eventsOf([])).toEqual([...LIFE_EVENTS]);
    expect(eventsOf([{ lifeEvents: ["家有老人", "外出打工"] }])).toEqual([...LIFE_EVENTS, "外出打工"]);
  });
  it("hold the items that name them", () => {
    const items = [{ lifeEvents: ["生活困难"] }, { lifeEvents: ["家有老人"] }];
    expect(itemsFor(items, "家有老人")).toEqual([items[1]]);
    expect(itemsFor(items, "亲人去世")).toEqual([]);
  });
});

describe("words", () => {
  it("say how a clock stands", () => {
    const clock = (left: number, light: "green" | "yellow" | "red" | "done" | "late") =>
      clockWords({ left, light, unit: "workingDays" });
    expect(clock(3, "yellow")).toBe("还剩 3 个工作日");
    expect(clock(-2, "red")).toBe("超期 2 个工作日");
    expect(clock(0, "red")).toBe("今天到期");
    expect(clock(5, "done")).toBe("已按时办完");
    expect(clock(-1, "late")).toBe("办完时已超期");
  });
  it("say dates and moments of Shanghai in Chinese", () => {
    expect(dateWords("2024-03-01")).toBe("2024年3月1日");
    expect(dateWords("2024-03")).toBe("2024年3月");
    expect(dateWords("2026-11-18T16:30:00Z")).toBe("2026年11月19日");
    expect(dateWords("不详")).toBe("不详");
  });
});
