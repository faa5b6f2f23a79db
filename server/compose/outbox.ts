/** Who is told of what: each event of an engine and those that act on it, in the order in which they do. */

import type { PeopleMoved } from "@wuxin/engines/entitlements";
import type { AlertJudged, AlertRaised, ClueClosed } from "@wuxin/engines/matching";
import { department, institution } from "@wuxin/engines/parties";
import type { PlaceMoved } from "@wuxin/engines/plans";
import { createDispatcher, type Database, type Dispatcher } from "@wuxin/platform";
import type { House } from "../compose.ts";
import { CAMPAIGN_PLACE } from "../party-places.ts";
import { kindOfRegister, partiesOf, type RegisterKinds } from "../party-registers.ts";

type Told = Pick<
  House,
  | ("access" | "cases" | "duties" | "plans")
  | (
      | "catalogue"
      | "clues"
      | "deathLists"
      | "entitlements"
      | "funds"
      | "matching"
      | "parties"
      | "payments"
      | "registry"
    )
  | ("registers" | "standards")
> & { readonly toDepartments: RegisterKinds };

export function createOutbox(db: Database, told: Told): Dispatcher {
  const { catalogue, clues, deathLists, entitlements, funds, matching, parties, payments, registry } = told;
  const { access, cases, duties, plans, registers, standards, toDepartments } = told;
  return createDispatcher(db, {
    "case.decided": [
      (tx, event) =>
        entitlements.onDecision(tx, event.payload as Parameters<typeof entitlements.onDecision>[1]),
      (tx, event) => payments.recoveries.onDecision(tx, event.payload as { caseId: string }),
      (tx, event) => clues.onCaseDecided(tx, event.payload as Parameters<typeof clues.onCaseDecided>[1]),
    ],
    "alert.raised": async (tx, event) =>
      clues.onAlert(tx, await matching.told(tx, (event.payload as AlertRaised).alertId)),
    "alert.judged": async (tx, event) =>
      clues.onAlertJudged(tx, await matching.toldJudgement(tx, (event.payload as AlertJudged).alertId)),
    "person.died": [
      async (tx, event) => {
        const died = event.payload as Parameters<typeof entitlements.onDeath>[1];
        // Put right before it was heard: then it is not so.
        const now = (await registry.persons(tx, [died.personId])).get(died.personId)?.diedOn;
        if (now === died.diedOn) await entitlements.onDeath(tx, died);
      },
      (tx, event) => payments.onDeath(tx, event.payload as { personId: string }),
      (tx, event) => payments.recoveries.onDeath(tx, event.payload as { personId: string }),
      (tx, event) => clues.onPersonDied(tx, event.payload as { personId: string }),
    ],
    // The rest was told in the transaction of the second person; what no bank has yet is judged again by the right date.
    "person.death-corrected": [
      (tx, event) => payments.onDeath(tx, event.payload as { personId: string }),
      async (tx, event) => {
        const { personId, rightOn } = event.payload as { personId: string; rightOn: string | null };
        if (rightOn !== null) await clues.onPersonDied(tx, { personId });
      },
    ],
    "entitlement.changed": async (tx, event) =>
      void (await payments.recoveries.propose(tx, [
        (event.payload as { entitlementId: string }).entitlementId,
      ])),
    "people.moved": [cases, payments.recoveries, matching, clues, duties].map(
      (room) => async (tx, event) => void (await room.onMoved(tx, event.payload as PeopleMoved)),
    ),
    "roster.moved": [
      (tx, event) => funds.onRosterMoved(tx, event.payload as { rosterId: string }),
      (tx, event) => payments.recoveries.onRosterMoved(tx, event.payload as { rosterId: string }),
    ],
    "recovery.received": (tx, event) =>
      funds.onRecoveryReceived(tx, event.payload as Parameters<typeof funds.onRecoveryReceived>[1]),
    "recovery.reversed": (tx) => funds.onRecoveryReversed(tx),
    "standard.approved": [
      async (tx) => void (await standards.sources.refresh(tx)),
      async (tx, event) =>
        entitlements.repricing?.onApproved(tx, (event.payload as { standardId: string }).standardId),
    ],
    "measure.moved": async (tx, event) => {
      const { measureId } = event.payload as { measureId: string };
      const m = await clues.measures.ofDepartment(tx, measureId);
      if (m?.departmentCode) await parties.share(tx, "measure", measureId, [department(m.departmentCode)]);
    },
    "death-list.moved": async (tx, event) => {
      const { listId } = event.payload as { listId: string };
      await parties.share(tx, "death-list", listId, await deathLists.parties(tx, listId));
    },
    "register.told": async (tx, event) => {
      const { register, entryId } = event.payload as { register: string; entryId: string };
      const r = catalogue.registers.get(register);
      if (!r) return;
      const e = await registers.told(tx, register, entryId);
      const to = e ? await partiesOf(toDepartments, tx, r, e) : [];
      await parties.share(tx, kindOfRegister(register), entryId, to);
    },
    // Whoever has no account is told once one is opened for it.
    "place.moved": async (tx, event) => {
      const accounts = await access.parties(tx);
      for (const { stepId, entries } of await plans.places.among(tx, event.payload as PlaceMoved)) {
        const to = entries.map(institution).filter((p) => accounts.has(p));
        if (to.length > 0) await parties.share(tx, CAMPAIGN_PLACE, stepId, to);
      }
    },
    "clue.closed": (tx, event) => matching.onClueClosed(tx, event.payload as ClueClosed),
    "rule.moved": [
      async (tx) => void (await standards.sources.refresh(tx)),
      async (tx, event) =>
        entitlements.repricing?.onApproved(tx, (event.payload as { ruleId: string }).ruleId),
    ],
  });
}
