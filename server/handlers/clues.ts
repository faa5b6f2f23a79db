/** Clues, the supervision of townships, lists exchanged with other departments. */
import { workbook, XLSX } from "@wuxin/engines/documents";
import { DomainError, newId } from "@wuxin/kernel";
import { systemActor } from "@wuxin/platform";
import type { House } from "../compose.ts";
import type { SomeHandlers } from "../http.ts";
import { supervisionOf } from "../supervision.ts";

type Ids =
  | "listClues"
  | "listFound"
  | "clueFunnel"
  | "reportClue"
  | "getClue"
  | "actOnClue"
  | "reportTrouble"
  | "trackTrouble"
  | "addTroublePhoto"
  | "superviseTownships"
  | "listClueSamples"
  | "drawClueSample"
  | "urgeTownship"
  | "exportSupervision"
  | "listExchanges"
  | "listUnrecognised"
  | "recogniseAgain"
  | "handleUnrecognised"
  | "takeMonitoringList"
  | "giveMonitoringList";

export function clueHandlers(house: House): SomeHandlers<Ids> {
  const { clues, counties } = house;

  return {
    listClues: ({ query }, { caller }) =>
      house.read(caller, (tx) =>
        clues.list(tx, {
          ...{ ...query, mine: query.mine === "true" },
          lateAt: query.late === "true" ? house.clock.now() : undefined,
        }),
      ),
    listFound: ({ query }, { caller }) =>
      house.as(caller, (tx) => clues.found(tx, { ...query, again: query.again === "true" })),
    clueFunnel: ({ query }, { caller }) => house.read(caller, (tx) => clues.funnel(tx, query)),
    reportClue: ({ body }, { caller }) => house.as(caller, (tx) => clues.report(tx, body)),
    getClue: ({ params }, { caller }) => house.as(caller, (tx) => clues.page(tx, params.id)),
    async actOnClue({ params, body }, { caller }) {
      await house.as(caller, (tx) => clues.act(tx, params.id, body));
      return house.as(caller, (tx) => clues.page(tx, params.id));
    },
    reportTrouble: ({ params, body: { website: _, ...told } }, { ip }) =>
      house.as({ actor: systemActor(counties.get(params.county).code) }, (tx) =>
        clues.trouble.tell(tx, told, ip),
      ),
    async trackTrouble({ params, body }) {
      const actor = systemActor(counties.get(params.county).code);
      const found = await house.as({ actor }, (tx) => clues.trouble.track(tx, body));
      if (!found)
        throw new DomainError(
          "not-found",
          "没有查到。请核对求助编号和求助时填的手机号的后 4 位，两样都要对。",
        );
      return found;
    },
    addTroublePhoto: ({ params, query }, { file }) => {
      if (!file) throw new DomainError("bad-file", "没有收到照片，请重新选择。");
      return house.as({ actor: systemActor(counties.get(params.county).code) }, (tx) =>
        clues.trouble.addPhoto(tx, params.id, { ...query, ...file }),
      );
    },
    superviseTownships: ({ query }, { caller }) =>
      house.as(caller, async (tx) => ({
        month: query.month,
        rows: await supervisionOf(house, tx, query.month),
      })),
    listClueSamples: ({ query }, { caller }) => house.read(caller, (tx) => clues.samples(tx, query.month)),
    drawClueSample: ({ body }, { caller }) =>
      house.as(caller, async (tx) => {
        await clues.drawSample(tx, body);
        return clues.samples(tx, body.month);
      }),
    urgeTownship: ({ params, body }, { caller }) =>
      house.as(caller, async (tx) => ({
        urged: await clues.urgeLate(tx, { ...body, divisionCode: params.division }),
      })),
    exportSupervision: ({ query }, { caller }) =>
      house.as(caller, async (tx) => {
        const rows = await supervisionOf(house, tx, query.month);
        const titles = [
          ...[
            "乡镇（街道）",
            "下发",
            "到期",
            "按时",
            "超期",
            "在办",
            "纳入",
            "调整",
            "停发",
            "转介",
            "情况不变",
          ],
          ...["误报", "退回", "催办", "主动发现", "抽查", "一致", "应走访", "已走访", "走访超期", "得分"],
        ];
        const lines = rows.map((r) => [
          ...[r.divisionName, r.dispatched, r.due, r.onTime, r.late, r.open, r.outcomes["new-case"]],
          ...[
            r.outcomes.adjust,
            r.outcomes.stop,
            r.outcomes.refer,
            r.outcomes["no-change"],
            r.false,
            r.returned,
          ],
          ...[
            r.urged,
            r.reported,
            r.rechecked,
            r.agreed,
            r.visitsDue,
            r.visitsDone,
            r.visitsLate,
            r.score ?? "",
          ],
        ]);
        const name = `乡镇社会救助监管月报${query.month}.xlsx`;
        const title = `乡镇社会救助监管月报（${query.month}）`;
        const table = { name: "监管月报", above: [title], head: titles, rows: lines };
        return { name, mediaType: XLSX, bytes: await workbook(table) };
      }),
    listExchanges: (_input, { caller }) => house.read(caller, (tx) => clues.exchanged(tx)),
    listUnrecognised: ({ params }, { caller }) =>
      house.read(caller, (tx) => clues.unrecognised(tx, params.id)),
    recogniseAgain: ({ params }, { caller }) => house.as(caller, (tx) => clues.recogniseAgain(tx, params.id)),
    handleUnrecognised: ({ params, body }, { caller }) =>
      house.as(caller, async (tx) => {
        await clues.handleUnrecognised(tx, params.id, params.line, body.note);
        return clues.unrecognised(tx, params.id);
      }),
    async takeMonitoringList({ query }, { caller, file }) {
      if (!file) throw new DomainError("bad-file", "没有收到文件，请重新选择。");
      return house.as(caller, (tx) =>
        clues.takeIn(tx, { ...query, id: newId(), fileName: file.name, bytes: file.bytes }),
      );
    },
    giveMonitoringList: ({ query }, { caller }) =>
      house.as(caller, async (tx) => {
        const list = await clues.giveOut(tx, { id: newId(), ...query });
        return { name: list.name, mediaType: XLSX, bytes: list.bytes };
      }),
  };
}
