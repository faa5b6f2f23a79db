/** 物价联动. Whoever changes gets the page as it then is. */
import type { House } from "../compose.ts";
import type { SomeHandlers } from "../http.ts";

type Ids = "listLinkages" | "getLinkage" | "enterIndex" | "confirmLinkage" | "dismissLinkage";

export function linkageHandlers(house: House): SomeHandlers<Ids> {
  const { linkage } = house.entitlements;
  if (!linkage) throw new Error("the house is composed with linkages");
  return {
    listLinkages: (_input, { caller }) => house.read(caller, (tx) => linkage.list(tx)),
    getLinkage: ({ params }, { caller }) => house.read(caller, (tx) => linkage.page(tx, params.id)),
    enterIndex: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => linkage.enter(tx, params.code, body)),
    confirmLinkage: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => linkage.confirm(tx, params.id, body)),
    dismissLinkage: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => linkage.dismiss(tx, params.id, body)),
  };
}
