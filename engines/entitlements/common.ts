/** What the use cases share: the item's declaration, the record, the next periodic review. */
import { DomainError, type IsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { EntitlementsDeps } from "./ports.ts";
import * as store from "./store.ts";

export type Common = ReturnType<typeof createCommon>;

export function createCommon({ clock, catalogue }: Pick<EntitlementsDeps, "clock" | "catalogue">) {
  function itemOf(code: string) {
    const item = catalogue.items.get(code);
    if (!item)
      throw new DomainError("not-found", `没有事项“${code}”的定义，请联系系统管理员核对事项目录。`, {
        field: "item",
      });
    return item;
  }

  function openPeriodic(tx: Tx, entitlementId: string, item: string, id: string, dueOn: IsoDate) {
    const { label } = itemOf(item).entitlement.review;
    return store.openReview(tx, {
      id,
      entitlementId,
      kind: "periodic",
      aboutId: entitlementId,
      label,
      dueOn,
      at: clock.now(),
    });
  }

  async function get(tx: Tx, id: string): Promise<store.EntitlementRecord> {
    const e = await store.find(tx, id);
    if (!e) throw new DomainError("not-found", "没有找到这项待遇，或不在您的管辖范围内。");
    return e;
  }

  return { itemOf, openPeriodic, get };
}
