/** Applications and cases, drafts, files, papers. */
import { DomainError, newId } from "@wuxin/kernel";
import type { House } from "../compose.ts";
import type { SomeHandlers } from "../http.ts";

type Ids =
  | "saveDraft"
  | "getDraft"
  | "listDrafts"
  | "deleteDraft"
  | "submitApplication"
  | "listCases"
  | "listMyCases"
  | "getCase"
  | "actOnCase"
  | "assessCase"
  | "reviewDeviation"
  | "getDocument"
  | "getFile"
  | "uploadFile"
  | "listStaff";

export function caseHandlers(house: House): SomeHandlers<Ids> {
  const { cases, documents, access, counties } = house;
  return {
    async saveDraft({ params, body }, { caller }) {
      await house.as(caller, (tx) => cases.drafts.save(tx, params.id, body));
      return { ok: true };
    },
    getDraft: ({ params }, { caller }) => house.read(caller, (tx) => cases.drafts.get(tx, params.id)),
    listDrafts: (_input, { caller }) => house.read(caller, (tx) => cases.drafts.list(tx)),
    async deleteDraft({ params }, { caller }) {
      await house.as(caller, (tx) => cases.drafts.remove(tx, params.id));
      return { ok: true };
    },

    submitApplication: ({ body }, { caller }) => house.as(caller, (tx) => cases.submit(tx, body)),
    listCases: ({ query }, { caller }) => house.read(caller, (tx) => cases.list(tx, query)),
    listMyCases: (_input, { caller }) => house.read(caller, (tx) => cases.listMine(tx)),
    getCase: ({ params }, { caller }) => house.as(caller, (tx) => cases.page(tx, params.id)),
    async actOnCase({ params, body }, { caller }) {
      const page = await house.as(caller, (tx) => cases.act(tx, params.id, body));
      // What a decision opens is opened by the outbox, after the step: then the page is read once more.
      return page.final || page.decisions.length === 0
        ? page
        : house.as(caller, (tx) => cases.page(tx, params.id));
    },
    reviewDeviation: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => cases.reviewDeviation(tx, params.id, body)),
    assessCase: ({ params }, { caller }) => house.as(caller, (tx) => cases.assess(tx, params.id)),

    getDocument: ({ params }, { caller }) => house.as(caller, (tx) => documents.get(tx, params.id)),
    getFile: ({ params }, { caller }) => house.as(caller, (tx) => documents.readFile(tx, params.id)),
    async uploadFile({ query }, { caller, file }) {
      if (!file) throw new DomainError("bad-file", "没有收到文件，请重新选择。");
      return house.as(caller, (tx) =>
        documents.saveFile(tx, { id: query.id ?? newId(), name: file.name, bytes: file.bytes }),
      );
    },

    async listStaff(_input, { caller }) {
      const staff = await house.read(caller, (tx) => access.listStaff(tx));
      return staff.map((s) => ({
        id: s.id,
        name: s.name,
        role: s.role,
        scopeName: counties.divisionName(caller.actor.countyCode, s.scope),
      }));
    },
  };
}
