/** The places of a campaign: all at once from the registers, by kind and township; afterwards one by one with a reason. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Field, Values } from "@wuxin/declare/fields";
import { newId } from "@wuxin/kernel";
import { App, Drawer } from "antd";
import { useRef } from "react";
import { api, ask, type Reply } from "../../app/api.ts";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import { note } from "./act.tsx";
import type { Plan } from "./light.tsx";

export type PlaceDoing = "launch" | "add";
type Sites = Reply<"listCampaignSites">["rows"];

interface Props {
  plan: Plan;
  doing: PlaceDoing;
  close: () => void;
}
export function PlaceDrawer({ plan, doing, close }: Props) {
  const query = useQuery(ask("listCampaignSites", { params: { id: plan.id } }));
  if (!query.data || query.data.rows.length === 0)
    return (
      <Drawer open title={TITLES[doing]} onClose={close}>
        <Loaded query={query}>
          {() => (
            <Blank mark="查" title="台账里没有可以列入的机构" small>
              先在养老机构、服务机构、殡仪馆等台账里登记，再来定范围。
            </Blank>
          )}
        </Loaded>
      </Drawer>
    );
  return <PlaceForm plan={plan} doing={doing} close={close} sites={query.data.rows} />;
}
const TITLES: Record<PlaceDoing, string> = { launch: "定检查范围", add: "增加一家" };

function PlaceForm({ plan, doing, close, sites }: Props & { sites: Sites }) {
  const queries = useQueryClient();
  const { message } = App.useApp();
  const id = useRef(newId());
  const params = { id: plan.id };
  const send = async (v: Values) => {
    const own = { id: id.current, owner: String(v.owner), due: String(v.due) };
    if (doing === "launch") {
      const next = await api.launchCampaign({
        params,
        body: { ...own, parts: partsOf(v.parts, sites), divisions: listOf(v.divisions) },
      });
      message.success(`已列入 ${next.campaign?.scope ?? 0} 家。`);
    } else {
      const [register = "", entryId = ""] = String(v.entryId).split("|");
      await api.addCampaignPlace({ params, body: { ...own, register, entryId, reason: String(v.reason) } });
      message.success("已增加。");
    }
    void queries.invalidateQueries({ queryKey: ["getPlan"] });
    void queries.invalidateQueries({ queryKey: ["listCampaignSites"] });
    close();
  };
  return (
    <DrawerForm
      title={TITLES[doing]}
      verb={doing === "launch" ? "列入检查" : "增加"}
      intro={
        doing === "launch" ? (
          <p className="quiet">选从哪些台账带出。定下以后范围不随台账变，再增加的逐家写理由。</p>
        ) : null
      }
      fields={doing === "launch" ? launchFields(sites) : addFields(sites)}
      initial={{ due: plan.endsOn ?? "" }}
      close={close}
      send={send}
    />
  );
}

const listOf = (v: Values[string]): string[] => (Array.isArray(v) ? v.map(String) : []);
const keyOf = (s: Sites[number]): string => `${s.register}|${s.kind ?? ""}`;
/** A register of which every kind is chosen is taken whole. */
function partsOf(chosen: Values[string], sites: Sites) {
  const keys = new Set(listOf(chosen));
  return [...new Set(sites.filter((s) => keys.has(keyOf(s))).map((s) => s.register))].map((register) => {
    const own = new Set(sites.filter((s) => s.register === register).map(keyOf));
    const kinds = [...own].filter((k) => keys.has(k)).map((k) => k.slice(register.length + 1));
    return kinds.length === own.size ? { register } : { register, kinds };
  });
}

const count = <K,>(list: readonly K[]): ReadonlyMap<K, number> => {
  const counts = new Map<K, number>();
  for (const k of list) counts.set(k, (counts.get(k) ?? 0) + 1);
  return counts;
};
function launchFields(sites: Sites): Field[] {
  const parts = [...count(sites.map(keyOf))].map(([key, n]) => {
    const s = sites.find((x) => keyOf(x) === key);
    return { value: key, label: `${s?.registerTitle}${s?.kind ? `·${s.kind}` : ""}（${n} 家）` };
  });
  const towns = [...count(sites.map((s) => s.township))].map(([township, n]) => ({
    value: township,
    label: `${sites.find((s) => s.township === township)?.townshipName}（${n} 家）`,
  }));
  return [
    { name: "parts", label: "从哪些台账带出", type: "choices", required: true, choices: parts },
    { name: "divisions", label: "哪些乡镇（街道）", type: "choices", choices: towns, help: "不选就是全县。" },
    ...COMMON,
  ];
}
const addFields = (sites: Sites): Field[] => [
  {
    ...{ name: "entryId", label: "台账里的哪一家", type: "choice", required: true },
    choices: sites.map((s) => ({
      value: `${s.register}|${s.id}`,
      label: `${s.title}（${s.registerTitle}，${s.townshipName}）`,
    })),
  },
  ...COMMON,
  { ...note("为什么增加"), name: "reason" },
];
const COMMON: readonly Field[] = [
  { name: "owner", label: "责任股室或责任人", type: "text", required: true, max: 100 },
  { name: "due", label: "检查期限", type: "date", required: true, allowFuture: true },
];
