/** 委托核对批次 of 岳阳县: one answered before its case goes on, and one that its partner answered in part and is late with. */
import { readTableFile, type Tx } from "@wuxin/platform";
import { workingDaysBefore } from "./agenda.ts";
import type { DemoHouse } from "./house.ts";
import type { Scene } from "./scene.ts";

type Packages = DemoHouse["matching"]["packages"];

/** Before the reports of the same cases are made: they tell the answers. */
export function tellCheckPackages(scene: Scene): void {
  const { agenda, base } = scene;
  const on = (back: number) => workingDaysBefore(agenda.calendar, base, back);
  /** About the case told under a key; what is done is named, with its day. */
  const ofCase = (key: string) => {
    const id = scene.id(`check-package/${key}`);
    const step = (
      name: string,
      back: number,
      actor: "xian" | "fuhe",
      run: (tx: Tx, packages: Packages) => Promise<unknown>,
    ) =>
      agenda.add({
        ...{ key: `check-package/${key}/${name}`, on: on(back), actor, tells: true },
        run: (tx, { matching }) => run(tx, matching.packages),
      });
    return {
      sent(back: number) {
        const cases = [scene.told.get(key)?.caseId ?? ""];
        step("make", back, "xian", (tx, packages) => packages.make(tx, { id, cases }));
        step("send", back, "fuhe", (tx, packages) => packages.send(tx, id));
      },
      received(back: number, number: string) {
        step("receipt", back, "xian", async (tx, packages) => {
          const { lines } = await packages.page(tx, id);
          return packages.receipt(tx, id, { on: on(back), number, lines });
        });
      },
      /** @param found of the n-th line; null: not answered yet */
      answered(back: number, found: (n: number) => string | null) {
        step("answer", back, "xian", async (tx, packages) => {
          const file = await packages.file(tx, id);
          const [head = [], ...lines] = await readTableFile(file.name, file.bytes);
          const filled = lines.map((line, n) => {
            const value = found(n);
            return [...line.slice(0, 5), ...(value === null ? ["", ""] : [on(back), value])];
          });
          const bytes = Buffer.from([head, ...filled].map((line) => line.join(",")).join("\n"));
          const answer = {
            id: scene.id(`check-package/${key}/answer`),
            fileName: "省核对系统答复.csv",
            bytes,
          };
          return packages.take(tx, answer, id);
        });
      },
    };
  };

  const late = ofCase("overdue");
  late.sent(14);
  late.received(12, "省核收〔演示〕311号");
  late.answered(9, (n) => (n === 1 ? "在查" : n < 6 ? "无" : null));
  // The deposit that the household had left out.
  const verified = ofCase("verified");
  verified.sent(4);
  verified.received(3, "省核收〔演示〕318号");
  verified.answered(3, (n) => (n === 0 ? "18600.00" : "无"));
}
