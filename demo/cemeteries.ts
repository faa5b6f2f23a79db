/** The cemetery ledger: 海丰县 has six public ones in six of twelve townships, as its report of 2023 says; others a few. */
import type { Values } from "@wuxin/declare";
import type { DemoDivision } from "./accounts.ts";
import { workingDay } from "./agenda.ts";
import type { Scene } from "./scene.ts";

const LEDGER = "cemetery";
const yuan = (n: number) => n * 100;
type Kind = "经营性公墓" | "公益性公墓" | "骨灰楼堂";

export function tellCemeteries(scene: Scene): void {
  const towns = scene.county.divisions.filter((d) => d.level === "township");
  const haifeng = scene.county.code === "441521";
  const many = haifeng ? 6 : scene.county.code === "430621" ? 2 : 1;
  const commercial = haifeng || scene.county.code === "430621" || scene.county.code === "430121";
  for (const [i, town] of towns.slice(0, many).entries()) entry(scene, town, "公益性公墓", i);
  if (commercial) {
    const id = entry(scene, towns[many] ?? (towns[0] as DemoDivision), "经营性公墓", many);
    charges(scene, id, haifeng);
  }
}

function entry(scene: Scene, town: DemoDivision, kind: Kind, n: number): string {
  const { agenda, people, county } = scene;
  const { random } = people;
  const id = scene.id(`cemetery/${n}`);
  const place = town.name.replace(/(镇|乡|街道)$/, "");
  const isPublic = kind === "公益性公墓";
  const plots = random.int(4, isPublic ? 12 : 30) * 100;
  const on = workingDay(agenda.calendar, scene.day(3, 6));
  const values: Values = {
    name: `${place}${isPublic ? "福寿园公益性公墓" : "长青陵园"}`,
    kind,
    divisionCode: town.code,
    address: `${town.name}${random.pick(["凤形山", "青松岭", "石马冲", "牛头坡", "白云坳"])}`,
    operator: isPublic
      ? `${town.name}${town.name.endsWith("街道") ? "办事处" : "人民政府"}`
      : `${county.name}长青陵园管理所`,
    phone: "12345",
    approval: `（演示）民公墓〔${2012 + n}〕${n + 1}号`,
    state: "使用中",
    areaMu: random.int(15, 60),
    plots,
    sold: Math.floor(plots * (0.2 + random.next() * 0.5)),
    priceFen: isPublic ? yuan(random.int(12, 48) * 100) : yuan(13_800),
    priceDocument: "县发改局核定价（演示）",
  };
  agenda.add({
    key: `cemetery/${n}`,
    on,
    actor: "xian",
    run: (tx, house) => house.registers.saveEntry(tx, LEDGER, id, { version: 0, values }),
  });
  if (n % 2 === 0)
    agenda.add({
      key: `cemetery/${n}/check`,
      on: workingDay(agenda.calendar, scene.day(2, 12)),
      actor: "xian",
      run: (tx, house, day) =>
        house.registers.addCheck(tx, LEDGER, id, {
          id: scene.id(`cemetery/${n}/check`),
          values:
            n === 2
              ? {
                  on: day,
                  inspectors: [scene.ref("xian"), scene.ref("fuhe")],
                  result: "限期整改",
                  problems: "公示牌未写维护费标准，消防通道堆放杂物。",
                }
              : { on: day, inspectors: [scene.ref("xian"), scene.ref("fuhe")], result: "合格" },
        }),
    });
  return id;
}

/** Ordinary charges, and in 海丰县 one above the approved ceiling of 1.5 万元. */
function charges(scene: Scene, entryId: string, over: boolean): void {
  const line = (n: number, back: number, values: (on: string) => Values) =>
    scene.agenda.add({
      key: `charge/${n}`,
      on: workingDay(scene.agenda.calendar, scene.day(back, 16)),
      actor: "xian",
      run: (tx, house, on) =>
        house.registers.addRow(tx, LEDGER, entryId, "charges", {
          id: scene.id(`charge/${n}`),
          values: values(on),
        }),
    });
  const payer = scene.people.person({ age: 55 }).name;
  const other = scene.people.person({ age: 49 }).name;
  line(1, 2, (on) => ({ on, subject: "墓位", amountFen: yuan(13_800), payer, refundedFen: 0 }));
  line(2, 2, (on) => ({ on, subject: "维护费", amountFen: yuan(1_200), payer, refundedFen: 0 }));
  if (over)
    line(3, 1, (on) => ({ on, subject: "墓位", amountFen: yuan(16_800), payer: other, refundedFen: 0 }));
}
