/** Plans. Whoever changes one gets the page as it then is. */
import { textOf } from "@wuxin/gongwen";
import { DomainError } from "@wuxin/kernel";
import { systemActor } from "@wuxin/platform";
import type { House } from "../compose.ts";
import type { SomeHandlers } from "../http.ts";

type Ids =
  | "listPlans"
  | "getPlan"
  | "readPlan"
  | "actOnPlan"
  | "givePlanEvidence"
  | "confirmPlanEvidence"
  | "takeBackPlanEvidence"
  | "decideTakeBack"
  | "takePlanBack"
  | "decidePlanTakeBack"
  | "listCampaignSites"
  | "launchCampaign"
  | "addCampaignPlace"
  | "listPublicTargets";

/** What is wrong with a file is for whoever chose it to mend: a scan, a damaged or a locked one. */
async function textIn(bytes: Uint8Array): Promise<string> {
  try {
    return await textOf(bytes);
  } catch (e) {
    throw e instanceof DomainError ? new DomainError("bad-file", e.message, { field: "file" }) : e;
  }
}

export function planHandlers(house: House): SomeHandlers<Ids> {
  const { plans, documents } = house;
  return {
    listPlans: (_input, { caller }) => house.read(caller, async (tx) => ({ rows: await plans.list(tx) })),
    getPlan: ({ params }, { caller }) => house.read(caller, (tx) => plans.page(tx, params.id)),
    readPlan: ({ body }, { caller }) =>
      house.as(caller, async (tx) => {
        const { fileId, text, ...rest } = body;
        if (fileId !== undefined && text?.trim())
          throw new DomainError(
            "invalid-input",
            "又选了文件、又贴了文字，不知道读哪一份：请移除文件，或清空全文。",
            {
              field: "text",
            },
          );
        const file = fileId === undefined ? undefined : await documents.readFile(tx, fileId);
        return plans.read(tx, { ...rest, text: file ? await textIn(file.bytes) : (text ?? "") });
      }),
    actOnPlan: ({ params, body }, { caller }) => house.as(caller, (tx) => plans.act(tx, params.id, body)),
    givePlanEvidence: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => plans.giveEvidence(tx, params.id, body)),
    confirmPlanEvidence: ({ params }, { caller }) =>
      house.as(caller, (tx) => plans.confirmEvidence(tx, params.id, params.evidence)),
    takeBackPlanEvidence: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => plans.takeBack(tx, params.id, { ...body, evidence: params.evidence })),
    decideTakeBack: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => plans.decideTakeBack(tx, params.id, { ...body, evidence: params.evidence })),
    takePlanBack: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => plans.takePlanBack(tx, params.id, body)),
    decidePlanTakeBack: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => plans.decidePlanTakeBack(tx, params.id, body)),
    listCampaignSites: ({ params }, { caller }) =>
      house.read(caller, async (tx) => ({ rows: await plans.sites(tx, params.id) })),
    launchCampaign: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => plans.launch(tx, params.id, body)),
    addCampaignPlace: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => plans.addPlace(tx, params.id, body)),
    listPublicTargets: ({ params }) =>
      house.read({ actor: systemActor(params.county) }, async (tx) => ({
        rows: await plans.publicTargets(tx),
      })),
  };
}
