/** 整改通知单: the county tells a township what to put right and by when; it answers with evidence; the county takes it or not. */
import { checkFields, type Field, type Values } from "@wuxin/declare";
import { DomainError, derivedId, type Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { CluesDeps } from "./ports.ts";
import {
  legalRectifications,
  nextRectification,
  RECTIFICATION_ACTIONS,
  RECTIFICATION_STATES,
  type RectificationAction,
} from "./rectification-model.ts";
import * as store from "./rectification-store.ts";

export interface NewRectification {
  readonly id: string;
  readonly divisionCode: string;
  readonly month: Month;
  readonly data: Values;
  /** How the township stood on the day, as the page of supervision shows it. */
  readonly figures: readonly { readonly label: string; readonly value: string }[];
}
interface Words {
  readonly problem: string;
  readonly demand: string;
  readonly figures: NewRectification["figures"];
}
const TOWNSHIP = 9;

export function createRectifications(deps: CluesDeps) {
  const { clock, vault } = deps;
  const seal = (value: object) => vault.seal(JSON.stringify(value));
  const open = <T>(sealed: Buffer) => JSON.parse(vault.open(sealed)) as T;
  const notFound = () => new DomainError("not-found", "没有找到这份整改通知单，或不在您的管辖范围内。");

  function checked(action: RectificationAction, data: Values): Values {
    const fields: readonly Field[] = RECTIFICATION_ACTIONS[action].fields;
    const errors = checkFields(fields, data, clock.today());
    if (errors.length > 0)
      throw new DomainError("invalid-input", errors.map((e) => e.message).join(""), { details: errors });
    if (data.dueOn !== undefined && String(data.dueOn) <= clock.today())
      throw new DomainError("invalid-input", "整改期限要在今天以后，留出整改的时间。", { field: "dueOn" });
    return Object.fromEntries(
      fields.flatMap((f) => (f.name in data ? [[f.name, data[f.name]]] : [])),
    ) as Values;
  }

  /** The same id again does nothing more. Errors: forbidden, invalid-input. */
  async function issue(tx: Tx, n: NewRectification): Promise<void> {
    if (await store.find(tx, n.id)) return;
    nextRectification(null, "issue", tx.actor.role);
    const place = deps.divisions(tx.actor.countyCode).find((d) => d.code === n.divisionCode);
    if (place?.level !== "township" || n.divisionCode.length < TOWNSHIP)
      throw new DomainError("invalid-input", "整改通知单下发给乡镇（街道），请选择一个。", {
        field: "divisionCode",
      });
    const data = checked("issue", n.data);
    const today = clock.today();
    const number = await deps.documents.nextNumber(
      tx,
      "{county}社救整改〔{year}〕{n}号",
      Number(today.slice(0, 4)),
    );
    const words: Words = {
      ...{ problem: String(data.problem).trim(), demand: String(data.demand).trim(), figures: n.figures },
    };
    await store.insert(tx, {
      ...{ id: n.id, number, divisionCode: n.divisionCode, month: n.month, wordsSealed: seal(words) },
      ...{ issuedOn: today, dueOn: String(data.dueOn) },
    });
    await store.insertAction(tx, {
      ...{ id: derivedId(n.id, "issue"), of: n.id, version: 1, action: "issue", to: "issued" },
      ...{ dataSealed: seal({ dueOn: data.dueOn }), at: clock.now() },
    });
    await deps.audit.record(tx, {
      ...{ action: "rectification.act", object: "rectification", objectId: n.id },
      detail: `${number} ${place.name}：${RECTIFICATION_ACTIONS.issue.label}`,
    });
  }

  /** Errors: not-found, forbidden, action-not-allowed, stale-version, invalid-input. */
  async function act(
    tx: Tx,
    id: string,
    request: {
      readonly id: string;
      readonly version: number;
      readonly action: string;
      readonly data: Values;
    },
  ): Promise<void> {
    if (await store.hasAction(tx, request.id)) return;
    const r = await store.lock(tx, id);
    if (!r) throw notFound();
    const action = nextRectification(r.state, request.action, tx.actor.role);
    if (r.version !== request.version)
      throw new DomainError("stale-version", "这份整改通知单刚刚被别人办过，请刷新页面查看。");
    const data = checked(action, request.data);
    const { to } = RECTIFICATION_ACTIONS[action];
    const today = clock.today();
    await deps.documents.attachFiles(tx, (data.photos ?? []) as string[], {
      ...{ caseId: id, divisionCode: r.divisionCode, applicantId: null },
    });
    await store.change(tx, id, {
      ...{ state: to, dueOn: action === "send-back" ? String(data.dueOn) : r.dueOn },
      returned: r.returned + (action === "send-back" ? 1 : 0),
      answeredOn: action === "answer" ? today : r.answeredOn,
      closedOn: to === "accepted" || to === "withdrawn" ? today : null,
    });
    await store.insertAction(tx, {
      ...{ id: request.id, of: id, version: r.version + 1, action, to, dataSealed: seal(data) },
      at: clock.now(),
    });
    await deps.audit.record(tx, {
      ...{ action: "rectification.act", object: "rectification", objectId: id },
      detail: `${r.number}：${RECTIFICATION_ACTIONS[action].label}`,
    });
  }

  function row(tx: Tx, { wordsSealed, ...r }: store.RectificationRecord) {
    return {
      ...r,
      ...open<Words>(wordsSealed),
      stateLabel: RECTIFICATION_STATES[r.state],
      divisionName: deps.divisionName(tx.actor.countyCode, r.divisionCode),
      late: r.state === "issued" && r.dueOn < clock.today(),
    };
  }

  async function list(tx: Tx, q: store.RectificationQuery) {
    const { rows, total } = await store.list(tx, q);
    return { rows: rows.map((r) => row(tx, r)), total };
  }

  /** What waits for a role: a township's answer; the county's look, and what a township let pass. */
  async function waiting(tx: Tx, role: string) {
    if (role !== "township" && role !== "county") return [];
    const { rows } = await list(tx, { open: true, size: 200 });
    return rows.filter((r) =>
      role === "township" ? r.state === "issued" : r.state === "answered" || r.late,
    );
  }

  /** One notice with all that was done. Error: not-found. */
  async function page(tx: Tx, id: string) {
    const r = await store.find(tx, id);
    if (!r) throw notFound();
    const actions = await store.actionsOf(tx, id);
    return {
      ...row(tx, r),
      history: actions
        .map((a) => {
          const data = open<Record<string, unknown>>(a.dataSealed);
          const { label } = RECTIFICATION_ACTIONS[a.action];
          const fields: readonly Field[] = RECTIFICATION_ACTIONS[a.action].fields;
          return {
            ...{ id: a.id, at: a.at, by: a.byName, label },
            lines: fields.flatMap((f) =>
              f.type === "file" || data[f.name] === undefined
                ? []
                : [{ label: f.label, text: String(data[f.name]) }],
            ),
            photos: Array.isArray(data.photos) ? (data.photos as string[]) : [],
          };
        })
        .reverse(),
      actions: legalRectifications(r.state, tx.actor.role).map((action) => ({
        ...{ action, label: RECTIFICATION_ACTIONS[action].label },
        fields: [...RECTIFICATION_ACTIONS[action].fields] as Field[],
      })),
    };
  }

  return {
    issue,
    act,
    list,
    page,
    waiting,
    issueFields: RECTIFICATION_ACTIONS.issue.fields as readonly Field[],
  };
}
